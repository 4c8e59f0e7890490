"""A life of a case: whose it is, when it begins, and what each person did on which day, as a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from activities.demo.days import Ago, Days, Due
from cases.days import day_of, instant
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase


class By(StrEnum):
    """Who acts, as a part in the play; who that is depends on the station."""

    CASEWORKER = "caseworker"
    GUIDE = "guide"
    OFFICER = "officer"
    SECOND_OFFICER = "second-officer"
    SUPERVISOR = "supervisor"
    WORKER = "worker"


CASTS: Final[Mapping[str, Mapping[By, str]]] = {
    "station-1": {
        By.GUIDE: "guide-1",
        By.OFFICER: "officer-1",
        By.SECOND_OFFICER: "officer-2",
        By.SUPERVISOR: "supervisor-1",
    },
    "station-2": {
        By.GUIDE: "guide-2",
        By.OFFICER: "officer-2",
        By.SECOND_OFFICER: "officer-1",
        By.SUPERVISOR: "supervisor-2",
    },
    "station-3": {
        By.GUIDE: "guide-3",
        By.OFFICER: "officer-3",
        By.SECOND_OFFICER: "officer-4",
        By.SUPERVISOR: "supervisor-3",
    },
}


@dataclass(frozen=True)
class Scene:
    """What an act is made of: the case as it stands, and the instant."""

    case: HardshipCase
    at: datetime
    days: Days

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def guide(self) -> str:
        return CASTS[self.case.station_id][By.GUIDE]

    def latest(self, policy: str) -> str:
        found = self.case.current(policy)
        if found is None:
            raise LookupError(policy)
        return found.id

    def in_working_days(self, number: int, at: time) -> datetime:
        """So many working days after today, not the day of the scene."""
        return instant(self.days.ahead(number), at)


@dataclass(frozen=True)
class Moment:
    """Somebody's act, on a day counted from the day on which the life begins; `by` a part, or a member of staff."""

    day: int
    by: By | str
    act: Callable[[Scene], Act]


@dataclass(frozen=True)
class Life:
    """`begins` is day 0; `registered` is on which day the person came; `known` is what was otherwise then."""

    name: str
    person: str
    caseworker: str
    begins: Ago | Due
    registered: int
    moments: tuple[Moment, ...] = ()
    known: Mapping[str, object] = field(default_factory=dict)

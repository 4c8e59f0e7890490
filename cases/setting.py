"""The setting of an act: who acts and when, and by which clocks and calendar what follows is reckoned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.calendars import Calendar
from cases.clocks import ClockTerms
from cases.roles import Role


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Frozen for one act. Each kind of case adds what its own acts ask of the law and of the record."""

    actor: str
    roles: frozenset[Role]  # the actor's, at the case's station, on the day
    at: datetime
    on: date  # the day of `at` at the station
    terms: Mapping[str, ClockTerms]
    calendar: Calendar

"""A case of any kind opened for a reader: within their scope, with what they may see, and their look written down."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from cases.acts import Act
from cases.case import Case
from cases.case_kinds import CaseKind
from cases.clocks import ClockTerms
from cases.commands import Acts
from cases.days import day_of
from cases.roles import Role
from cases.wording import Wording
from store.aead import Key
from store.audit import AuditEvent, record_audit
from store.case_reading import looked_since
from store.steps import TimelineEntry
from web.case.names import Names
from web.case.speech import Shown, Speech
from web.case.ways import Ways
from web.roles import WORKING
from web.visit import Visit

READ: Final = "case-read"


@dataclass(frozen=True)
class Written:
    """One step of the case, and the act that it was; None for the registration that opened it."""

    entry: TimelineEntry = field(repr=False)
    act: Act[Any, Any] | None = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`mine` are the reader's roles at the case's station, `there` those at the station a transfer would go to.

    `visit` is at the time of the case, which differs from the wall clock's where it was skipped. Each kind of case
    says which acts it knows, and below which address its pages lie.
    """

    KIND: ClassVar[CaseKind]
    ACTS: ClassVar[Acts[Any]]
    HOME: ClassVar[str]

    visit: Visit
    speech: Speech
    ways: Ways
    case: Case
    terms: Mapping[str, ClockTerms]
    key: Key = field(repr=False)
    mine: frozenset[Role]
    there: frozenset[Role] = frozenset()
    names: Names
    steps: tuple[Written, ...]

    @property
    def station(self) -> Station:
        return self.visit.office.station

    @cached_property
    def working(self) -> bool:
        """Whether the reader works or decides on this case, and so reads what is written in it."""
        return bool(self.mine & WORKING)

    @property
    def wall_day(self) -> date:
        """Today, whatever was skipped in this case."""
        return day_of(self.visit.office.now())

    @property
    def path(self) -> str:
        return f"{self.HOME}/{self.case.id}"

    def actor(self, actor: str) -> str:
        return self.names.actor(actor, self.speech)

    # What differs by the kind of case.

    @property
    @abstractmethod
    def who(self) -> Shown:
        """Whom the case is of, as this reader may see them: `name`, and `about` them in a few words."""

    @property
    @abstractmethod
    def policies(self) -> tuple[str, ...]:
        """The policies that are determined in it, in the order in which a page lists them."""

    @property
    @abstractmethod
    def of_the_case(self) -> frozenset[str]:
        """The facts that the case itself shows, and no one states."""

    @abstractmethod
    def called(self, policy: str) -> Wording:
        """What a determination by a policy is about, in a sentence."""


def note_look(opened: Opened) -> None:
    """Write down that somebody reads a case which is not theirs, before they see it.

    Once a session for those who work at its station; every time for those who only read.
    """
    visit, case = opened.visit, opened.case
    me = visit.me
    if me.staff_id == case.caseworker:
        return
    if opened.working:
        with visit.reading() as connection:
            if looked_since(connection, READ, me.staff_id, case.id, me.session.opened_at):
                return
    with visit.writing() as connection:
        record_look(connection, opened, READ)


def record_look(
    connection: Connection,
    opened: Opened,
    kind: str,
    about_kind: str | None = None,
    about_id: str | None = None,
    reason: str | None = None,
) -> None:
    case = opened.case
    event = AuditEvent(
        kind=kind,
        actor=opened.visit.me.staff_id,
        at=opened.visit.office.now(),
        about_kind=about_kind,
        about_id=about_id,
        case_id=case.id,
        station_id=case.station_id,
        reason=reason,
    )
    record_audit(connection, opened.station.keyring, event)


def written_steps(opened_acts: Acts[Any], entries: tuple[TimelineEntry, ...]) -> tuple[Written, ...]:
    """Every step with the act that it was."""
    known = opened_acts.known
    return tuple(Written(e, opened_acts.act_of(e.kind, e.body) if e.kind in known else None) for e in entries)

"""A case at hand: opened for its reader, with the rules and the record that their acts are judged by."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from activities.circumstances import StoredRecord, circumstances
from cases.acts import objections
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.record import CourseSeen, EmployerSeen, Seen, VacancySeen
from cases.names import mask_name
from cases.refusals import Refusal
from cases.roles import Role
from store.cases import load_case
from store.scope import Reach, Scope
from store.tables.organisation import organisation_node, station
from web.acts.reading import Facts
from web.case.opened import OpenCase, open_case
from web.visit import Visit

# What the station says that a transfer goes to, which does not have the case yet.
RECEIVING: Final = frozenset({"accept-transfer", "decline-transfer"})


@dataclass(frozen=True)
class Remembering(StoredRecord):
    """The record, asked each thing once: a page asks the same of many acts."""

    known: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    def vacancy(self, vacancy_id: str, worker_id: str, on: date) -> VacancySeen | None:
        key = ("vacancy", vacancy_id, worker_id, on)
        if key not in self.known:
            self.known[key] = super().vacancy(vacancy_id, worker_id, on)
        seen: VacancySeen | None = self.known[key]
        return seen

    def employer(self, employer_id: str, on: date) -> EmployerSeen | None:
        key = ("employer", employer_id, on)
        if key not in self.known:
            self.known[key] = super().employer(employer_id, on)
        seen: EmployerSeen | None = self.known[key]
        return seen

    def course(self, course_id: str) -> CourseSeen | None:
        key = ("course", course_id)
        if key not in self.known:
            self.known[key] = super().course(course_id)
        seen: CourseSeen | None = self.known[key]
        return seen

    def has_other_open_case(self, worker_id: str, case_id: str) -> bool:
        key = ("other", worker_id, case_id)
        if key not in self.known:
            self.known[key] = super().has_other_open_case(worker_id, case_id)
        found: bool = self.known[key]
        return found

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        key = ("roles", staff_id, station_id, on)
        if key not in self.known:
            self.known[key] = super().roles(staff_id, station_id, on)
        held: frozenset[Role] = self.known[key]
        return held


@dataclass(frozen=True)
class AtHand:
    """`at` is the time of the case. It lives as long as its connection."""

    opened: OpenCase
    connection: Connection
    record: Remembering
    at: datetime

    @property
    def visit(self) -> Visit:
        return self.opened.visit

    @property
    def case(self) -> HardshipCase:
        return self.opened.case

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def facts(self) -> Facts:
        return self.record.policies.book.facts

    @property
    def person(self) -> str:
        """The worker's name, for those who work on the case; masked for those who only lead."""
        name = self.opened.person.name
        return name if self.opened.working or self.opened.there else mask_name(name)

    def seen(self, act: Act) -> Seen:
        return circumstances(self.record, self.case, act, self.visit.me.staff_id, self.at)

    def objections(self, act: Act) -> tuple[Refusal, ...]:
        """Every reason against an act of the reader's, now; the same that the desk and the writer find."""
        return objections(act, self.case, self.seen(act))


def at_hand(connection: Connection, visit: Visit, kind: str = "") -> AtHand:
    """The case of the address. Raises NotInScope where it is not the reader's to see."""
    if kind in RECEIVING:
        visit = _receiving(connection, visit)
    return hand_over(connection, open_case(connection, visit))


def hand_over(connection: Connection, opened: OpenCase) -> AtHand:
    """A case that is open already, at its own time."""
    station_ = opened.station
    record = Remembering(connection, station_.keyring, station_.policies)
    return AtHand(opened, connection, record, opened.visit.now)


def _receiving(connection: Connection, visit: Visit) -> Visit:
    """The visit, reaching as far as a case that is offered to one of the reader's stations."""
    case = load_case(connection, visit.part("case_id"))
    to = case.transfer.to_station if case.transfer else None
    mine = select(station.c.id).where(station.c.id == to, station.c.id.in_(visit.scope.stations))
    if to is None or connection.execute(mine).first() is None:
        return visit
    path = connection.scalar(select(organisation_node.c.path).join(station).where(station.c.id == case.station_id))
    reaches = tuple(Reach(role, path or "", below=False) for role in visit.scope.roles)
    return replace(visit, scope=Scope((*visit.scope.reaches, *reaches)))

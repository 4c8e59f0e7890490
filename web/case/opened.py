"""A case opened for a reader: within their scope, with what they may see of it, and their look written down."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.pinning import law_of
from activities.policies import PlaceLaw
from cases.commands import act_of
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.moving import AcceptTransfer, Assign, MakeAppointment, ProposeTransfer
from cases.hardship.progress import ACTS
from cases.hardship.serving import RecordGuidance
from cases.roles import Role
from store.aead import Key
from store.audit import AuditEvent, record_audit
from store.case_reading import looked_since
from store.cases import load_case
from store.erasure import Erased, erasure_of
from store.holding import require_unrestricted
from store.people import Worker, worker
from store.person_keys import KeyDestroyed, person_key
from store.scope import NotInScope, require_case
from store.staff import station_roles
from store.steps import TimelineEntry, timeline
from store.training import time_of_case
from web.case.names import Names, names_of
from web.case.speech import Speech, speech_of
from web.case.ways import Ways, ways_of
from web.roles import WORKING
from web.visit import Visit

READ: Final = "case-read"


@dataclass(frozen=True)
class Written:
    """One step of the case, and the act that it was; None for the registration that opened it."""

    entry: TimelineEntry = field(repr=False)
    act: Act | None = field(repr=False)


@dataclass(frozen=True)
class OpenCase:
    """`mine` are the reader's roles at the case's station, `there` those at the station a transfer would go to.

    `visit` is at the time of the case, which differs from the wall clock's where it was skipped.
    """

    visit: Visit
    speech: Speech
    ways: Ways
    case: HardshipCase
    law: PlaceLaw
    person: Worker
    key: Key = field(repr=False)
    mine: frozenset[Role]
    there: frozenset[Role]
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
        return f"/cases/{self.case.id}"

    def actor(self, actor: str) -> str:
        return self.names.actor(actor, self.speech)


def open_case(connection: Connection, visit: Visit, case_id: str | None = None) -> OpenCase:
    """The case of the address, or another one. Raises NotInScope where it is not the reader's to see."""
    case_id = case_id or visit.part("case_id")
    require_case(connection, visit.scope, case_id)
    station = visit.office.station
    case = load_case(connection, case_id)
    visit = replace(visit, now=time_of_case(connection, case_id, visit.now))
    require_unrestricted(connection, case.worker_id, visit.scope.roles)
    person = _person(connection, station, case)
    key = person_key(connection, station.keyring, case.worker_id)
    steps = tuple(Written(e, _act(e)) for e in timeline(connection, key, case.id))
    return OpenCase(
        visit=visit,
        speech=speech_of(visit),
        ways=ways_of(visit),
        case=case,
        law=law_of(connection, station.policies, case),
        person=person,
        key=key,
        mine=station_roles(connection, visit.me.staff_id, case.station_id, visit.today),
        there=_there(connection, visit, case),
        names=names_of(connection, case, _people(steps), _places(steps)),
        steps=steps,
    )


def note_look(opened: OpenCase) -> None:
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
    opened: OpenCase,
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


def _person(connection: Connection, station: Station, case: HardshipCase) -> Worker:
    try:
        person = worker(connection, station.keyring, case.worker_id)
    except KeyDestroyed:
        raise Erased(erasure_of(connection, case.worker_id)) from None
    if person is None:
        raise NotInScope
    return person


def _there(connection: Connection, visit: Visit, case: HardshipCase) -> frozenset[Role]:
    if case.transfer is None:
        return frozenset()
    return station_roles(connection, visit.me.staff_id, case.transfer.to_station, visit.today)


def _act(entry: TimelineEntry) -> Act | None:
    return act_of(entry.kind, entry.body) if entry.kind in ACTS else None


def _people(steps: tuple[Written, ...]) -> list[str]:
    named = [step.entry.actor for step in steps]
    for step in steps:
        match step.act:
            case Assign(to=who) | MakeAppointment(with_staff=who):
                named.append(who)
            case AcceptTransfer(caseworker=who) | RecordGuidance(guide=who):
                named.append(who)
            case _:
                pass
    return named


def _places(steps: tuple[Written, ...]) -> list[str]:
    return [step.act.to_station for step in steps if isinstance(step.act, ProposeTransfer)]

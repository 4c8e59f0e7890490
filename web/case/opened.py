"""A hardship case opened for a reader."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.pinning import law_of
from activities.policies import PlaceLaw
from cases.case_kinds import CaseKind
from cases.commands import HARDSHIP_ACTS
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase
from cases.hardship.moving import AcceptTransfer, Assign, MakeAppointment, ProposeTransfer
from cases.hardship.next_step import CALLED
from cases.hardship.serving import RecordGuidance
from cases.roles import Role
from cases.wording import Wording
from store.cases import load_case
from store.erasure import Erased, erasure_of
from store.holding import require_unrestricted
from store.people import Worker, worker
from store.person_keys import KeyDestroyed, person_key
from store.scope import NotInScope, require_case
from store.staff import station_roles
from store.steps import timeline
from store.training import time_of_case
from web.case.names import names_of
from web.case.opened_any import Opened, Written, written_steps
from web.case.person import shown_worker
from web.case.speech import Shown, speech_of
from web.case.ways import ways_of
from web.visit import Visit

# What the case itself shows, and no one states.
OF_THE_CASE: Final = frozenset(
    {"applied_on", "plan_term_over", "plan_items_proved", "placed", "hardship_worker", "employment_difficulty"}
)


@dataclass(frozen=True, kw_only=True)
class OpenCase(Opened):
    KIND: ClassVar = CaseKind.HARDSHIP
    ACTS: ClassVar = HARDSHIP_ACTS
    HOME: ClassVar = "/cases"

    case: HardshipCase
    law: PlaceLaw
    person: Worker

    @property
    def who(self) -> Shown:
        person = shown_worker(self.person, self.speech, working=self.working)
        return {"name": person.name, "about": person.about}

    @property
    def policies(self) -> tuple[str, ...]:
        return (HARDSHIP, DIFFICULTY, PUBLIC_POST)

    @property
    def of_the_case(self) -> frozenset[str]:
        return OF_THE_CASE

    def called(self, policy: str) -> Wording:
        return CALLED.get(policy, Wording(policy, policy))


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
    steps = written_steps(HARDSHIP_ACTS, timeline(connection, key, case.id))
    law = law_of(connection, station.policies, case)
    return OpenCase(
        visit=visit,
        speech=speech_of(visit),
        ways=ways_of(visit),
        case=case,
        law=law,
        terms=law.terms,
        person=person,
        key=key,
        mine=station_roles(connection, visit.me.staff_id, case.station_id, visit.today),
        there=_there(connection, visit, case),
        names=names_of(connection, case, _people(steps), _places(steps)),
        steps=steps,
    )


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

"""The circumstances of an act, read from the record: who acts in which roles, and what the record shows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from activities.composing.agreements import draw_up
from activities.composing.ledger import Ledger
from activities.pinning import law_of
from activities.policies import Policies
from cases.constraints import fit
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.record import CourseSeen, EmployerSeen, Proposal, Seen, VacancySeen
from cases.hardship.stages import AgreementForm
from cases.parts import numbered
from cases.refusals import Refusal, Refused
from cases.roles import Role
from store import cases, constraints, courses, employers, organisation, publications, staff, vacancies
from store.keys import KeyRing
from store.tables.employers import EmployerKind


@dataclass(frozen=True)
class StoredRecord:
    """`cases.hardship.record.Record`, answered by the store within one transaction."""

    connection: Connection
    keyring: KeyRing
    policies: Policies

    def vacancy(self, vacancy_id: str, worker_id: str, on: date) -> VacancySeen | None:
        offered = vacancies.vacancy(self.connection, vacancy_id)
        standing = publications.standing(self.connection, vacancy_id, on)
        if offered is None or standing is None:
            return None
        limits = constraints.constraints(self.connection, self.keyring, worker_id, on)
        suits = fit(limits, vacancies.demands(self.connection, offered))
        return VacancySeen(
            employer_id=offered.employer_id,
            live=standing.live,
            truth_checked=standing.truth_checked,
            meets_hours=suits.hours,
            meets_place=suits.place,
            meets_pay_floor=suits.pay_floor,
            meets_health=suits.health,
        )

    def employer(self, employer_id: str, on: date) -> EmployerSeen | None:
        found = employers.employer(self.connection, employer_id)
        if found is None:
            return None
        verified = employers.is_verified(self.connection, employer_id, on)
        return EmployerSeen(verified, found.distinct_key, household=found.kind is EmployerKind.HOUSEHOLD)

    def course(self, course_id: str) -> CourseSeen | None:
        found = courses.course(self.connection, course_id)
        return CourseSeen(found.hours, found.minimum_hours) if found else None

    def agreement(self, proposal: Proposal) -> AgreementForm | tuple[Refusal, ...]:
        ledger = Ledger(self.connection, self.keyring, self.policies)
        try:
            return draw_up(ledger, proposal, numbered("paper", proposal.case.papers))[0]
        except Refused as refused:
            return refused.refusals

    def station_jurisdiction(self, station_id: str) -> str | None:
        found = organisation.station(self.connection, station_id)
        return organisation.jurisdiction(self.connection, found.node_id) if found else None

    def has_other_open_case(self, worker_id: str, case_id: str) -> bool:
        return cases.has_other_open_case(self.connection, worker_id, case_id)

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]:
        return self.policies.fact_refusals(name, value)

    def fact_is_for_officer(self, name: str) -> bool:
        return self.policies.fact_is_for_officer(name)

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        return staff.station_roles(self.connection, staff_id, station_id, on)


def circumstances(record: StoredRecord, case: HardshipCase, act: Act, actor: str, at: datetime) -> Seen:
    """What the act will be judged by. The policies are those of the case's own day, to its end."""
    return _seen(record, case, actor, _roles(record, case, act, actor, day_of(at)), at)


def seen_by_engine(record: StoredRecord, case: HardshipCase, at: datetime) -> Seen:
    return _seen(record, case, Role.ENGINE, frozenset({Role.ENGINE}), at)


def _seen(record: StoredRecord, case: HardshipCase, actor: str, roles: frozenset[Role], at: datetime) -> Seen:
    law = law_of(record.connection, record.policies, case)
    return Seen(
        actor=actor,
        roles=roles,
        at=at,
        on=day_of(at),
        plan=law.plan,
        terms=law.terms,
        calendar=record.policies.calendar,
        exits=law.exits,
        pause_reasons=law.pause_reasons,
        record=record,
    )


def _roles(record: StoredRecord, case: HardshipCase, act: Act, actor: str, on: date) -> frozenset[Role]:
    if actor == Role.ENGINE:
        return frozenset({Role.ENGINE})
    if actor == case.worker_id:
        return frozenset({Role.WORKER})
    return record.roles(actor, act.station(case), on)

"""A subsidy case opened for a reader."""

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import Connection, select

from activities.pinning import deciding
from activities.subsidy_facts import shown_by_record
from activities.subsidy_record import SubsidyLaw, subsidy_law_of
from cases.case_kinds import CaseKind
from cases.commands import SUBSIDY_ACTS
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Applicant
from cases.wording import Wording
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.case_reading import staff_names, station_names
from store.cases import load_subsidy
from store.holding import require_unrestricted
from store.person_keys import person_key
from store.scope import require_subsidy
from store.staff import station_roles
from store.steps import timeline
from store.tables.people import worker
from store.training import time_of_case
from web.case.names import Names
from web.case.opened_any import Opened, Written, written_steps
from web.case.speech import Shown, speech_of
from web.case.ways import ways_of
from web.roles import WORKING
from web.subsidies.applicants import ShownApplicant, shown_applicant
from web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class OpenSubsidy(Opened):
    """`policy`: the subsidy that is applied for, as it governs the case; None where it is not to be had any more."""

    KIND: ClassVar = CaseKind.SUBSIDY
    ACTS: ClassVar = SUBSIDY_ACTS
    HOME: ClassVar = "/subsidies"

    case: SubsidyCase
    law: SubsidyLaw
    policy: ResolvedPolicy | None
    applicant: ShownApplicant
    hired: ShownApplicant | None = None

    @property
    def who(self) -> Shown:
        return {"name": self.applicant.name, "about": self.applicant.about}

    @property
    def policies(self) -> tuple[str, ...]:
        return (self.case.policy,)

    @property
    def of_the_case(self) -> frozenset[str]:
        return frozenset(shown_by_record(self.case))

    @property
    def monthly(self) -> bool:
        """Whether it is had by the month, so that it may run on after it was paid."""
        return any(len(claim.id) == len("2026-03") for claim in self.case.claims)

    @property
    def title(self) -> Wording:
        """What the subsidy is called."""
        return self.called(self.case.policy)

    def called(self, policy: str) -> Wording:
        if self.policy is not None and policy == self.case.policy:
            return self.policy.title
        return Wording(policy, policy)


def open_subsidy(connection: Connection, visit: Visit, case_id: str | None = None) -> OpenSubsidy:
    """The case of the address, or another one. Raises NotInScope where it is not the reader's to see."""
    case_id = case_id or visit.part("subsidy_id")
    require_subsidy(connection, visit.scope, case_id)
    station = visit.office.station
    case = load_subsidy(connection, case_id)
    visit = replace(visit, now=time_of_case(connection, case_id, visit.now))
    if case.about_worker:
        require_unrestricted(connection, case.person, visit.scope.roles)
    mine = station_roles(connection, visit.me.staff_id, case.station_id, visit.today)
    speech, working = speech_of(visit), bool(mine & WORKING)
    applicant = shown_applicant(connection, visit, speech, (case.applicant, case.applicant_id), working=working)
    hired = _hired(connection, visit, case, working=working)
    key = person_key(connection, station.keyring, case.person)
    steps = written_steps(SUBSIDY_ACTS, timeline(connection, key, case.id))
    law = subsidy_law_of(connection, station.policies, case)
    return OpenSubsidy(
        visit=visit,
        speech=speech,
        ways=ways_of(visit),
        case=case,
        law=law,
        terms=law.terms,
        policy=_policy(connection, visit, case),
        applicant=applicant,
        hired=hired,
        key=key,
        mine=mine,
        names=_names(connection, case, steps),
        steps=steps,
    )


def _hired(connection: Connection, visit: Visit, case: SubsidyCase, *, working: bool) -> ShownApplicant | None:
    """Whoever works on the case sees whom it is for; their file is opened by those alone who may see the worker."""
    if case.hired is None:
        return None
    shown = shown_applicant(connection, visit, speech_of(visit), (Applicant.WORKER, case.hired), working=working)
    theirs = select(worker.c.id).where(worker.c.id == case.hired, visit.scope.has_worker())
    return shown if connection.execute(theirs).first() else replace(shown, href="")


def _policy(connection: Connection, visit: Visit, case: SubsidyCase) -> ResolvedPolicy | None:
    try:
        return deciding(connection, visit.office.station.policies, case, case.policy)
    except NoPolicyInForce:
        return None


def _names(connection: Connection, case: SubsidyCase, steps: tuple[Written, ...]) -> Names:
    people = {step.entry.actor for step in steps}
    people |= {who for d in case.determinations for who in (d.decided_by, d.departed_by) if who}
    people |= {payment.ordered_by for payment in case.payments} | {each.by for each in case.acceptances}
    people |= {each.decided_by for each in case.reviews if each.decided_by}
    people |= {each.struck_by for each in case.stops if each.struck_by}
    people |= {case.caseworker} if case.caseworker else set()
    people |= {case.recovery.demanded_by} if case.recovery else set()
    people |= {str(to) for step in steps if (to := getattr(step.act, "to", None))}
    return Names(
        staff=staff_names(connection, people),
        stations=station_names(connection, {case.station_id}),
        vacancies={},
        employers={},
        courses={},
        worker_id=case.person,
    )

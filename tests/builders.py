"""Cases, plans and circumstances for tests: say only what the test is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cases.authorities import Authority, Tag
from cases.calendars import Calendar
from cases.case_parts import DeterminationState
from cases.clocks import ClockTerms, Counts, Rolls, Unit
from cases.days import day_of
from cases.determinations import Conclusion
from cases.exits import ListedReason
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.progress import opened, perform
from cases.hardship.record import CourseSeen, EmployerSeen, Proposal, Seen, VacancySeen
from cases.hardship.stages import AgreementForm, ExitReason, Stage
from cases.hardship.terms import PayUnit, WorkTerms
from cases.plans import PlanItem, ServiceKind, ServicePlan
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.wording import Wording
from rules.calendars import calendar

OPENED_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning at the station
EXAMPLE = Authority("示例", Tag.MEMORY)
CALENDARS = Path(__file__).parents[1] / "policies" / "calendars"


@cache
def a_calendar() -> Calendar:
    return calendar(path.read_text(encoding="utf-8") for path in sorted(CALENDARS.glob("*.yaml")))


def an_item(kind: ServiceKind, count: int, **changes: Any) -> PlanItem:
    item = PlanItem(kind.value, kind, count, due_days=30, title=Wording(kind.value, kind.value), authority=EXAMPLE)
    return replace(item, **changes)


def a_plan(**changes: Any) -> ServicePlan:
    """One guidance, three referrals to three employers, one training; a term of ninety days."""
    plan = ServicePlan(
        policy="service-plan",
        version="1",
        policy_hash="hash",
        title=Wording("示例方案", "Example plan"),
        items=(
            an_item(ServiceKind.GUIDANCE, 1),
            an_item(ServiceKind.REFERRAL, 3, distinct_employers=True),
            an_item(ServiceKind.TRAINING, 1),
        ),
        term_days=90,
        follow_up_days=(30, 90, 180),
        review_days=15,
        on_top=(),
        confirmed=True,
    )
    return replace(plan, **changes)


def clock_terms(terms_id: str, length: int = 10, counts: Counts = Counts.NATURAL) -> ClockTerms:
    return ClockTerms(terms_id, Wording(terms_id, terms_id), length, Unit.DAY, counts, Rolls.FORWARD, EXAMPLE)


def all_terms(plan: ServicePlan) -> Mapping[str, ClockTerms]:
    found = {
        "determination": clock_terms("determination", 5, Counts.WORKING),
        "first-contact": clock_terms("first-contact", 3, Counts.WORKING),
        "referral-outcome": clock_terms("referral-outcome", 10),
        "closure-approval": clock_terms("closure-approval", 3, Counts.WORKING),
        "exit-review": clock_terms("exit-review", plan.review_days),
        "term": clock_terms("term", plan.term_days),
    }
    found |= {f"item/{item.id}": clock_terms(f"item/{item.id}", item.due_days) for item in plan.items}
    return found | {f"follow-up/{days}": clock_terms(f"follow-up/{days}", days) for days in plan.follow_up_days}


GOOD_VACANCY = VacancySeen(
    employer_id="employer-1",
    live=True,
    truth_checked=True,
    meets_hours=True,
    meets_place=True,
    meets_pay_floor=True,
    meets_health=True,
)


AT_STATION_2 = ("caseworker-9", "supervisor-9")


@dataclass
class FakeRecord:
    """Vacancies `vacancy-N` are of `employer-N`, all good; a test spoils what it is about.

    Staff numbered 9 serve at `station-2`, everybody else at `station-1`; nobody has heard of the fact `unheard-of`.
    """

    vacancies: dict[str, VacancySeen] = field(
        default_factory=lambda: {
            f"vacancy-{n}": replace(GOOD_VACANCY, employer_id=f"employer-{n}") for n in range(1, 6)
        }
    )
    employers: dict[str, EmployerSeen] = field(
        default_factory=lambda: {
            f"employer-{n}": EmployerSeen(verified=True, distinct_key=f"key-{n}", household=False) for n in range(1, 6)
        }
    )
    staff: dict[str, frozenset[Role]] = field(
        default_factory=lambda: {
            "caseworker-1": frozenset({Role.CASEWORKER}),
            "caseworker-2": frozenset({Role.CASEWORKER}),
            "caseworker-9": frozenset({Role.CASEWORKER}),
            "guide-1": frozenset({Role.GUIDE}),
            "officer-1": frozenset({Role.OFFICER}),
            "officer-2": frozenset({Role.OFFICER}),
            "supervisor-1": frozenset({Role.SUPERVISOR}),
            "supervisor-9": frozenset({Role.SUPERVISOR}),
            "manager-1": frozenset({Role.MANAGER}),
            "worker-1": frozenset({Role.WORKER}),
            Role.ENGINE: frozenset({Role.ENGINE}),
        }
    )
    other_open_case: bool = False
    against_agreement: tuple[Refusal, ...] = ()

    def vacancy(self, vacancy_id: str, worker_id: str, on: date) -> VacancySeen | None:
        return self.vacancies.get(vacancy_id)

    def employer(self, employer_id: str, on: date) -> EmployerSeen | None:
        return self.employers.get(employer_id)

    def course(self, course_id: str) -> CourseSeen | None:
        return CourseSeen(hours=40, minimum_hours=32) if course_id == "course-1" else None

    def agreement(self, proposal: Proposal) -> AgreementForm | tuple[Refusal, ...]:
        found = AgreementForm.PUBLIC_POST_AGREEMENT if proposal.public_post else AgreementForm.LABOUR_CONTRACT
        return self.against_agreement or found

    def station_jurisdiction(self, station_id: str) -> str | None:
        return "cn-50-99" if station_id.startswith("station-") else None

    def has_other_open_case(self, worker_id: str, case_id: str) -> bool:
        return self.other_open_case

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]:
        return (refusal("fact:unheard-of", "没有", "no"),) if name == "unheard-of" else ()

    def fact_is_for_officer(self, name: str) -> bool:
        return name == "poor"

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        serves_at = "station-2" if staff_id in AT_STATION_2 else "station-1"
        here = station_id == serves_at or staff_id in ("worker-1", Role.ENGINE)
        return self.staff.get(staff_id, frozenset()) if here else frozenset()


@dataclass
class Counter:
    """A case and the people around it: `does` an act as somebody, `later` moves the day."""

    case: HardshipCase
    record: FakeRecord = field(default_factory=FakeRecord)
    plan: ServicePlan = field(default_factory=a_plan)
    now: datetime = OPENED_AT
    exit_reasons: frozenset[ExitReason] = frozenset(ExitReason)
    exits: dict[ExitReason, ListedReason] = field(default_factory=dict)  # instead of a bare reason

    def seen(self, actor: str, act: Act | None = None) -> Seen:
        station = act.station(self.case) if act else self.case.station_id
        return Seen(
            actor=actor,
            roles=self.record.roles(actor, station, self.today),
            at=self.now,
            on=self.today,
            plan=self.plan,
            terms=all_terms(self.plan),
            calendar=a_calendar(),
            exits={r: ListedReason(r, Wording(r, r), EXAMPLE) for r in self.exit_reasons} | self.exits,
            pause_reasons={"ill": Wording("患病", "ill")},
            record=self.record,
        )

    @property
    def today(self) -> date:
        return day_of(self.now)

    def does(self, act: Act, actor: str = "caseworker-1") -> HardshipCase:
        self.case = perform(act, self.case, self.seen(actor, act))
        return self.case

    def refused(self, act: Act, actor: str = "caseworker-1") -> list[str]:
        """The codes of every reason against an act."""
        with pytest.raises(Refused) as refused:
            self.does(act, actor)
        return [reason.code for reason in refused.value.refusals]

    def later(self, days: int) -> None:
        self.now += timedelta(days=days)


def some_work(**changes: Any) -> WorkTerms:
    """Full-time work for a month's pay."""
    terms = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=24)
    return replace(terms, **changes)


def a_case(**changes: Any) -> HardshipCase:
    case = HardshipCase(
        id="case-1",
        revision=0,
        stage=Stage.DETERMINATION,
        worker_id="worker-1",
        station_id="station-1",
        jurisdiction="cn-50-99",
        applied_on=day_of(OPENED_AT),
        opened_at=OPENED_AT,
        caseworker="caseworker-1",
    )
    return replace(case, **changes)


def a_counter(**changes: Any) -> Counter:
    """A case just opened."""
    counter = Counter(a_case(**changes))
    counter.case = opened(counter.case, counter.seen(Role.ENGINE))
    return counter


def a_determination(policy: str = HARDSHIP, conclusion: Conclusion = Conclusion.GRANTED) -> DeterminationState:
    return DeterminationState(f"{policy}-1", policy, conclusion, OPENED_AT)

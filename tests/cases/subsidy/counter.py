"""A subsidy case and the people around it, and cases brought to a point of their life by their acts alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from cases.clocks import ClockTerms, Counts
from cases.days import day_of
from cases.determinations import Conclusion
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.chosen import Chosen
from cases.subsidy.claiming import ClaimPeriods, claims_of
from cases.subsidy.delivering import RecordDelivery
from cases.subsidy.determining import AdoptDetermination, DeterminationMade
from cases.subsidy.engine import KeepPaper
from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.progress import next_dated, opened, papers_due, perform, policies_due
from cases.subsidy.record import ClaimElsewhere, Seen, TermEnd
from cases.subsidy.stages import Applicant, DeliveryWay, Each, Stage
from tests.builders import EXAMPLE, OPENED_AT, a_calendar, clock_terms

POLICY: Final = "flexible-insurance"
MONTHS: Final = ("2026-01", "2026-02")
A_MONTH: Final = 60_000  # fen
TERMS: Final[dict[str, ClockTerms]] = {
    "supply-information": clock_terms("supply-information", 15, Counts.WORKING),
    "decision": clock_terms("decision", 20, Counts.WORKING),
    "public-notice": clock_terms("public-notice", 7, Counts.WORKING),
    "objection": clock_terms("objection", 10, Counts.WORKING),
    "refusal-review": clock_terms("refusal-review", 15, Counts.WORKING),
    "review": clock_terms("review", 15, Counts.WORKING),
    "payment": clock_terms("payment", 10, Counts.WORKING),
    "repayment": clock_terms("repayment", 30),
    "reconsideration": clock_terms("reconsideration", 60),
    "court": clock_terms("court", 180),
    "delivery-by-notice": clock_terms("delivery-by-notice", 30),
}
STAFF: Final[Mapping[str, Role]] = {
    "caseworker-1": Role.CASEWORKER,
    "caseworker-2": Role.CASEWORKER,
    "officer-1": Role.OFFICER,
    "officer-2": Role.OFFICER,
    "officer-3": Role.OFFICER,
    "supervisor-1": Role.SUPERVISOR,
    "manager-1": Role.MANAGER,
    "worker-1": Role.WORKER,
    Role.ENGINE: Role.ENGINE,
}


def a_process(**changes: Any) -> SubsidyProcess:
    """Flexible-work insurance: month by month, shown to the public, paid by a second officer."""
    process = SubsidyProcess(
        policy=POLICY,
        applicant=Applicant.WORKER,
        each=Each.MONTH,
        notice=True,
        second_person=True,
        authority=EXAMPLE,
        months_in="own_payments",
        counts_as="flexible_insurance",
        stop_events=("employer_insured", "own_business"),
    )
    return replace(process, **changes)


CHOSEN: Final = Chosen("station-1", None, named=True)
ONE_OFF: Final = a_process(each=Each.ONCE, months_in=None, stop_events=())


@dataclass
class FakeRecord:
    """Nothing stands in the way; a test spoils what it is about."""

    elsewhere: tuple[ClaimElsewhere, ...] = ()
    unverified: tuple[str, ...] = ()
    end: TermEnd | None = None
    without_policy: tuple[str, ...] = ()
    paid_in: tuple[str, ...] = ()
    not_due: frozenset[str] = frozenset()
    chosen: Chosen | None = CHOSEN

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]:
        return (refusal("fact:unheard-of", "没有", "no"),) if name == "unheard-of" else ()

    def fact_is_for_officer(self, name: str) -> bool:
        return name == "running_normally"

    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
        return frozenset({STAFF[staff_id]}) if staff_id in STAFF and station_id == "station-1" else frozenset()

    def claimed_elsewhere(self, case: SubsidyCase, periods: Iterable[str]) -> tuple[ClaimElsewhere, ...]:
        wanted = set(periods)
        return tuple(each for each in self.elsewhere if each.period in wanted)

    def against_periods(self, case: SubsidyCase, periods: Iterable[str], on: date) -> tuple[Refusal, ...]:
        return tuple(refusal("period-without-policy", "没有", "no") for each in periods if each in self.without_policy)

    def paid_since(self, case: SubsidyCase) -> tuple[str, ...]:
        return self.paid_in

    def unverified_values(self, case: SubsidyCase) -> tuple[str, ...]:
        return self.unverified

    def nothing_for(self, case: SubsidyCase) -> frozenset[str]:
        return self.not_due

    def on_list(self, case: SubsidyCase, notice: str) -> Chosen | None:
        return self.chosen

    def in_file(self, case: SubsidyCase, payment: str, batch: str) -> Chosen | None:
        return self.chosen

    def term_end(self, case: SubsidyCase, on: date) -> TermEnd | None:
        return self.end


@dataclass
class Counter:
    """`does` an act as somebody; `passes` lets days pass, with every alarm and check on the way."""

    case: SubsidyCase
    process: SubsidyProcess = field(default_factory=a_process)
    record: FakeRecord = field(default_factory=FakeRecord)
    now: datetime = OPENED_AT

    @property
    def today(self) -> date:
        return day_of(self.now)

    def seen(self, actor: str) -> Seen:
        return Seen(
            actor=actor,
            roles=self.record.roles(actor, self.case.station_id, self.today),
            at=self.now,
            on=self.today,
            terms=TERMS,
            calendar=a_calendar(),
            process=self.process,
            record=self.record,
        )

    def does(self, act: Act, actor: str = "caseworker-1") -> SubsidyCase:
        self.case = perform(act, self.case, self.seen(actor))
        return self.case

    def refused(self, act: Act, actor: str = "caseworker-1") -> list[str]:
        """The codes of every reason against an act."""
        with pytest.raises(Refused) as refused:
            self.does(act, actor)
        return [reason.code for reason in refused.value.refusals]

    def passes(self, days: int) -> None:
        until = self.now + timedelta(days=days)
        while (dated := next_dated(self.case)) and dated.at <= until:
            self.now = max(self.now, dated.at)
            self.does(dated.act, Role.ENGINE)
        self.now = until

    def concludes(self, amount_fen: int | None, conclusion: Conclusion = Conclusion.GRANTED) -> str:
        """The rules come to this; the id of their determination."""
        self.does(DeterminationMade(POLICY, conclusion, self.case.facts_seen, amount_fen=amount_fen), Role.ENGINE)
        assert not list(policies_due(self.case))
        assert self.case.standing
        return self.case.standing.id

    def grants(self, amount_fen: int) -> None:
        self.does(AdoptDetermination(self.concludes(amount_fen)), "officer-1")

    def refuses(self) -> None:
        self.does(AdoptDetermination(self.concludes(0, Conclusion.REFUSED)), "officer-1")

    def papers_made(self) -> None:
        for paper in papers_due(self.case):
            self.does(KeepPaper(paper.id, "a" * 64, "b" * 64, 1), Role.ENGINE)

    def delivers(self, kind: str) -> str:
        """The latest paper of a kind is handed over; its id."""
        paper = next(paper for paper in reversed(self.case.papers) if paper.kind == kind)
        self.does(RecordDelivery(paper.id, DeliveryWay.IN_PERSON, self.today))
        return paper.id

    def orders(self) -> str:
        """Checked again on the day and found the same, it is ordered by a second officer."""
        assert self.case.standing
        before = self.case.standing
        self.does(Recheck())
        self.concludes(before.amount_fen, before.conclusion)
        self.does(OrderPayment(), "officer-2")
        return self.case.payments[-1].id

    def sends(self) -> str:
        payment = self.orders()
        self.does(SendPayment(payment, "batch-1"), "officer-2")
        return payment

    def pays(self) -> None:
        self.does(SettlePayment(self.sends(), paid=True, settled_on=self.today), "officer-2")


def a_case(months: Iterable[str] = MONTHS, **changes: Any) -> SubsidyCase:
    case = SubsidyCase(
        id="case-1",
        revision=0,
        stage=Stage.DETERMINATION,
        station_id="station-1",
        jurisdiction="cn-42-02-99",
        applied_on=day_of(OPENED_AT),
        opened_at=OPENED_AT,
        caseworker="caseworker-1",
        policy=POLICY,
        applicant=Applicant.WORKER,
        applicant_id="worker-1",
    )
    case = replace(case, **changes)
    return replace(case, claims=claims_of(case, months, case.applied_on))


def a_counter(process: SubsidyProcess | None = None, **changes: Any) -> Counter:
    """A case just opened."""
    process = process or a_process()
    counter = Counter(a_case(MONTHS if process.each is Each.MONTH else ("once",), **changes), process)
    counter.case = opened(counter.case, counter.seen(Role.ENGINE))
    return counter


def granted(process: SubsidyProcess | None = None) -> Counter:
    counter = a_counter(process)
    counter.grants(2 * A_MONTH)
    return counter


def in_notice() -> Counter:
    counter = granted()
    counter.does(PublishNotice("notice-1"), "officer-1")
    return counter


def in_payment(process: SubsidyProcess | None = None) -> Counter:
    counter = granted(process)
    if counter.process.notice:
        counter.does(PublishNotice("notice-1"), "officer-1")
        counter.passes(14)
    return counter


def running() -> Counter:
    counter = in_payment()
    counter.pays()
    return counter


def refused() -> Counter:
    counter = a_counter()
    counter.refuses()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    return counter


def overpaid() -> Counter:
    """Two months were paid, and then the rules give one."""
    counter = running()
    counter.does(Recheck())
    counter.grants(A_MONTH)
    return counter


def lapsed() -> Counter:
    """Two months were paid; of a third nobody supplied what was missing, and the case is closed."""
    counter = running()
    counter.does(ClaimPeriods(("2026-03",)))
    counter.concludes(None, Conclusion.NEEDS_INFORMATION)
    counter.papers_made()
    counter.passes(60)
    return counter


def closed() -> Counter:
    counter = refused()
    counter.passes(30)
    return counter

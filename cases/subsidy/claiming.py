"""Which periods are claimed (申领期间): at the application, and later while a subsidy runs; and giving a claim up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from cases.acts import blank
from cases.parts import find
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import ClaimState, SubsidyCase
from cases.subsidy.moves import anew, closed, released
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.record import Seen
from cases.subsidy.stages import Each, Outcome, Per, Stage
from cases.wording import Wording

A_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
A_YEAR: Final = re.compile(r"[0-9]{4}")
ONCE: Final = "once"


def claims_of(case: SubsidyCase, periods: Iterable[str], on: date) -> tuple[ClaimState, ...]:
    """Claims of these periods, first made on this day."""
    return tuple(ClaimState(period, case.person, case.policy, on) for period in sorted(set(periods)))


def periods_of(each: Each, months: Iterable[str], on: date) -> tuple[str, ...]:
    """What is claimed at the application: the months asked for, the year of the day, or the one time there is."""
    match each:
        case Each.MONTH:
            return tuple(months)
        case Each.YEAR:
            return tuple(months) or (f"{on.year}",)
        case Each.ONCE:
            return (ONCE,)


def refused_periods(each: Each, periods: Iterable[str], on: date) -> Iterator[Refusal]:
    """Each period is one of the subsidy's own kind, and has begun."""
    asked = tuple(periods)
    if not asked:
        yield refusal("no-period", "请写明申领的月份。", "Say which months are claimed.")
    for period in asked:
        if not _fits(each, period):
            yield refusal(
                "bad-period",
                f"申领期间“{period}”写法不对：按月的补贴写作2026-03，按年的写作2026。",
                f"The period {period} is not written as this subsidy has it: a month is 2026-03, a year 2026.",
            )
        elif period != ONCE and period > on.isoformat()[: len(period)]:
            yield refusal("future-period", f"{period}尚未开始，不能申领。", f"{period} has not begun: claim it then.")


def claimed_elsewhere(case: SubsidyCase, periods: Iterable[str], seen: Seen) -> Iterator[Refusal]:
    """One subsidy for one person and period, whatever the place, and whichever employer applies."""
    for other in seen.record.claimed_elsewhere(case, periods):
        zh, en = ("", "") if other.period == ONCE else (f"{other.period}的", f" for {other.period}")
        yield refusal(
            "claimed-elsewhere",
            f"{zh}该项补贴已在{other.place}的个案{other.case_id}中申领，不能重复享受；请核对后撤回其中一件。",
            f"This subsidy is claimed{en} already in case {other.case_id} at {other.place}. "
            "It is had once: look into both, and withdraw one.",
        )


def refused_at_opening(case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
    periods = tuple(claim.id for claim in case.claims)
    if case.applicant is not seen.process.applicant:
        yield refusal(
            "other-applicant",
            f"该项补贴的申请人须为{seen.process.applicant.label.zh}。",
            f"The applicant of this subsidy is the {seen.process.applicant.label.en}.",
        )
    yield from refused_hired(seen.process, hired=case.hired is not None)
    yield from refused_periods(seen.process.each, periods, seen.on)
    yield from claimed_elsewhere(case, periods, seen)


def refused_hired(process: SubsidyProcess, *, hired: bool) -> Iterator[Refusal]:
    """A subsidy that is had for each person hired names one; any other names none."""
    if process.per is Per.HIRE and not hired:
        yield refusal(
            "no-hired-person",
            "该项补贴按招用（介绍）的每一人申领，请写明招用人员（hired）；招用几人，就申请几件。",
            "This subsidy is had for each person hired or placed: name the person (hired), one application for each.",
        )
    elif process.per is Per.APPLICANT and hired:
        yield refusal(
            "hired-person-not-asked",
            "该项补贴不按招用人员申领，请不要写招用人员（hired）。",
            "This subsidy is not had for a person hired: leave hired out.",
        )


@dataclass(frozen=True)
class ClaimPeriods(Act):
    """More months of a subsidy that runs; they are determined, shown to the public and paid as the first were."""

    KIND: ClassVar = "claim-periods"
    TITLE: ClassVar = Wording("续报月份", "Claim more months")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.WORKER})
    DURING: ClassVar = frozenset({Stage.RUNNING})

    months: tuple[str, ...]

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        for month in self.months:
            found = find(case.claims, month)
            if found and found.released_on is None:
                yield refusal("claimed", f"{month}已经申领。", f"{month} is claimed already.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from refused_periods(seen.process.each, self.months, seen.on)
        yield from seen.record.against_periods(case, self.months, seen.on)
        yield from claimed_elsewhere(case, self.months, seen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        new = claims_of(case, self.months, seen.on)
        kept = tuple(claim for claim in case.claims if find(new, claim.id) is None)
        return anew(replace(case, claims=(*kept, *new)), seen)


@dataclass(frozen=True)
class WithdrawApplication(Act):
    """The applicant gives up what is not paid yet. Where something was paid the rules say whether it was rightly."""

    KIND: ClassVar = "withdraw-application"
    TITLE: ClassVar = Wording("撤回申请", "Withdraw the application")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.WORKER})
    DURING: ClassVar = frozenset({Stage.DETERMINATION, Stage.NOTICE, Stage.PAYMENT})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        yield from sent_to_the_bank(case)
        if case.paid_fen and not case.unpaid_claims:
            yield refusal(
                "paid",
                "申领的期间都已拨付，没有可以撤回的；不再续报的，待审核决定后办理停发或享受期结束。",
                "All that is claimed is paid, so there is nothing to give up: "
                "once it is decided, a subsidy that nobody wants any more is stopped or finished.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        if case.paid_fen:
            return anew(released(case, seen), seen)
        return closed(case, Outcome.WITHDRAWN, seen)


def sent_to_the_bank(case: SubsidyCase) -> Iterator[Refusal]:
    """Nothing ends while the bank has not said what became of the money."""
    for payment in case.payments:
        if payment.under_way:
            yield refusal(
                "payment-under-way",
                f"{payment.id}还没有结果：尚未发出的请先作废，已发银行的请先登记结果。",
                f"{payment.id} has no result yet: cancel it if it was not sent, or record what the bank said.",
            )


def _fits(each: Each, period: str) -> bool:
    match each:
        case Each.MONTH:
            return A_MONTH.fullmatch(period) is not None
        case Each.YEAR:
            return A_YEAR.fullmatch(period) is not None
        case Each.ONCE:
            return period == ONCE

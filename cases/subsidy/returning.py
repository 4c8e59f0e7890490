"""A late return (退汇): what the bank had paid comes back days later, and is due again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.moves import anew, closed, demand_withdrawn, going_on, settled, still_lost, unlinked
from cases.subsidy.paying import OnPayment, bad_code
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome, PaymentStatus, Stage
from cases.wording import Wording


@dataclass(frozen=True)
class ReturnPayment(OnPayment):
    """Its claims are due again and nothing of it counts as had. Also of a closed case, which then goes on to payment.

    It is ordered anew by somebody else, after the check of the day.
    """

    KIND: ClassVar = "return-payment"
    TITLE: ClassVar = Wording("登记到账后退汇", "Record a late return")
    DURING: ClassVar = frozenset(Stage)
    STATUS: ClassVar = PaymentStatus.PAID

    returned_on: date  # the day the bank named
    code: str
    evidence: str  # the number of the bank's advice, or of its file

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("退回代码 code", self.code)
        yield from bad_code(self.code)
        yield from blank("银行退汇凭证 evidence", self.evidence)
        found = find(case.payments, self.payment)
        if found is None:
            return
        if found.settled_on and self.returned_on < found.settled_on:
            yield refusal(
                "before-paid",
                f"退汇日期早于到账日期{found.settled_on}，请核对银行凭证。",
                f"That is before {found.settled_on}, the day on which the bank paid it: look at its advice again.",
            )
        if found.status is PaymentStatus.PAID and case.paid_fen < found.amount_fen:
            yield refusal(
                "repaid",
                "申请人已就这笔款退款，退款多于退汇后实付的金额，两者矛盾：请先与银行和国库核对哪一笔属实。",
                "More was repaid than would have been paid without it, and not both can be true: ask the bank and the "
                "treasury first which of them is.",
            )

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.returned_on > seen.on:
            yield in_future("returned_on", self.returned_on, seen.on)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        came_back = replace(
            self.found(case),
            status=PaymentStatus.RETURNED,
            return_code=self.code,
            returned_on=self.returned_on,
            returned_by=seen.actor,
            returned_at=seen.at,
        )
        case = unlinked(replace(case, payments=put(case.payments, came_back)), [self.payment])
        return _after(still_lost(case), seen)


def _after(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    match case.stage:
        case Stage.RUNNING | Stage.PAYMENT:
            return settled(case, seen)
        case Stage.RECOVERY:  # another sum is owed back, or none: what was demanded no longer stands
            return settled(demand_withdrawn(case, seen), seen)
        case Stage.CLOSED:
            return _of_closed(case, seen)
        case _:
            return case


def _of_closed(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    if case.due_fen and case.standing and case.standing.granted:
        return settled(going_on(case), seen)
    if case.due_fen and case.standing and case.standing.granted is None:  # later months lapsed, of which nobody decided
        return anew(going_on(case), seen)
    ended = Outcome.REFUSED if case.outcome in (None, Outcome.WRITTEN_OFF) and not case.paid_fen else case.outcome
    return closed(case, ended or Outcome.REFUSED, seen)

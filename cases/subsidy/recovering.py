"""Recovery (追回): what was paid too much is asked back, comes back, or is written off by a second person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future
from cases.parts import numbered
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import ClaimState, RecoveryState, RepaymentState, SubsidyCase
from cases.subsidy.claiming import sent_to_the_bank
from cases.subsidy.moves import RECOVERY_NOTICE, closed, owe, recovered, settled
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome, Stage
from cases.timing import stop
from cases.wording import Wording


@dataclass(frozen=True)
class DemandRecovery(Act):
    """What was paid less what was granted for the periods claimed; nobody types the sum.

    The days to repay run from the day on which the notice is delivered.
    """

    KIND: ClassVar = "demand-recovery"
    TITLE: ClassVar = Wording("责令退回", "Demand repayment")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.RECOVERY})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        yield from sent_to_the_bank(case)
        if case.recovery:
            yield refusal("demanded", "已责令退回。", "Repayment is demanded already.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        demanded = RecoveryState(case.overpaid_fen, seen.actor, seen.at)
        about = case.standing.id if case.standing else "recovery"
        return owe(replace(case, recovery=demanded), RECOVERY_NOTICE, about, seen)


@dataclass(frozen=True)
class RecordRepayment(Act):
    """All of it back, a subsidy that was not stopped goes on, and any other is closed."""

    KIND: ClassVar = "record-repayment"
    TITLE: ClassVar = Wording("登记退款", "Record a repayment")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.RECOVERY})

    amount_fen: int
    received_on: date
    receipt: str  # the number of the bank's or the treasury's receipt

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("回单编号 receipt", self.receipt)
        if case.recovery is None:
            yield refusal("not-demanded", "还没有责令退回。", "Repayment is not demanded yet.")
        elif not 0 < self.amount_fen <= case.overpaid_fen:
            yield refusal(
                "amount",
                f"退款金额须大于零且不超过尚欠的{case.overpaid_fen}分。",
                f"A repayment is more than nothing and at most the {case.overpaid_fen} fen still owed.",
            )

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.received_on > seen.on:
            yield in_future("received_on", self.received_on, seen.on)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        by = case.recovery.demanded_by if case.recovery else None
        received = RepaymentState(numbered("repayment", case.repayments), self.amount_fen, self.received_on, by)
        case = replace(case, repayments=(*case.repayments, received))
        return case if case.overpaid_fen else _repaid(case, seen)


def _repaid(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    case = recovered(stop(case, "repayment", seen.at), seen)
    goes_on = seen.process.runs and case.stopped_on is None
    if goes_on and case.standing and case.standing.granted:
        return settled(replace(case, recovery=None), seen)
    return closed(case, Outcome.RECOVERED, seen)


@dataclass(frozen=True)
class WriteOff(Act):
    """What cannot be had back is given up by a supervisor, and never by the one who demanded it.

    It stands as long as that stays paid without right: only what is newly owed beyond it is demanded. The months stay
    had, since money was kept for them, save where the place says of those repaid in part that they do not count.
    """

    KIND: ClassVar = "write-off"
    TITLE: ClassVar = Wording("核销", "Write off")
    BY: ClassVar = frozenset({Role.SUPERVISOR})
    DURING: ClassVar = frozenset({Stage.RECOVERY})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.recovery is None:
            yield refusal("not-demanded", "还没有责令退回。", "Repayment is not demanded yet.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if case.recovery and seen.actor in (case.recovery.demanded_by, case.caseworker):
            yield refusal(
                "second-person",
                "核销须由责令退回者和经办人以外的主管批准。",
                "It is written off by a supervisor who neither demanded it nor has the case.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        if case.recovery is None:
            raise LookupError("recovery")
        given_up = case.written_off_fen + case.overpaid_fen
        written_off = replace(case.recovery, written_off_on=seen.on)
        case = replace(case, recovery=written_off, written_off_fen=given_up, claims=_part_recovered(case, seen))
        return closed(case, Outcome.WRITTEN_OFF, seen)


def _part_recovered(case: SubsidyCase, seen: Seen) -> tuple[ClaimState, ...]:
    """Where the place says so, a month of which part came back counts towards no term; nor is it paid again."""
    if seen.process.part_recovered or not case.repayments or (case.standing and case.standing.departed_by):
        return case.claims
    without_right = seen.record.nothing_for(case)
    gone = (replace(c, uncounted_on=seen.on) if c.id in without_right else c for c in case.claims)
    return tuple(gone)

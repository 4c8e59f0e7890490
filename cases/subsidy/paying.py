"""Payment (拨付): values accepted, the check on the day, the instruction, and what the bank says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from cases.acts import blank, in_future, unknown
from cases.acts_of_any.determining import out_of_date
from cases.days import day_of
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import AcceptanceState, PaymentState, SubsidyCase
from cases.subsidy.chosen import FILE, against
from cases.subsidy.claiming import claimed_elsewhere, sent_to_the_bank
from cases.subsidy.moves import PAYMENT_INSTRUCTION, cancelled, noticed, objected, owe, settled, unlinked
from cases.subsidy.record import Seen
from cases.subsidy.stages import PaymentStatus, Stage
from cases.timing import stop
from cases.wording import Wording

EVERY_VALUE = "*"
MEANWHILE: Final = "paid-meanwhile"  # the reason upon which the rules are asked again
A_CODE: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")  # as the bank's file has it; it stands in clear in the record


@dataclass(frozen=True)
class AcceptUnverified(Act):
    """A named officer answers for one value of the policy that nobody could verify, or for all that are left."""

    KIND: ClassVar = "accept-unverified"
    TITLE: ClassVar = Wording("接受未核实的数值", "Accept an unverified value")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.DETERMINATION, Stage.NOTICE, Stage.PAYMENT, Stage.RUNNING})

    value: str  # its name in the policy; `*`: every one that is not accepted yet
    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.accepts(self.value):
            yield refusal("accepted", f"数值{self.value}已被接受。", f"The value {self.value} is accepted already.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.value == EVERY_VALUE:
            if not _left(case, seen):
                yield refusal("none-left", "没有待接受的数值。", "No value waits for acceptance.")
        elif self.value not in seen.record.unverified_values(case):
            yield refusal(
                "not-unverified",
                f"认定没有用到未核实的数值“{self.value}”。",
                f"The determination rests on no unverified value {self.value}.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        values = _left(case, seen) if self.value == EVERY_VALUE else [self.value]
        for value in values:
            case = replace(case, acceptances=put(case.acceptances, AcceptanceState(value, seen.actor, seen.at)))
        return case


def _left(case: SubsidyCase, seen: Seen) -> list[str]:
    return [value for value in seen.record.unverified_values(case) if not case.accepts(value)]


@dataclass(frozen=True)
class Recheck(Act):
    """The rules are asked again on the facts of the day, as they are before money goes out."""

    KIND: ClassVar = "recheck"
    TITLE: ClassVar = Wording("重新核查", "Check again")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.NOTICE, Stage.PAYMENT, Stage.RUNNING, Stage.RECOVERY})

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return replace(case, facts_seen=case.facts_seen + 1)


@dataclass(frozen=True)
class CheckMeanwhile(Act):
    """Another case paid the same person meanwhile, so that the payment was refused: the rules are asked again."""

    KIND: ClassVar = "check-meanwhile"
    TITLE: ClassVar = Wording("另有拨付，重新核查", "Checked again: another case paid meanwhile")
    BY: ClassVar = frozenset({Role.ENGINE})
    DURING: ClassVar = frozenset({Stage.PAYMENT})
    WHILE_PAUSED: ClassVar = True

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        if case.standing:
            yield from out_of_date(case, case.standing)

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if not seen.record.paid_since(case):
            yield refusal("not-due", "上次核查以后没有另外的拨付。", "Nothing was paid elsewhere since the last check.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return replace(case, facts_seen=case.facts_seen + 1)


@dataclass(frozen=True)
class OrderPayment(Act):
    """The payment instruction (拨付单) over what was granted and is not paid yet. No money moves in this system."""

    KIND: ClassVar = "order-payment"
    TITLE: ClassVar = Wording("开具拨付单", "Order the payment")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.PAYMENT})

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        standing = case.standing
        if standing is None or not standing.granted:
            yield refusal("not-granted", "还没有准予补贴的决定。", "Nothing is granted.")
        else:
            yield from out_of_date(case, standing)
        yield from sent_to_the_bank(case)
        if case.due_fen <= 0:
            yield refusal("nothing-due", "没有应拨付的金额。", "Nothing is due.")
        if objected(case):
            yield refusal("objection-open", "有公示异议尚未处理。", "An objection to the public notice is open.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        standing = case.standing
        if standing and day_of(standing.made_at) != seen.on:
            yield refusal(
                "not-checked-today",
                f"认定{standing.id}作于{day_of(standing.made_at)}：拨付当天须先重新核查（recheck）。",
                f"{standing.id} was made on {day_of(standing.made_at)}: check again (recheck) on the day of payment.",
            )
        for other in seen.record.paid_since(case):
            yield refusal(
                MEANWHILE,
                f"上次核查以后，个案{other}就同一人另有拨付，可能影响本案：系统随即按规则重新核查，请看过结果再开单。",
                f"Since the last check a payment was ordered in case {other} for the same person, which may count: "
                "the rules are asked again now. See what they come to, and order then.",
            )
        if seen.process.notice and not noticed(case):
            yield refusal("not-noticed", "公示期未满。", "The days of the public notice are not over.")
        yield from claimed_elsewhere(case, (c.id for c in case.claims if c.released_on is None), seen)
        yield from _not_accepted(case, seen)
        if recorded_return(case, seen.actor):
            yield refusal(
                "second-person",
                "退汇由您登记，重新拨付须由另一名审批人开单。",
                "You recorded that the money came back: another officer orders it anew.",
            )
        if seen.process.second_person and standing and seen.actor == standing.decided_by:
            yield refusal(
                "second-person",
                "拨付须由作出决定以外的另一名审批人开单。",
                "Payment is ordered by another officer than the one who granted it.",
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        standing = case.standing
        if standing is None:
            raise LookupError("determination")
        payment = PaymentState(numbered("payment", case.payments), case.due_fen, standing.id, seen.actor, seen.at)
        unpaid = {claim.id for claim in case.unpaid_claims}
        # A month for which nothing is due was not had: it counts towards no term, and is free again.
        paid = unpaid - seen.record.nothing_for(case) or unpaid
        claims = tuple(replace(c, payment_id=payment.id) if c.id in paid else c for c in case.claims)
        case = replace(case, payments=(*case.payments, payment), claims=claims)
        return owe(case, PAYMENT_INSTRUCTION, payment.id, seen)


def recorded_return(case: SubsidyCase, who: str) -> bool:
    """Whether they recorded that a payment came back which was not ordered anew yet."""
    last = max((each.ordered_at for each in case.payments if each.live), default=None)
    back = (each.returned_at for each in case.payments if each.returned_by == who)
    return any(at is not None and (last is None or last <= at) for at in back)


def _not_accepted(case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
    for value in _left(case, seen):
        yield refusal(
            "unverified",
            f"数值“{value}”未经核实：须先由审批人说明理由予以接受（accept-unverified）。",
            f"The value {value} was never verified: an officer accepts it first, with a reason.",
        )


@dataclass(frozen=True)
class OnPayment(Act):
    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.OFFICER})

    STATUS: ClassVar[PaymentStatus]  # that the payment must have

    payment: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        found = find(case.payments, self.payment)
        if found is None:
            yield unknown(Wording("拨付单", "payment instruction"), self.payment)
        elif found.status is not self.STATUS:
            yield refusal(
                "other-status",
                f"{found.id}的状态是“{found.status.label.zh}”，须为“{self.STATUS.label.zh}”。",
                f"{found.id} is “{found.status.label.en}”, and has to be “{self.STATUS.label.en}”.",
            )

    def found(self, case: SubsidyCase) -> PaymentState:
        payment = find(case.payments, self.payment)
        if payment is None:
            raise LookupError(self.payment)
        return payment


@dataclass(frozen=True)
class SendPayment(OnPayment):
    """It goes out with a file for the bank."""

    KIND: ClassVar = "send-payment"
    TITLE: ClassVar = Wording("随银行文件发出", "Send with a bank file")
    DURING: ClassVar = frozenset({Stage.PAYMENT})
    STATUS: ClassVar = PaymentStatus.ORDERED

    batch: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("批次 batch", self.batch)
        if case.standing:
            yield from out_of_date(case, case.standing)

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from against(seen.record.in_file(case, self.payment, self.batch), FILE, self.batch, case)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        sent = replace(self.found(case), status=PaymentStatus.SENT, batch_id=self.batch)
        return replace(case, payments=put(case.payments, sent))


@dataclass(frozen=True)
class SettlePayment(OnPayment):
    """What the bank said: paid, or returned and by which code. Returned, its claims are to be paid anew."""

    KIND: ClassVar = "settle-payment"
    TITLE: ClassVar = Wording("登记银行结果", "Record what the bank said")
    DURING: ClassVar = OPEN_STAGES
    STATUS: ClassVar = PaymentStatus.SENT

    paid: bool
    settled_on: date
    code: str = ""  # by which it was returned

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if not self.paid:
            yield from blank("退回代码 code", self.code)
        yield from bad_code(self.code)

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.settled_on > seen.on:
            yield in_future("settled_on", self.settled_on, seen.on)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        status = PaymentStatus.PAID if self.paid else PaymentStatus.RETURNED
        code = None if self.paid else self.code
        after = replace(self.found(case), status=status, settled_on=self.settled_on, return_code=code)
        case = replace(case, payments=put(case.payments, after))
        if not self.paid:
            case = unlinked(case, [self.payment])
        if case.stage is Stage.PAYMENT or (case.stage is Stage.RECOVERY and case.recovery is None):
            case = stop(case, "payment", seen.at) if self.paid else case
            return settled(case, seen)
        return case


def bad_code(code: str) -> Iterator[Refusal]:
    """The code stands in clear in the record."""
    if code.strip() and not A_CODE.fullmatch(code):
        yield refusal(
            "bad-code",
            "退回代码只写银行的代码（字母、数字和. _ -，至多40个），不写姓名、账号和说明。",
            "Only the bank's own code: letters, figures and . _ -, at most 40; no name, no account, no sentence.",
        )


@dataclass(frozen=True)
class CancelPayment(OnPayment):
    """Before it was sent."""

    KIND: ClassVar = "cancel-payment"
    TITLE: ClassVar = Wording("作废拨付单", "Cancel a payment instruction")
    DURING: ClassVar = frozenset({Stage.PAYMENT})
    STATUS: ClassVar = PaymentStatus.ORDERED

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return cancelled(case, [self.payment], seen)

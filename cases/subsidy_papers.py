"""Papers of a subsidy (补贴文书): what the rules found, what was decided, ordered, stopped, and is asked back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.authorities import Authority
from cases.determinations import Conclusion
from cases.papers import Paper, PaperKind
from cases.parties import Cited
from cases.refusals import Refusal, refusal


class Held(StrEnum):
    """What became of one rule, as its reader has to take it."""

    HOLDS = "holds"  # 符合
    FAILS = "fails"  # 不符合
    EXCLUDES = "excludes"  # 存在不予补贴的情形
    CLEAR = "clear"  # 不存在该情形
    OPEN = "open"  # 尚不能确定


AGAINST = frozenset({Held.FAILS, Held.EXCLUDES})


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to. The phone of an employer may not be known.

    `hired`: for whom it applied, where a subsidy is had for each person hired; the number is masked.
    """

    name: str
    phone: str | None
    hired: str | None = None


@dataclass(frozen=True)
class Basis:
    """The policy by which it was decided, so exactly that anyone can look it up."""

    title: str
    version: str
    hash: str


@dataclass(frozen=True)
class RuleFound:
    """One rule: what came of it, why in words, by which clause; `short` says what was missing to it."""

    held: Held
    statement: str
    authority: Authority
    short: tuple[str, ...] = ()
    one_is_enough: bool = False  # of its kind: then one that fails need not matter


@dataclass(frozen=True)
class Lacking:
    """A fact that could still change the outcome, and who can tell it."""

    question: str
    asked_of: str


@dataclass(frozen=True)
class Unverified:
    """A value of the policy that nobody checked against a source; for a payment, who answers for it and why."""

    clause: str
    accepted_by: str | None = None
    accepted_on: date | None = None
    why: str | None = None


@dataclass(frozen=True)
class Reckoned:
    """One line of a reckoning: a month or another item, and what it came to."""

    item: str
    came_to: str


@dataclass(frozen=True)
class DeterminationNotice(Paper):
    """补贴审核告知书: what the rules found, before anybody decides; a person can be asked for."""

    KIND = PaperKind.SUBSIDY_DETERMINATION_NOTICE

    applicant: Recipient
    case_number: str
    applied_on: date
    basis: Basis
    determined_on: date
    conclusion: Conclusion
    rules: tuple[RuleFound, ...]
    lacking: tuple[Lacking, ...]
    amount_fen: int | None
    reckoning: tuple[Reckoned, ...]
    unverified: tuple[Unverified, ...]

    def refusals(self) -> Iterator[Refusal]:
        if self.conclusion is Conclusion.REFUSED and not any(rule.held in AGAINST for rule in self.rules):
            yield _no_reasons()


@dataclass(frozen=True)
class Appeal:
    """A way outside the station (行政复议、行政诉讼): how long from the day of delivery, by which clause."""

    term: str  # 60日, 6个月
    authority: Authority


@dataclass(frozen=True)
class ReviewHere:
    """复核途径: of whom, and for how long from the day of delivery, a person may ask that it be looked at again."""

    term: str  # 15个工作日
    body: str
    address: str
    phone: str
    authority: Authority


@dataclass(frozen=True)
class PublicNotice:
    """For how long the decision is shown before payment."""

    days: int
    working_days: bool
    authority: Authority


@dataclass(frozen=True)
class DecisionNotice(Paper):
    """补贴决定书: what an officer decided, by what, and the ways to have it looked at again."""

    KIND = PaperKind.SUBSIDY_DECISION_NOTICE

    applicant: Recipient
    case_number: str
    applied_on: date
    basis: Basis
    granted: bool
    amount_fen: int | None
    periods: tuple[str, ...]
    reasons: tuple[Cited, ...]
    departure: str | None  # why the officers did not follow the rules' result
    decided_by: str
    second_officer: str | None
    notice: PublicNotice | None
    unverified: tuple[Unverified, ...]
    review: ReviewHere
    reconsideration: Appeal
    court: Appeal

    def refusals(self) -> Iterator[Refusal]:
        if not self.granted and not self.reasons and not self.departure:
            yield _no_reasons()
        if self.granted and self.amount_fen is None:
            yield refusal(
                "no-amount",
                "给予补贴的决定必须写明金额。",
                "A decision that grants states the amount.",
            )


@dataclass(frozen=True)
class Account:
    """收款账户, as the applicant stated it."""

    name: str  # 户名
    bank: str  # 开户银行
    number: str


@dataclass(frozen=True)
class PaymentInstruction(Paper):
    """拨付单: one payment, the decision it rests on, and everyone who answers for it. No money moves by it here."""

    KIND = PaperKind.PAYMENT_INSTRUCTION

    name: str  # the payee's
    identity_number: str  # or an employer's code
    account: Account | None  # None: not stated, and never invented
    reference: str  # under which the bank file names it
    amount_fen: int
    periods: tuple[str, ...]
    case_number: str
    basis: Basis
    determination: str
    granted_by: str
    granted_on: date
    second_officer: str | None
    ordered_by: str
    rechecked_on: date  # the day of the order, on which the rules were asked again
    unverified: tuple[Unverified, ...]
    hired: str | None = None  # for whom an employer is paid, masked

    def refusals(self) -> Iterator[Refusal]:
        if self.amount_fen <= 0:
            yield refusal("nothing-to-pay", "拨付金额须大于零。", "A payment instruction pays more than nothing.")
        for value in self.unverified:
            if value.accepted_by is None:
                yield refusal(
                    "unverified-not-accepted",
                    f"“{value.clause}”未经核实，须由审批人写明理由接受后才能拨付。",
                    f"“{value.clause}” was never verified: an officer has to accept it, with a reason, before payment.",
                )


@dataclass(frozen=True)
class Paid:
    """One payment that was made, by the reference under which the bank knew it."""

    reference: str
    amount_fen: int
    periods: tuple[str, ...]
    paid_on: date | None  # None: the bank has not said yet


@dataclass(frozen=True)
class StopNotice(Paper):
    """停发告知书: that a running subsidy ends, why, since which month, and how to object."""

    KIND = PaperKind.SUBSIDY_STOP_NOTICE

    applicant: Recipient
    case_number: str
    basis: Basis
    reason: Cited
    happened_in: str  # 2026年3月
    stops_from: str | None  # the first month that is not paid, where the law names it
    paid: tuple[Paid, ...]
    review: ReviewHere
    reconsideration: Appeal
    court: Appeal


@dataclass(frozen=True)
class RecoveryNotice(Paper):
    """追回告知书: what was paid, what of it is owed back, by which clause, in how many days, and how to object."""

    KIND = PaperKind.RECOVERY_NOTICE

    applicant: Recipient
    case_number: str
    basis: Basis
    paid: tuple[Paid, ...]
    due_fen: int  # what was rightly owed to the applicant
    owed_fen: int
    written_off_fen: int  # what was given up before, and is not asked back
    reasons: tuple[Cited, ...]
    repay_within: str  # 30日, from the day of delivery
    review: ReviewHere
    reconsideration: Appeal
    court: Appeal

    def refusals(self) -> Iterator[Refusal]:
        if self.owed_fen <= 0:
            yield refusal("nothing-owed", "没有需要退回的金额。", "Nothing is owed back.")
        if not self.reasons:
            yield _no_reasons()


def _no_reasons() -> Refusal:
    return refusal(
        "no-reasons",
        "不利于申请人的结果必须写明理由和依据。",
        "A result against the applicant states its reasons and their authorities.",
    )

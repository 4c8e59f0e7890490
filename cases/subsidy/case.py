"""A subsidy case as it stands: identifiers, days, months, sums and closed lists only, never a name or a free text."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.case import Case
from cases.case_parts import DeterminationState
from cases.subsidy.stages import COME_TO_NOTHING, Applicant, DeliveryWay, Instance, Outcome, PaymentStatus, Stage


@dataclass(frozen=True)
class ClaimState:
    """One period that is claimed; the database keeps two live claims of one subject, policy and period apart.

    `id` is the period: a month `2026-03`, a year `2026`, or `once`. Released, it may be claimed again. `subject_id`:
    the person hired where the subsidy is had for each, else the applicant.
    """

    id: str
    subject_id: str
    policy: str
    claimed_on: date
    payment_id: str | None = None  # the payment instruction that pays it
    released_on: date | None = None
    uncounted_on: date | None = None  # part of its money came back and the rest was given up: the place counts it not


@dataclass(frozen=True)
class PaymentState:
    """One payment instruction (拨付单), in fen. It pays the claims that name it."""

    id: str
    amount_fen: int
    determination: str  # that it was ordered on, checked again that day
    ordered_by: str
    ordered_at: datetime
    status: PaymentStatus = PaymentStatus.ORDERED
    batch_id: str | None = None  # of the bank file it went out with
    settled_on: date | None = None  # the day the bank named
    return_code: str | None = None  # by which the bank said why it could not pay
    returned_on: date | None = None  # 退汇: the day the bank named on which what it had paid came back
    returned_by: str | None = None  # who recorded that, and when
    returned_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether its money is under way or has arrived."""
        return self.status not in COME_TO_NOTHING

    @property
    def under_way(self) -> bool:
        """Whether the bank has not said yet what became of it."""
        return self.status in (PaymentStatus.ORDERED, PaymentStatus.SENT)


@dataclass(frozen=True)
class ObjectionState:
    """An objection (异议) raised during the public notice."""

    id: str
    raised_on: date
    upheld: bool | None = None
    settled_on: date | None = None


@dataclass(frozen=True)
class StopState:
    """A stop event (停发情形): what happened, from the closed list of the facts, and in which month.

    Recorded by mistake it is struck out, and stays where it is: nothing is reckoned by it any more.
    """

    id: str
    event: str
    month: str  # 2026-03
    recorded_on: date
    recorded_by: str
    struck_on: date | None = None
    struck_by: str | None = None


@dataclass(frozen=True)
class StoppingState:
    """That an officer stopped the subsidy (停发), and for which stop event, if for one."""

    by: str
    event: str | None


@dataclass(frozen=True)
class DeliveryState:
    """That a paper was delivered (送达) to the applicant: the days to appeal run from then. `id`: the paper's."""

    id: str
    way: DeliveryWay
    on: date  # the day it was handed over or sent, or on which the notice was published
    delivered_on: date  # the day that counts
    recorded_by: str


@dataclass(frozen=True)
class ReviewState:
    """A review or an appeal. `reversed_`: whether the decision was found wrong; None while it is open."""

    id: str
    instance: Instance
    asked_on: date
    reversed_: bool | None = None
    decided_on: date | None = None
    decided_by: str | None = None


@dataclass(frozen=True)
class RepaymentState:
    """Money that came back, in fen, and who had demanded it."""

    id: str
    amount_fen: int
    received_on: date
    demanded_by: str | None = None


@dataclass(frozen=True)
class AcceptanceState:
    """A named officer's acceptance of one value of the policy that was never verified."""

    id: str  # the value's name in the policy
    by: str
    at: datetime
    lapsed_on: date | None = None  # the law that it was given under was changed: it is to be given anew


@dataclass(frozen=True)
class LookState:
    """An officer is asked to look at a refusal (人工复核). `stands`: what they found, None while open."""

    asked_at: datetime
    stands: bool | None = None
    by: str | None = None
    looked_on: date | None = None


@dataclass(frozen=True)
class RecoveryState:
    """What is to be repaid, in fen, and since when."""

    owed_fen: int
    demanded_by: str
    demanded_at: datetime
    written_off_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SubsidyCase(Case):
    """The whole of it. `policy` is the subsidy applied for; the facts of its applicant, or of whom it hired, decide."""

    stage: Stage
    outcome: Outcome | None = None
    policy: str
    applicant: Applicant
    applicant_id: str
    hired: str | None = None  # 招用人员: the worker for whose hiring, or placing, an employer applies
    opened_from: str | None = None  # the hardship case in which it was applied for
    claims: tuple[ClaimState, ...] = ()
    payments: tuple[PaymentState, ...] = ()
    objections: tuple[ObjectionState, ...] = ()
    stops: tuple[StopState, ...] = ()
    reviews: tuple[ReviewState, ...] = ()
    repayments: tuple[RepaymentState, ...] = ()
    acceptances: tuple[AcceptanceState, ...] = ()
    deliveries: tuple[DeliveryState, ...] = ()
    notice_id: str | None = None  # the list (公示名单) it stands on
    noticed_on: date | None = None
    granted_fen: int | None = None  # what officers granted in all, once they decided
    departing_fen: int | None = None  # what an officer proposes instead, awaiting a second person
    look: LookState | None = None
    checked_on: date | None = None  # the last monthly check of a running subsidy
    stopped_on: date | None = None
    stopping: StoppingState | None = None  # where an officer stopped it, and it did not end by itself
    recovery: RecoveryState | None = None
    written_off_fen: int = 0  # 已核销: of what is paid without right, what was given up

    @property
    def person(self) -> str:
        """Whom it is about: whose key seals it, whose facts decide, and by whom a period is claimed once."""
        return self.hired or self.applicant_id

    @property
    def about_worker(self) -> bool:
        """Whether that is a worker, who applies or was hired."""
        return self.applicant is Applicant.WORKER or self.hired is not None

    @property
    def worker_id(self) -> str | None:
        """The worker who applies, and so may act in it."""
        return self.applicant_id if self.applicant is Applicant.WORKER else None

    @property
    def standing(self) -> DeterminationState | None:
        """The determination of its policy that no later one superseded."""
        return self.current(self.policy)

    def accepts(self, value: str) -> bool:
        """Whether an officer answers for this unverified value, as the law now has it."""
        return any(each.id == value and each.lapsed_on is None for each in self.acceptances)

    @property
    def due_fen(self) -> int:
        """What was granted and not paid yet."""
        return max(0, (self.granted_fen or 0) - self.paid_fen)

    @property
    def overpaid_fen(self) -> int:
        """What is owed back: what was paid without right, less what came back, less what was written off."""
        return max(0, self.paid_fen - (self.granted_fen or 0) - self.written_off_fen)

    @property
    def stops_standing(self) -> tuple[StopState, ...]:
        """The stop events that nobody struck out."""
        return tuple(stop for stop in self.stops if stop.struck_on is None)

    @property
    def unpaid_claims(self) -> tuple[ClaimState, ...]:
        return tuple(claim for claim in self.claims if claim.released_on is None and claim.payment_id is None)

    @property
    def paid_fen(self) -> int:
        """What went out and did not come back: payments under way and arrived, less repayments."""
        return sum(p.amount_fen for p in self.payments if p.live) - sum(r.amount_fen for r in self.repayments)

"""A hardship case as it stands: identifiers, days and closed lists only, never a name, a number or a free text.

What is personal (facts, reasons, what was said) is in the record, sealed; the case travels between the workflow and its
activities, so it holds none of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cases.case import Case
from cases.hardship.stages import (
    AgreementForm,
    ExitReason,
    Outcome,
    ReferralOutcome,
    Stage,
    TrainingResult,
)
from cases.plans import ServiceKind

HARDSHIP = "hardship-worker"  # 困难零工, the station's own class
DIFFICULTY = "employment-difficulty"  # 就业困难人员, the province's statutory class
PUBLIC_POST = "public-post"  # 公益性岗位安置条件


@dataclass(frozen=True)
class ServiceState:
    """One piece of help given: guidance, a policy briefing, or something on top of the plan."""

    id: str
    kind: ServiceKind
    given_by: str
    held_on: date
    described: bool  # whether the record says what was done


@dataclass(frozen=True)
class Condition:
    """One condition of a proof of duty, by name; None: unknown, which is no proof."""

    name: str
    met: bool | None


@dataclass(frozen=True)
class ReferralState:
    """One referral (岗位推荐). `employer` is what makes employers distinct: a USCC's token or a household's person."""

    id: str
    vacancy_id: str
    employer: str
    made_on: date
    conditions: tuple[Condition, ...]  # as they stood on the day it was made
    delivered_on: date | None = None
    outcome: ReferralOutcome | None = None
    outcome_on: date | None = None
    confirmed: bool | None = None  # by the worker; False: contested


@dataclass(frozen=True)
class TalkState:
    """A point-to-point talk (点对点洽谈) with a verified employer."""

    id: str
    employer_id: str
    held_on: date


@dataclass(frozen=True)
class TrainingState:
    id: str
    course_id: str
    enrolled_on: date
    hours_attended: int = 0
    result: TrainingResult | None = None
    result_on: date | None = None


@dataclass(frozen=True)
class NeedState:
    """One need or problem of the worker (需求与困难), open until it is solved or given up with a reason."""

    id: str
    opened_on: date
    answered_by: tuple[str, ...] = ()  # ids of services, referrals, trainings
    solved: bool | None = None
    settled_on: date | None = None


@dataclass(frozen=True)
class AppointmentState:
    id: str
    at: datetime
    with_staff: str
    kept: bool | None = None


@dataclass(frozen=True)
class PlacementState:
    """Work found (就业安置), with the agreement it is founded on."""

    id: str
    employer_id: str
    started_on: date
    form: AgreementForm
    ended_on: date | None = None


@dataclass(frozen=True)
class FollowUpState:
    id: str
    placement_id: str
    days: int  # natural days after the placement began
    held_on: date | None = None
    still_employed: bool | None = None


@dataclass(frozen=True)
class TransferState:
    """移交: proposed to another station, and not yet accepted."""

    to_station: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class ExitState:
    reason: ExitReason
    told_at: datetime
    proposed_by: str
    back_to: Stage
    review_asked_at: datetime | None = None


@dataclass(frozen=True)
class ClosureState:
    """Proposed, and waiting for a supervisor who is not the proposer."""

    outcome: Outcome
    proposed_by: str
    proposed_at: datetime
    back_to: Stage


@dataclass(frozen=True, kw_only=True)
class HardshipCase(Case):
    """The whole of it. A change is a new value; `revision` counts the steps written."""

    stage: Stage
    worker_id: str
    outcome: Outcome | None = None
    plan_hash: str | None = None  # of the service plan that it is pinned to
    help_began_at: datetime | None = None
    term_over_at: datetime | None = None
    items_proved: bool = False  # every item that the plan requires
    services: tuple[ServiceState, ...] = ()
    referrals: tuple[ReferralState, ...] = ()
    talks: tuple[TalkState, ...] = ()
    trainings: tuple[TrainingState, ...] = ()
    needs: tuple[NeedState, ...] = ()
    appointments: tuple[AppointmentState, ...] = ()
    placements: tuple[PlacementState, ...] = ()
    follow_ups: tuple[FollowUpState, ...] = ()
    transfer: TransferState | None = None
    exit: ExitState | None = None
    closure: ClosureState | None = None

    @property
    def person(self) -> str:
        return self.worker_id

    @property
    def market_failed(self) -> bool:
        """The plan's required items proved, its term over, and no placement: whether a public post is owed is next."""
        return self.stage is Stage.HELP and self.term_over_at is not None and self.items_proved

    @property
    def placement(self) -> PlacementState | None:
        """The placement that still stands."""
        return next((p for p in reversed(self.placements) if p.ended_on is None), None)

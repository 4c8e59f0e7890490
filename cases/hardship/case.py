"""A hardship case as it stands: identifiers, days and closed lists only, never a name, a number or a free text.

What is personal (facts, reasons, what was said) is in the record, sealed; the case travels between the workflow and its
activities, so it holds none of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cases.determinations import Conclusion
from cases.hardship.stages import (
    AgreementForm,
    ExitReason,
    Outcome,
    ReferralOutcome,
    Stage,
    TrainingResult,
)
from cases.plans import ServiceKind
from cases.reckoning import Threshold

HARDSHIP = "hardship-worker"  # 困难零工, the station's own class
DIFFICULTY = "employment-difficulty"  # 就业困难人员, the province's statutory class
PUBLIC_POST = "public-post"  # 公益性岗位安置条件


@dataclass(frozen=True)
class DeterminationState:
    """One determination (认定) and what officers did with it; `granted` is None until it is decided."""

    id: str
    policy: str
    conclusion: Conclusion
    made_at: datetime
    granted: bool | None = None
    decided_by: str | None = None
    departing: bool | None = None  # the outcome an officer proposes instead, awaiting a second person
    departed_by: str | None = None
    superseded: bool = False
    turns_on: date | None = None  # the first later day on which, all else staying as it is, it would come out otherwise
    turns_to: Conclusion | None = None
    turns_by_itself: bool = False  # today's date turns it, and not the day of an application
    woken_at: datetime | None = None  # when that day was seen to
    anew: bool | None = None  # whether the worker, asked then, applied anew


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
class PauseSpan:
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True)
class ClockState:
    """A clock (时限) as a row: start, length, day type, pauses, due instant, calendar, thresholds sent.

    `due_at` is None while the case is paused: a paused clock has no due instant.
    """

    id: str  # what it times: "item/guidance", "term", "outcome/referral-1"
    terms_id: str  # whose terms it runs under, in the pinned policies
    length: int
    unit: str  # day | month
    counts: str  # working | natural
    started_at: datetime
    due_at: datetime | None
    alarms: tuple[Threshold, ...]
    provisional: bool
    calendar_hash: str
    pauses: tuple[PauseSpan, ...] = ()
    sent: tuple[int, ...] = ()
    stopped_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.stopped_at is None

    @property
    def next_alarm(self) -> Threshold | None:
        """The first threshold not yet sent, or None while stopped or paused."""
        if not self.running or self.due_at is None:
            return None
        return next((alarm for alarm in self.alarms if alarm.percent not in self.sent), None)


@dataclass(frozen=True)
class PaperState:
    """A paper owed or made. `about` is the part of the case it speaks of.

    Once made, `sha256` names the PDF's bytes, and `file_sha256` those of the file that keeps them sealed.
    """

    id: str
    kind: str
    about: str
    dated: date
    sha256: str | None = None
    file_sha256: str | None = None
    file_size: int | None = None  # bytes
    waived_on: date | None = None  # given up by a supervisor, with a reason

    @property
    def owed(self) -> bool:
        return self.sha256 is None and self.waived_on is None


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


@dataclass(frozen=True)
class HardshipCase:
    """The whole of it. A change is a new value; `revision` counts the steps written."""

    id: str
    revision: int
    stage: Stage
    worker_id: str
    station_id: str
    jurisdiction: str
    applied_on: date  # selects every policy version, to the end; see `applied_anew`
    opened_at: datetime
    caseworker: str | None = None
    plan_hash: str | None = None  # of the service plan that it is pinned to
    law: str | None = None  # the list of policies that it is pinned to, whatever is published later
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    help_began_at: datetime | None = None
    term_over_at: datetime | None = None
    items_proved: bool = False  # every item that the plan requires
    facts_seen: int = 0  # facts recorded so far; a determination made before the last of them is out of date
    determined_at_facts: tuple[tuple[str, int], ...] = ()  # policy → facts_seen when it was last determined
    applied_anew: tuple[tuple[str, date], ...] = ()  # policy → the later day as of which it alone is determined
    determinations: tuple[DeterminationState, ...] = ()
    services: tuple[ServiceState, ...] = ()
    referrals: tuple[ReferralState, ...] = ()
    talks: tuple[TalkState, ...] = ()
    trainings: tuple[TrainingState, ...] = ()
    needs: tuple[NeedState, ...] = ()
    appointments: tuple[AppointmentState, ...] = ()
    placements: tuple[PlacementState, ...] = ()
    follow_ups: tuple[FollowUpState, ...] = ()
    pauses: tuple[PauseSpan, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    papers: tuple[PaperState, ...] = ()
    transfer: TransferState | None = None
    exit: ExitState | None = None
    closure: ClosureState | None = None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until_at is None

    @property
    def market_failed(self) -> bool:
        """The plan's required items proved, its term over, and no placement: whether a public post is owed is next."""
        return self.stage is Stage.HELP and self.term_over_at is not None and self.items_proved

    @property
    def closed(self) -> bool:
        return self.stage is Stage.CLOSED

    def current(self, policy: str) -> DeterminationState | None:
        """The determination of one policy that no later one superseded."""
        return next((d for d in reversed(self.determinations) if d.policy == policy and not d.superseded), None)

    def granted(self, policy: str) -> bool | None:
        """What officers decided on one policy: True, False, or None while undecided."""
        current = self.current(policy)
        return current.granted if current else None

    @property
    def placement(self) -> PlacementState | None:
        """The placement that still stands."""
        return next((p for p in reversed(self.placements) if p.ended_on is None), None)

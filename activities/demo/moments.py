"""What people do in the lives of the demonstration, in a word each: adopted, guided, referred, trained, placed."""

from datetime import datetime, time
from typing import Final

from activities.demo.lives import By, Moment, Scene
from cases.days import ONE_DAY, instant
from cases.facts import SourceKind
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.determining import AdoptDetermination, DepartFromDetermination, RecordFact
from cases.hardship.leaving import (
    ApproveClosure,
    AskReview,
    DecideReview,
    HandOver,
    ProposeClosure,
    ProposeExit,
    Reopen,
    ReturnClosure,
)
from cases.hardship.moving import AcceptTransfer, Assign, KeepAppointment, MakeAppointment, Pause, ProposeTransfer
from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.hardship.papering import WaivePaper
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import (
    EnrolTraining,
    RecordAttendance,
    RecordGuidance,
    RecordPolicyBriefing,
    RecordTalk,
    RecordTrainingResult,
)
from cases.hardship.stages import ExitReason, ReferralOutcome, TrainingResult
from cases.hardship.terms import PayUnit, WorkTerms

Moments = tuple[Moment, ...]
HALF_PAST_NINE: Final = time(9, 30)

FULL_TIME: Final = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=24)
PART_TIME: Final = WorkTerms("后厨帮工", "示例美食街", 240, 2_500, PayUnit.HOUR, days_per_week=6)
SHOP: Final = WorkTerms("理货员", "示例大道", 480, 360_000, PayUnit.MONTH, term_months=12)
CLEANING: Final = WorkTerms("楼宇保洁员", "示例区青石街18号", 480, 380_000, PayUnit.MONTH, term_months=12)
POST: Final = WorkTerms("公共区域保洁", "示例街道", 480, 240_000, PayUnit.MONTH, term_months=12)


def adopted(day: int, policy: str = HARDSHIP) -> Moments:
    return (Moment(day, By.OFFICER, lambda scene: AdoptDetermination(scene.latest(policy))),)


def recognised(day: int) -> Moments:
    """Both classes are decided as the rules concluded; help begins with the first."""
    return (*adopted(day), *adopted(day, DIFFICULTY))


def departed(day: int, reason: str) -> Moments:
    return (
        Moment(
            day, By.OFFICER, lambda scene: DepartFromDetermination(scene.latest(HARDSHIP), granted=True, reason=reason)
        ),
    )


def learned(day: int, name: str, value: object, detail: str) -> Moments:
    return (
        Moment(day, By.CASEWORKER, lambda scene: RecordFact(name, value, SourceKind.STATEMENT, scene.today, detail)),
    )


def guided(day: int, content: str) -> Moments:
    return (Moment(day, By.GUIDE, lambda scene: RecordGuidance(scene.today, content, scene.guide)),)


def briefed(day: int, content: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: RecordPolicyBriefing(scene.today, content)),)


def talked(day: int, employer: str, content: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: RecordTalk(employer, scene.today, content)),)


def made(day: int, vacancy: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: RecordReferral(vacancy, scene.today)),)


def delivered(day: int, number: int, channel: str = "当面送达") -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: DeliverReferral(f"referral-{number}", scene.today, channel)),)


def answered(day: int, number: int, *, contested: str = "") -> Moments:
    """By the worker: confirmed, or contested with a reason."""
    return (
        Moment(
            day,
            By.WORKER,
            lambda _: AnswerReferral(f"referral-{number}", confirmed=not contested, reason=contested),
        ),
    )


def settled(day: int, number: int, outcome: ReferralOutcome, reason: str = "") -> Moments:
    return (
        Moment(
            day,
            By.CASEWORKER,
            lambda scene: RecordReferralOutcome(f"referral-{number}", outcome, scene.today, reason),
        ),
    )


def referred(
    day: int, number: int, vacancy: str, outcome: ReferralOutcome = ReferralOutcome.NOT_HIRED, reason: str = ""
) -> Moments:
    """The whole of a referral, within a week: made, delivered, confirmed by the worker, its outcome known."""
    return (
        *made(day, vacancy),
        *delivered(day + 1, number),
        *answered(day + 2, number),
        *settled(day + 5, number, outcome, reason),
    )


def enrolled(day: int, course: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: EnrolTraining(course, scene.today)),)


def attended(day: int, hours: int) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: RecordAttendance("training-1", hours)),)


def trained(begins: int, ends: int, course: str, result: TrainingResult = TrainingResult.COMPLETED) -> Moments:
    """The whole of a training: enrolled, attended in two halves, its result known the day after."""
    return (
        *enrolled(begins, course),
        *attended((begins + ends) // 2, 20),
        *attended(ends, 20),
        Moment(ends + 1, By.CASEWORKER, lambda scene: RecordTrainingResult("training-1", result, scene.today)),
    )


def needed(day: int, what: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: OpenNeed(what)),)


def helped(day: int, number: int, by: str) -> Moments:
    """A need is answered by a service, and solved."""
    return (
        Moment(day, By.CASEWORKER, lambda _: AnswerNeed(f"need-{number}", by)),
        Moment(day + 1, By.CASEWORKER, lambda _: SettleNeed(f"need-{number}", solved=True)),
    )


def met(day: int, purpose: str, *, kept: bool = True) -> Moments:
    """An appointment for the next morning, and whether the worker came."""

    def next_morning(scene: Scene) -> datetime:
        return instant(scene.days.calendar.next_working(scene.today + ONE_DAY), HALF_PAST_NINE)

    return (
        Moment(
            day, By.CASEWORKER, lambda scene: MakeAppointment(next_morning(scene), scene.case.caseworker or "", purpose)
        ),
        Moment(day + 5, By.CASEWORKER, lambda scene: KeepAppointment(scene.case.appointments[-1].id, kept=kept)),
    )


def invited(day: int, in_days: int, at: time, purpose: str) -> Moments:
    """An appointment that is still to come, so many working days from today."""
    return (
        Moment(
            day,
            By.CASEWORKER,
            lambda scene: MakeAppointment(scene.in_working_days(in_days, at), scene.case.caseworker or "", purpose),
        ),
    )


def paused(day: int, reason: str, explanation: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: Pause(reason, explanation)),)


def moving(day: int, to_station: str, reason: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: ProposeTransfer(to_station, reason)),)


def accepted(day: int, by: str) -> Moments:
    """By a caseworker of the receiving station, who has the case from then on."""
    return (Moment(day, by, lambda _: AcceptTransfer(by)),)


def assigned(day: int, to: str) -> Moments:
    return (Moment(day, By.SUPERVISOR, lambda _: Assign(to)),)


def placed(day: int, employer: str, terms: WorkTerms) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda scene: RecordPlacement(employer, scene.today, terms)),)


def visited(day: int, number: int, content: str, *, employed: bool = True) -> Moments:
    follow_up = f"follow-up-{number}"
    return (
        Moment(
            day,
            By.CASEWORKER,
            lambda scene: RecordFollowUp(follow_up, scene.today, still_employed=employed, content=content),
        ),
    )


def told_to_leave(day: int, reason: ExitReason, explanation: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: ProposeExit(reason, explanation)),)


def review_asked(day: int, reason: str) -> Moments:
    return (Moment(day, By.WORKER, lambda _: AskReview(reason)),)


def review_decided(day: int, reason: str, *, upheld: bool) -> Moments:
    return (Moment(day, By.OFFICER, lambda _: DecideReview(upheld=upheld, reason=reason)),)


def handed_over(day: int, body: str, matter: str, open_needs: str = "") -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: HandOver(body, matter, open_needs)),)


def closing(day: int) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: ProposeClosure()),)


def closed(day: int) -> Moments:
    return (Moment(day, By.SUPERVISOR, lambda _: ApproveClosure()),)


def returned(day: int, reason: str) -> Moments:
    return (Moment(day, By.SUPERVISOR, lambda _: ReturnClosure(reason)),)


def waived(day: int, paper: str, reason: str) -> Moments:
    return (Moment(day, By.SUPERVISOR, lambda _: WaivePaper(paper, reason)),)


def reopened(day: int, reason: str) -> Moments:
    return (Moment(day, By.CASEWORKER, lambda _: Reopen(reason)),)

"""The lives that cases lead in the fault test: who does what next, and what must have come first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from cases.days import day_of
from cases.facts import SourceKind
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination, RecordFact
from cases.hardship.leaving import ApproveClosure, AskReview, DecideReview, HandOver, ProposeClosure, ProposeExit
from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTalk, RecordTrainingResult
from cases.hardship.stages import ExitReason, ReferralOutcome, TrainingResult
from cases.hardship.terms import PayUnit, WorkTerms
from tests.registrations import a_registration, an_identity_number

CASEWORKER, GUIDE, SUPERVISOR = "caseworker-1", "guide-1", "supervisor-1"
OFFICER, SECOND_OFFICER = "officer-1", "officer-2"
# Cases that were opened so long ago have their follow-ups behind them, and every reminder rings at once.
AGE = timedelta(days=190)
TERMS = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=24)

Ready: TypeAlias = Callable[[HardshipCase], bool]


def determined(case: HardshipCase) -> bool:
    """Whether the rules have concluded on the facts as they stand."""
    return dict(case.determined_at_facts).get(HARDSHIP, -1) >= case.facts_seen


@dataclass(frozen=True)
class Beat:
    """One act of one person. `after`, if anything, must hold of the case in the record before the act is sent."""

    act: Act
    actor: str
    after: Ready | None = None


@dataclass(frozen=True)
class Life:
    registration: dict[str, Any]
    beats: tuple[Beat, ...]


def a_life(ordinal: int, key: str, now: datetime, *, of_talks: bool = False) -> Life:
    """The registration of the person of this number, and what happens then: one of five lives, or that of talks."""
    lead = _talked_to if of_talks else (_placed, _exited, _placed, _handed_over, _talked_to)[ordinal % 5]
    today = day_of(now)
    in_work = lead is _handed_over
    registration = a_registration(key=key, worker=a_worker(ordinal), facts=known_facts(today, in_work=in_work))
    return Life(registration, lead(today))


def a_worker(ordinal: int) -> dict[str, Any]:
    """Of an age far from any retirement."""
    return {
        "name": f"示例{ordinal}",
        "identity_number": an_identity_number(ordinal, born="19850312"),
        "phone": f"139{ordinal:08d}",
        "address": f"示例区示例街道{ordinal}号",
    }


def known_facts(today: date, *, in_work: bool) -> list[dict[str, Any]]:
    """Disabled: out of work, such a person is a hardship worker; in work, not."""
    known = {"source": "record", "established_on": (today - AGE).isoformat(), "detail": "联网核验"}
    return [{"name": name, "value": value, **known} for name, value in (("in_work", in_work), ("disabled", True))]


def _placed(today: date) -> tuple[Beat, ...]:
    began = today - AGE + timedelta(days=5)
    return (
        Beat(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER, determined),
        Beat(OpenNeed("孩子放学后无人看管"), CASEWORKER),
        Beat(RecordGuidance(today, "分析技能与岗位要求", GUIDE), GUIDE),
        Beat(AnswerNeed("need-1", "service-1"), CASEWORKER),
        *_referred(1, ReferralOutcome.NOT_HIRED, today),
        Beat(SettleNeed("need-1", solved=True), CASEWORKER),
        *_referred(2, ReferralOutcome.DECLINED_WITH_CAUSE, today),
        Beat(RecordTalk("employer-3", today, "与家政企业面谈"), CASEWORKER),
        Beat(EnrolTraining("course-1", today), CASEWORKER),
        Beat(RecordAttendance("training-1", 40), CASEWORKER),
        Beat(RecordTrainingResult("training-1", TrainingResult.COMPLETED, today), CASEWORKER),
        *_referred(3, ReferralOutcome.HIRED, today),
        Beat(RecordPlacement("employer-1", began, TERMS), CASEWORKER),
        *(
            Beat(RecordFollowUp(f"follow-up-{n}", began + timedelta(days), still_employed=True, content="在岗"), by)
            for n, days, by in ((1, 30, CASEWORKER), (2, 90, GUIDE), (3, 180, CASEWORKER))
        ),
        Beat(ProposeClosure(), CASEWORKER),
        Beat(ApproveClosure(), SUPERVISOR),
    )


def _exited(today: date) -> tuple[Beat, ...]:
    return (
        Beat(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER, determined),
        *_referred(1, ReferralOutcome.DECLINED_WITHOUT_CAUSE, today),
        Beat(RecordGuidance(today, "说明退出的后果", GUIDE), GUIDE),
        *_referred(2, ReferralOutcome.DECLINED_WITHOUT_CAUSE, today),
        Beat(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人书面申请"), CASEWORKER),
        Beat(AskReview("想继续接受帮扶"), CASEWORKER),
        Beat(DecideReview(upheld=True, reason="本人申请属实"), OFFICER),
        Beat(ApproveClosure(), SUPERVISOR),
    )


def _talked_to(today: date) -> tuple[Beat, ...]:
    """Acts that may be repeated in a case's life: nothing but a step's key tells that one of them was done already."""
    often = (
        Beat(RecordGuidance(today, "再次分析求职方向", GUIDE), GUIDE),
        Beat(OpenNeed("需要交通补贴"), CASEWORKER),
        Beat(RecordTalk("employer-2", today, "与餐饮企业面谈"), CASEWORKER),
    )
    reason = "由接收机构继续解决"
    return (
        Beat(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER, determined),
        *(often * 5),
        Beat(HandOver("示例区民政局", "社会救助", open_needs_reason=reason), CASEWORKER),
        Beat(ApproveClosure(), SUPERVISOR),
    )


def _handed_over(today: date) -> tuple[Beat, ...]:
    latest = f"{HARDSHIP}-1"
    return (
        Beat(DepartFromDetermination(latest, granted=True, reason="零散帮工，情况属实"), OFFICER, determined),
        Beat(ConfirmDeparture(latest), SECOND_OFFICER),
        Beat(RecordFact("household_size", 3, SourceKind.STATEMENT, today, "本人陈述"), CASEWORKER),
        Beat(OpenNeed("需要长期护理"), CASEWORKER),
        *_referred(1, ReferralOutcome.NOT_HIRED, today),
        Beat(SettleNeed("need-1", solved=False, reason="由接收机构继续解决"), CASEWORKER),
        Beat(HandOver("示例区残疾人联合会", "托养服务"), CASEWORKER),
        Beat(ApproveClosure(), SUPERVISOR),
    )


def _referred(number: int, outcome: ReferralOutcome, today: date) -> tuple[Beat, ...]:
    referral = f"referral-{number}"
    return (
        Beat(RecordReferral(f"vacancy-{number}", today), CASEWORKER),
        Beat(DeliverReferral(referral, today, "当面送达"), CASEWORKER),
        Beat(AnswerReferral(referral, confirmed=True), CASEWORKER),
        Beat(RecordReferralOutcome(referral, outcome, today, "本人说明情况"), CASEWORKER),
    )

"""The branches of a hardship case, each played from registration to its end by invented people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from cases.facts import SourceKind
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination, RecordFact
from cases.hardship.leaving import (
    ApproveClosure,
    AskReview,
    DecideReview,
    HandOver,
    ProposeClosure,
    ProposeExit,
    Reopen,
)
from cases.hardship.moving import AcceptTransfer, MakeAppointment, Pause, ProposeTransfer, Resume
from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTalk, RecordTrainingResult
from cases.hardship.stages import ExitReason, ReferralOutcome, TrainingResult
from cases.hardship.terms import PayUnit, WorkTerms
from cases.hardship.waking import AskAnew
from cases.wording import Wording
from cli.people import a_person
from cli.stagehand import Play, Stagehand

CASEWORKER, OTHER_CASEWORKER, GUIDE = "caseworker-1", "caseworker-2", "guide-1"
OFFICER, SECOND_OFFICER, SUPERVISOR = "officer-1", "officer-2", "supervisor-1"
FULL_TIME: Final = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=24)
BY_THE_HOUR: Final = WorkTerms("后厨帮工", "示例美食街", 240, 2_500, PayUnit.HOUR, days_per_week=6)
LONG_WAIT, DAYS_MISSING = 90, 3  # days; the first is the example district's
POST: Final = WorkTerms("公共区域保洁", "示例街道", 480, 233_000, PayUnit.MONTH, term_months=12)


async def declined(play: Stagehand) -> None:
    """Already in work: the rules refuse, an officer adopts it, a supervisor closes the case."""
    await play.register(a_person(in_work=True, disabled=False), CASEWORKER)
    await play.does(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER)
    await play.does(ApproveClosure(), SUPERVISOR)


async def needs_information(play: Stagehand) -> None:
    """Too little is known; a fact arrives and settles it; an officer departs all the same, with a second person."""
    await play.register(a_person(in_work=False), CASEWORKER)
    await play.does(fact(play, "disabled", value=False), CASEWORKER)
    await play.does(fact(play, "waiting_since", value=(play.today - timedelta(days=20)).isoformat()), CASEWORKER)
    await play.does(fact(play, "household_size", value=3), CASEWORKER)
    await play.does(fact(play, "household_income", value=360_000), CASEWORKER)
    latest = play.case.determinations[-1].id
    await play.does(DepartFromDetermination(latest, granted=True, reason="收入刚超标准，家中有病人"), OFFICER)
    await play.does(ConfirmDeparture(latest), SECOND_OFFICER)
    await play.does(HandOver("示例区民政局", "社会救助申请"), CASEWORKER)
    await play.does(ApproveClosure(), SUPERVISOR)


async def woken(play: Stagehand) -> None:
    """Three days of waiting are missing: on the day the case is woken, and the worker, asked then, applies anew."""
    since = (play.today - timedelta(days=LONG_WAIT - DAYS_MISSING)).isoformat()
    facts = {"in_work": False, "disabled": False, "household_size": 3, "household_income": 900_000}
    await play.register(a_person(waiting_since=since, **facts), CASEWORKER)
    await play.skip(DAYS_MISSING)
    await play.does(AskAnew(f"{HARDSHIP}-1", applies=True, said="电话询问，本人愿意"), CASEWORKER)
    await play.does(AdoptDetermination(f"{HARDSHIP}-2"), OFFICER)
    await play.does(HandOver("示例区残疾人联合会", "就业援助"), CASEWORKER)
    await play.does(ApproveClosure(), SUPERVISOR)


async def placed(play: Stagehand) -> None:
    """Everything the plan owes is given, work is found, and three follow-ups find it kept."""
    await recognised(play)
    await play.does(OpenNeed("孩子放学后无人看管"), CASEWORKER)
    await guided(play)
    await play.does(AnswerNeed("need-1", "service-1"), CASEWORKER)
    await play.does(SettleNeed("need-1", solved=True), CASEWORKER)
    await referred(play, 1, ReferralOutcome.NOT_HIRED)
    await referred(play, 2, ReferralOutcome.DECLINED_WITH_CAUSE)
    await trained(play)
    await referred(play, 3, ReferralOutcome.HIRED)
    await play.does(RecordPlacement("employer-1", play.today, FULL_TIME), CASEWORKER)
    await kept(play, first=1)
    await closed(play)


async def job_lost(play: Stagehand) -> None:
    """The first follow-up finds the job lost; help begins again, and another job lasts."""
    await recognised(play)
    await guided(play)
    await play.does(RecordPlacement("employer-2", play.today, BY_THE_HOUR), CASEWORKER)
    await play.skip(30)
    lost = RecordFollowUp("follow-up-1", play.today, still_employed=False, content="店铺停业")
    await play.does(lost, CASEWORKER)
    await referred(play, 1, ReferralOutcome.HIRED)
    await play.does(RecordPlacement("employer-1", play.today, FULL_TIME), CASEWORKER)
    await kept(play, first=4)
    await closed(play)


async def reopened(play: Stagehand) -> None:
    """Declined while in work; out of work, the person comes back, is recognised and placed."""
    await declined(play)
    await play.does(Reopen("原单位停产，已离职"), CASEWORKER)
    await play.does(fact(play, "in_work", value=False), CASEWORKER)
    await play.does(fact(play, "disabled", value=True), CASEWORKER)
    latest = play.case.current(HARDSHIP)
    await play.does(AdoptDetermination(latest.id if latest else ""), OFFICER)
    await play.does(RecordPlacement("employer-2", play.today, BY_THE_HOUR), CASEWORKER)
    await kept(play, first=1)
    await closed(play)


async def public_post(play: Stagehand) -> None:
    """All is given and the market still fails: a public-welfare post for a person with employment difficulty."""
    await recognised(play)
    await play.does(AdoptDetermination(f"{DIFFICULTY}-1"), OFFICER)
    await guided(play)
    await play.does(RecordTalk("employer-3", play.today, "与家政企业面谈"), CASEWORKER)
    for number in (1, 2, 3):
        await referred(play, number, ReferralOutcome.NOT_HIRED)
    await trained(play)
    await play.skip_past("term")
    await play.does(AdoptDetermination(f"{PUBLIC_POST}-1"), OFFICER)
    await play.does(RecordPlacement("employer-3", play.today, POST), CASEWORKER)
    await kept(play, first=1)
    await closed(play)


async def exit_with_review(play: Stagehand) -> None:
    """An exit is not upheld on review and the case goes on; the person later asks to leave, and the days run out."""
    await recognised(play)
    for number in (1, 2, 3):
        await referred(play, number, ReferralOutcome.DECLINED_WITHOUT_CAUSE)
    await play.does(ProposeExit(ExitReason.REFUSED_SERVICE, "拒绝岗位推荐"), CASEWORKER)
    await play.does(AskReview("当日住院，有证明"), CASEWORKER)
    await play.does(DecideReview(upheld=False, reason="有正当理由"), OFFICER)
    await play.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人书面申请"), CASEWORKER)
    await play.skip_past("exit-review")
    await play.does(ApproveClosure(), SUPERVISOR)


async def paused(play: Stagehand) -> None:
    """Three weeks in hospital stop every clock, and none of them is lost."""
    await recognised(play)
    await guided(play)
    await play.does(Pause("ill", "住院"), CASEWORKER)
    await play.skip(21)
    await play.does(Resume("已出院"), CASEWORKER)
    await play.does(RecordPlacement("employer-2", play.today, BY_THE_HOUR), CASEWORKER)
    await kept(play, first=1)
    await closed(play)


async def transferred(play: Stagehand) -> None:
    """The worker moves: the other station takes the case, its clocks and its appointment over."""
    await recognised(play)
    appointment = MakeAppointment(play.now + timedelta(days=2), CASEWORKER, "面谈")
    await play.does(appointment, CASEWORKER)
    await play.does(ProposeTransfer("station-2", "本人搬家"), CASEWORKER)
    await play.does(AcceptTransfer(OTHER_CASEWORKER), OTHER_CASEWORKER)
    await guided(play)
    await play.does(RecordPlacement("employer-2", play.today, BY_THE_HOUR), OTHER_CASEWORKER)
    await kept(play, first=1, by=OTHER_CASEWORKER)
    await closed(play, by=OTHER_CASEWORKER)


async def handed_over(play: Stagehand) -> None:
    """Another body takes the matter on, with a need still open and the reason written down."""
    await recognised(play)
    await play.does(AdoptDetermination(f"{DIFFICULTY}-1"), OFFICER)
    await play.does(OpenNeed("需要长期护理"), CASEWORKER)
    await play.does(HandOver("示例区残疾人联合会", "托养服务", open_needs_reason="由接收机构继续解决"), CASEWORKER)
    await play.does(ApproveClosure(), SUPERVISOR)


PLAYS: Final[Mapping[str, tuple[Wording, Play]]] = {
    "declined": (Wording("不予认定", "Declined"), declined),
    "needs-information": (
        Wording("补充事实、偏离认定、移送", "More facts, a departure, a hand-over"),
        needs_information,
    ),
    "woken": (Wording("到日重新申请", "Woken on the day, and applied for anew"), woken),
    "placed": (Wording("帮扶后就业安置", "Helped and placed"), placed),
    "job-lost": (Wording("失去工作后再帮扶", "Job lost, help again"), job_lost),
    "reopened": (Wording("办结后重启", "Reopened after closure"), reopened),
    "public-post": (Wording("公益性岗位安置", "Public-welfare post"), public_post),
    "exit": (Wording("退出、复核", "Exit and review"), exit_with_review),
    "paused": (Wording("暂停与恢复", "Paused and resumed"), paused),
    "transferred": (Wording("移交其他驿站", "Transferred to another station"), transferred),
    "handed-over": (Wording("移送其他机构", "Handed over to another body"), handed_over),
}


def fact(play: Stagehand, name: str, *, value: object) -> RecordFact:
    return RecordFact(name, value, SourceKind.STATEMENT, play.today, "本人陈述")


async def recognised(play: Stagehand) -> None:
    await play.register(a_person(in_work=False, disabled=True), CASEWORKER)
    await play.does(AdoptDetermination(f"{HARDSHIP}-1"), OFFICER)


async def guided(play: Stagehand) -> None:
    await play.does(RecordGuidance(play.today, "分析技能与岗位要求", GUIDE), GUIDE)


async def referred(play: Stagehand, number: int, outcome: ReferralOutcome) -> None:
    referral = f"referral-{number}"
    await play.does(RecordReferral(f"vacancy-{number}", play.today), CASEWORKER)
    await play.does(DeliverReferral(referral, play.today, "当面送达"), CASEWORKER)
    await play.does(AnswerReferral(referral, confirmed=True), CASEWORKER)
    await play.does(RecordReferralOutcome(referral, outcome, play.today, "本人说明情况"), CASEWORKER)


async def trained(play: Stagehand) -> None:
    await play.does(EnrolTraining("course-1", play.today), CASEWORKER)
    await play.skip(7)
    await play.does(RecordAttendance("training-1", 40), CASEWORKER)
    await play.does(RecordTrainingResult("training-1", TrainingResult.COMPLETED, play.today), CASEWORKER)


async def kept(play: Stagehand, *, first: int, by: str = CASEWORKER) -> None:
    """The three follow-ups of a placement, each on its day."""
    for number, days in enumerate((30, 60, 90), start=first):
        await play.skip(days)
        await play.does(RecordFollowUp(f"follow-up-{number}", play.today, still_employed=True, content="在岗"), by)


async def closed(play: Stagehand, *, by: str = CASEWORKER) -> None:
    await play.does(ProposeClosure(), by)
    await play.does(ApproveClosure(), SUPERVISOR)

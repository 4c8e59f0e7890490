"""Who is told of a step of a subsidy case (通知). Nothing about a person is in it."""

from collections.abc import Iterator, Mapping
from typing import Final

from cases.clock_alarms import REMINDED_FROM, alarm_wording
from cases.clocks_due import APPEALS
from cases.days import shown_instant
from cases.determinations import Conclusion
from cases.notices import Notice
from cases.parts import find
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.appealing import AskReview, DecideReview, Reopen, SettleAppeal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.clock_names import clock_name
from cases.subsidy.determining import DepartFromDetermination, DeterminationMade, RejectDeparture
from cases.subsidy.engine import Assign, KeepPaper, PutOff, RingAlarm
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.subsidy.noticing import RaiseObjection
from cases.subsidy.paying import CheckMeanwhile, SettlePayment
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import RecordStopEvent
from cases.subsidy.stages import Applicant, Stage
from cases.subsidy.striking import StrikeStopEvent
from cases.wording import Wording


def notices(act: Act, before: SubsidyCase, after: SubsidyCase) -> Iterator[Notice]:
    yield from _of_act(act, after)
    if after.stage is not before.stage and after.stage in ENTERED:
        role, wording = ENTERED[after.stage]
        yield Notice(role, after.station_id, wording)


def _of_act(act: Act, case: SubsidyCase) -> Iterator[Notice]:
    match act:
        case RingAlarm(clock=clock) if clock.startswith(APPEALS):
            pass  # nobody here has anything to do when the time to appeal is over
        case RingAlarm(clock=clock, percent=percent):
            due = next((c.due_at for c in (find(case.clocks, clock),) if c), None)
            wording = alarm_wording(clock_name(clock), percent, shown_instant(due) if due else "")
            yield from (Notice(role, case.station_id, wording) for least, role in REMINDED_FROM if percent >= least)
        case DeterminationMade(conclusion=conclusion) if case.standing and case.standing.granted is None:
            asked = Role.CASEWORKER if conclusion is Conclusion.NEEDS_INFORMATION else Role.OFFICER
            label = conclusion.label
            wording = Wording(f"补贴审核结论：{label.zh}", f"A subsidy was determined: {label.en}")
            yield Notice(asked, case.station_id, wording)
        case PutOff(what=what, cause=cause):
            wording = Wording(
                f"“{what}”暂时无法办成（{cause}），系统继续重试，请查明原因",
                f"{what} could not be done ({cause}): it is tried again, and somebody should look into it",
            )
            yield from (Notice(role, case.station_id, wording) for role in (Role.CASEWORKER, Role.SUPERVISOR))
        case SettlePayment(paid=False):
            yield Notice(Role.OFFICER, case.station_id, Wording("有一笔拨付被银行退回", "The bank returned a payment"))
        case KeepPaper():
            if case.applicant is Applicant.WORKER:
                yield Notice(Role.WORKER, case.station_id, Wording("有一份文书可以领取", "A paper is ready for you"))
        case _:
            yield from (Notice(role, case.station_id, wording) for role, wording in TOLD.get(type(act), ()))


# What waits for somebody once a case comes to a stage.
ENTERED: Final[Mapping[Stage, tuple[Role, Wording]]] = {
    Stage.NOTICE: (Role.OFFICER, Wording("有一项补贴待公示", "A subsidy waits for its public notice")),
    Stage.PAYMENT: (Role.OFFICER, Wording("有一项补贴待拨付", "A subsidy waits for payment")),
    Stage.RECOVERY: (
        Role.OFFICER,
        Wording("有一项补贴多发，待追回", "A subsidy was paid too much: it is to be recovered"),
    ),
    Stage.REFUSAL: (
        Role.CASEWORKER,
        Wording("有一项补贴不予发放，请告知申请人", "A subsidy was refused: tell the applicant"),
    ),
    Stage.CLOSED: (Role.CASEWORKER, Wording("有一件补贴个案已办结", "A subsidy case is closed")),
}
# What waits for somebody once the act is done, whatever it says.
TOLD: Final[Mapping[type[Act], tuple[tuple[Role, Wording], ...]]] = {
    DepartFromDetermination: (
        (Role.OFFICER, Wording("有一项偏离决定待第二人复核", "A departure waits for a second person")),
    ),
    RejectDeparture: ((Role.OFFICER, Wording("偏离决定未获同意，补贴待决定", "A departure was rejected")),),
    AskPerson: ((Role.OFFICER, Wording("有申请人要求人工复核", "An applicant asks for a person")),),
    AnswerPerson: ((Role.CASEWORKER, Wording("人工复核已有答复", "An officer has answered as a person")),),
    RaiseObjection: ((Role.OFFICER, Wording("有一项公示异议待处理", "An objection to a public notice waits")),),
    ReturnPayment: tuple(
        (
            role,
            Wording("有一笔已到账的拨付被银行退回，须重新拨付", "What the bank had paid came back, and is due again"),
        )
        for role in (Role.OFFICER, Role.CASEWORKER)
    ),
    CheckMeanwhile: (
        (
            Role.OFFICER,
            Wording("同一人另有拨付，已重新核查，请再开单", "Another case paid meanwhile: it is checked again"),
        ),
    ),
    StrikeStopEvent: ((Role.OFFICER, Wording("撤销了一项停发情形", "A stop event was struck out")),),
    RecordStopEvent: ((Role.OFFICER, Wording("登记了一项停发情形", "An event that stops a subsidy was recorded")),),
    AskReview: ((Role.OFFICER, Wording("有一项补贴复核待决定", "A review of a subsidy waits for a decision")),),
    DecideReview: ((Role.CASEWORKER, Wording("补贴复核已有决定", "A review of a subsidy is decided")),),
    SettleAppeal: ((Role.CASEWORKER, Wording("补贴复议或诉讼已有结果", "An appeal about a subsidy has its result")),),
    Assign: ((Role.CASEWORKER, Wording("有个案分派给您", "A case is assigned to you")),),
    Reopen: ((Role.CASEWORKER, Wording("有补贴个案重启", "A subsidy case was reopened")),),
}

"""Who is told of a step (通知): reminders of clocks, and what waits for somebody. Nothing about a person is in it."""

from collections.abc import Iterator, Mapping
from typing import Final

from cases.case_parts import DeterminationState
from cases.clock_alarms import REMINDED_FROM, alarm_wording
from cases.days import shown_instant
from cases.determinations import Conclusion
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.clock_names import clock_name
from cases.hardship.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    DeterminationMade,
    RejectDeparture,
)
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.leaving import AskReview, DecideReview, Reopen, ReturnClosure
from cases.hardship.moving import AcceptTransfer, Assign, DeclineTransfer, ProposeTransfer
from cases.hardship.next_step import CALLED, turned
from cases.hardship.papering import PutOff
from cases.hardship.stages import Stage
from cases.hardship.turns import askable
from cases.hardship.waking import TurnDay
from cases.notices import Notice
from cases.parts import find
from cases.roles import Role
from cases.wording import Wording


def notices(act: Act, before: HardshipCase, after: HardshipCase) -> Iterator[Notice]:
    yield from _of_act(act, after)
    if after.stage is Stage.CLOSING and before.stage is not Stage.CLOSING:
        yield Notice(Role.SUPERVISOR, after.station_id, Wording("有个案待批准办结", "A closure waits for approval"))


def _of_act(act: Act, case: HardshipCase) -> Iterator[Notice]:
    match act:
        case RingAlarm(clock=clock, percent=percent):
            due = next((c.due_at for c in (find(case.clocks, clock),) if c), None)
            called = clock_name(clock)
            wording = alarm_wording(called, percent, shown_instant(due) if due else "")
            yield from (Notice(role, case.station_id, wording) for least, role in REMINDED_FROM if percent >= least)
        case DeterminationMade(policy=policy, conclusion=conclusion):
            asked = Role.CASEWORKER if conclusion is Conclusion.NEEDS_INFORMATION else Role.OFFICER
            yield Notice(asked, case.station_id, _concluded(policy, conclusion))
        case TurnDay(determination=id_):
            found = find(case.determinations, id_)
            if found:
                yield Notice(Role.CASEWORKER, case.station_id, _turned(found, case))
        case ProposeTransfer(to_station=station):
            yield Notice(
                Role.SUPERVISOR, station, Wording("有个案待接收", "A case waits to be accepted from another station")
            )
        case PutOff(what=what, cause=cause):
            wording = Wording(
                f"“{what}”暂时无法办成（{cause}），系统继续重试，请查明原因",
                f"{what} could not be done ({cause}): it is tried again, and somebody should look into it",
            )
            yield from (Notice(role, case.station_id, wording) for role in (Role.CASEWORKER, Role.SUPERVISOR))
        case _:
            yield from (Notice(role, case.station_id, wording) for role, wording in TOLD.get(type(act), ()))


def _concluded(policy: str, conclusion: Conclusion) -> Wording:
    called = CALLED.get(policy, Wording(f"认定“{policy}”", f"determination {policy}"))
    if conclusion.adoptable:
        return Wording(f"{called.zh}待决定", f"The determination “{called.en}” waits for a decision")
    label = conclusion.label
    return Wording(f"{called.zh}：{label.zh}", f"The determination “{called.en}”: {label.en}")


def _turned(found: DeterminationState, case: HardshipCase) -> Wording:
    if find(askable(case), found.id):
        return turned(found)
    called, to = CALLED[found.policy], found.turns_to
    label = to.label if to else Wording("", "")
    if found.turns_by_itself and found.granted is None:
        return Wording(
            f"{called.zh}自{found.turns_on}起的结论会不同，正在重新认定",
            f"“{called.en}” comes out otherwise from {found.turns_on} on: it is being determined anew",
        )
    return Wording(
        f"{found.turns_on}起申请的，{called.zh}的结论会是“{label.zh}”；已作出的不受影响",
        f"Applied for from {found.turns_on} on, “{called.en}” would come out “{label.en}”; what stands is untouched",
    )


GOES_BACK = (Role.CASEWORKER, Wording("有个案退回，继续办理", "A case comes back to you: go on with it"))
COMES_TO = (Role.CASEWORKER, Wording("有个案分派给您", "A case is assigned to you"))
DECIDED = (Role.CASEWORKER, Wording("审批人已作出认定决定", "An officer decided on a determination"))
# What waits for somebody once the act is done, whatever it says.
TOLD: Final[Mapping[type[Act], tuple[tuple[Role, Wording], ...]]] = {
    AdoptDetermination: (DECIDED,),
    ConfirmDeparture: (DECIDED,),
    DepartFromDetermination: (
        (Role.OFFICER, Wording("有一项偏离决定待第二人复核", "A departure waits for a second person")),
    ),
    RejectDeparture: ((Role.OFFICER, Wording("偏离决定未获同意，认定待决定", "A departure was rejected")),),
    Assign: (COMES_TO,),
    AcceptTransfer: (COMES_TO,),
    DeclineTransfer: ((Role.CASEWORKER, Wording("移交未被接收", "A transfer was declined")),),
    AskReview: ((Role.OFFICER, Wording("有一项退出复核待决定", "A review of an exit waits for a decision")),),
    DecideReview: ((Role.CASEWORKER, Wording("退出复核已有决定", "A review of an exit is decided")),),
    ReturnClosure: (GOES_BACK,),
    Reopen: (GOES_BACK,),
    KeepPaper: ((Role.WORKER, Wording("有一份文书可以领取", "A paper is ready for you")),),
}

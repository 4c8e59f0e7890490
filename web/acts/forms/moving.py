"""The forms of who has a case: assignment, transfer, appointments, pauses."""

from typing import Final

from cases.hardship.moving import (
    AcceptTransfer,
    Assign,
    DeclineTransfer,
    KeepAppointment,
    MakeAppointment,
    Pause,
    ProposeTransfer,
    Resume,
)
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, Moment, Text, YesNo

FORMS: Final = (
    ActForm(
        Assign.KIND,
        Group.MOVING,
        Wording("分派个案", "Assign the case"),
        Wording("个案已分派", "The case is assigned"),
        one_section(Field("to", Wording("分派给谁", "To whom"), Asked(Ask.CASEWORKER))),
        about="to",
        at={"theirs-already": "to", "not-a-caseworker": "to"},
    ),
    ActForm(
        ProposeTransfer.KIND,
        Group.MOVING,
        Wording("提出移交", "Propose the transfer"),
        Wording("移交已提出", "The transfer is proposed"),
        one_section(
            Field(
                "to_station",
                Wording("移交到哪个驿站", "To which station"),
                Asked(Ask.STATION),
                Wording("对方接收以前，个案仍在本站办理。", "The case stays here until that station accepts it."),
            ),
            Field("reason", Wording("移交的理由", "Why"), LONG),
        ),
        about="to_station",
        at={"same-station": "to_station", "unknown": "to_station"},
    ),
    ActForm(
        AcceptTransfer.KIND,
        Group.MOVING,
        Wording("接收个案", "Accept the case"),
        Wording("个案已接收", "The case is accepted"),
        one_section(
            Field("caseworker", Wording("由谁经办", "Who will have it"), Asked(Ask.RECEIVING_CASEWORKER)),
        ),
        at={"not-a-caseworker": "caseworker"},
    ),
    ActForm(
        DeclineTransfer.KIND,
        Group.MOVING,
        Wording("不接收个案", "Decline the case"),
        Wording("已答复不接收", "The transfer is declined"),
        one_section(Field("reason", Wording("不接收的理由", "Why not"), LONG)),
    ),
    ActForm(
        MakeAppointment.KIND,
        Group.MOVING,
        Wording("保存预约", "Save the appointment"),
        Wording("预约已保存", "The appointment is saved"),
        one_section(
            Field("at", Wording("什么时候", "When"), Moment()),
            Field("with_staff", Wording("与谁见面", "With whom"), Asked(Ask.STAFF)),
            Field("purpose", Wording("事由", "What for"), Text()),
        ),
        at={"past": "at", "no-zone": "at", "not-staff": "with_staff"},
    ),
    ActForm(
        KeepAppointment.KIND,
        Group.MOVING,
        Wording("保存履约情况", "Save whether it was kept"),
        Wording("履约情况已保存", "Whether it was kept is saved"),
        one_section(
            Field("appointment", Wording("哪一次预约", "Which appointment"), Asked(Ask.APPOINTMENT)),
            Field(
                "kept",
                Wording("本人来了没有", "Did the worker come"),
                YesNo(Wording("来了", "Came"), Wording("没有来", "Did not come")),
            ),
        ),
        about="appointment",
        at={"not-yet": "kept"},
    ),
    ActForm(
        Pause.KIND,
        Group.PAUSES,
        Wording("暂停个案", "Pause the case"),
        Wording("个案已暂停，时限停表", "The case is paused, and its clocks with it"),
        one_section(
            Field(
                "reason",
                Wording("暂停情形", "Reason"),
                Asked(Ask.PAUSE_REASON),
                Wording("只能选本地政策列出的情形。", "Only what the policy of this place lists."),
            ),
            Field("explanation", Wording("说明", "Explanation"), LONG, required=False),
        ),
        at={"not-listed": "reason"},
    ),
    ActForm(
        Resume.KIND,
        Group.PAUSES,
        Wording("恢复个案", "Resume the case"),
        Wording("个案已恢复，时限继续计算", "The case is resumed, and its clocks go on"),
        one_section(Field("reason", Wording("为什么恢复", "Why it is resumed"), LONG)),
    ),
)

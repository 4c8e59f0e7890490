"""The forms of help that is given: guidance, briefings, more on top, talks, training."""

from typing import Final

from cases.hardship.serving import (
    EnrolTraining,
    RecordAttendance,
    RecordGuidance,
    RecordPolicyBriefing,
    RecordService,
    RecordTalk,
    RecordTrainingResult,
)
from cases.hardship.stages import TrainingResult
from cases.plans import ServiceKind
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, Day, Radios, Whole
from web.acts.words import TRAINING_RESULTS

HELD_ON: Final = Field("held_on", Wording("哪一天", "On which day"), Day())
_ON_A_DAY: Final = {"future": "held_on", "before-application": "held_on"}
_TRAINING: Final = Field("training", Wording("哪一次培训", "Which training"), Asked(Ask.TRAINING))


def _content(zh: str, en: str) -> Field:
    hint = Wording(
        "写清做了什么、结论是什么。不要写身份证号和手机号。",
        "What was done, and what came of it. No identity or phone numbers.",
    )
    return Field("content", Wording(zh, en), LONG, hint)


FORMS: Final = (
    ActForm(
        RecordGuidance.KIND,
        Group.HELP,
        Wording("保存职业指导", "Save the guidance"),
        Wording("职业指导已保存", "The guidance is saved"),
        one_section(
            HELD_ON,
            Field(
                "guide",
                Wording("谁指导的", "Who gave it"),
                Asked(Ask.GUIDE),
                Wording("当天在本站任职业指导员的人。", "A guide of this station on that day."),
            ),
            _content("指导内容", "What it was about"),
        ),
        at={**_ON_A_DAY, "not-a-guide": "guide"},
        plan=ServiceKind.GUIDANCE,
    ),
    ActForm(
        RecordPolicyBriefing.KIND,
        Group.HELP,
        Wording("保存政策宣讲", "Save the briefing"),
        Wording("政策宣讲已保存", "The briefing is saved"),
        one_section(HELD_ON, _content("讲了哪些政策", "Which policies were explained")),
        at=_ON_A_DAY,
        plan=ServiceKind.POLICY_BRIEFING,
    ),
    ActForm(
        RecordService.KIND,
        Group.HELP,
        Wording("保存这次服务", "Save the service"),
        Wording("服务已保存", "The service is saved"),
        one_section(HELD_ON, _content("服务内容", "What was done")),
        at=_ON_A_DAY,
        plan=ServiceKind.OTHER,
    ),
    ActForm(
        RecordTalk.KIND,
        Group.HELP,
        Wording("保存洽谈", "Save the talk"),
        Wording("点对点洽谈已保存", "The talk is saved"),
        one_section(
            Field(
                "employer",
                Wording("用工主体", "Employer"),
                Asked(Ask.EMPLOYER),
                Wording("只能与当天已核实的用工主体洽谈。", "Talks are held with employers verified on that day only."),
            ),
            HELD_ON,
            _content("洽谈内容", "What was talked about"),
        ),
        about="employer",
        at={**_ON_A_DAY, "unknown": "employer", "employer-not-verified": "employer"},
    ),
    ActForm(
        EnrolTraining.KIND,
        Group.HELP,
        Wording("保存报名", "Save the enrolment"),
        Wording("培训报名已保存", "The enrolment is saved"),
        one_section(
            Field("course", Wording("培训课程", "Course"), Asked(Ask.COURSE)),
            Field("enrolled_on", Wording("报名日期", "Day of enrolment"), Day()),
        ),
        about="course",
        at={
            "future": "enrolled_on",
            "before-application": "enrolled_on",
            "already-enrolled": "course",
            "unknown": "course",
        },
        plan=ServiceKind.TRAINING,
    ),
    ActForm(
        RecordAttendance.KIND,
        Group.HELP,
        Wording("保存出勤", "Save the attendance"),
        Wording("培训出勤已保存", "The attendance is saved"),
        one_section(
            _TRAINING,
            Field(
                "hours",
                Wording("又上了多少课时", "Class hours attended since"),
                Whole(Wording("课时", "hours")),
                Wording("只填上次登记以后新增的课时。", "Only those since attendance was last recorded."),
            ),
        ),
        about="training",
        at={"no-hours": "hours", "too-many-hours": "hours"},
        plan=ServiceKind.TRAINING,
    ),
    ActForm(
        RecordTrainingResult.KIND,
        Group.HELP,
        Wording("保存培训结果", "Save the result"),
        Wording("培训结果已保存", "The training's result is saved"),
        one_section(
            _TRAINING,
            Field("result", Wording("结果", "Result"), Radios(TrainingResult, TRAINING_RESULTS)),
            Field("known_on", Wording("哪一天知道结果", "Known since"), Day()),
        ),
        about="training",
        at={"future": "known_on", "before-enrolment": "known_on", "too-little-attended": "result"},
        plan=ServiceKind.TRAINING,
    ),
)

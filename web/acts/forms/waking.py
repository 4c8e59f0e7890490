"""The form of the day on which a determination turns: whether the worker, asked then, applies anew."""

from typing import Final

from cases.hardship.waking import AskAnew
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, YesNo

FORMS: Final = (
    ActForm(
        AskAnew.KIND,
        Group.DECIDING,
        Wording("保存本人的答复", "Save the worker’s answer"),
        Wording("本人的答复已保存", "The worker’s answer is saved"),
        one_section(
            Field("determination", Wording("哪一项认定", "Which determination"), Asked(Ask.DETERMINATION)),
            Field(
                "applies",
                Wording("本人是否重新申请", "Does the worker apply anew"),
                YesNo(
                    Wording("重新申请，按今天认定", "Yes: it is determined as of today"),
                    Wording("暂不申请", "Not now"),
                ),
            ),
            Field(
                "said",
                Wording("本人怎样答复的", "What the worker said"),
                LONG,
                Wording("写明何时、用什么方式问到本人。", "When and how the worker was asked."),
            ),
        ),
        about="determination",
        at={"other-case": "applies"},
    ),
)

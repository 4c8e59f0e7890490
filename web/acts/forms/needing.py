"""The forms of a worker's needs and problems."""

from typing import Final

from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, YesNo

_NEED: Final = Field("need", Wording("哪一项需求", "Which need"), Asked(Ask.NEED))

FORMS: Final = (
    ActForm(
        OpenNeed.KIND,
        Group.HELP,
        Wording("保存这项需求", "Save the need"),
        Wording("需求已保存", "The need is saved"),
        one_section(
            Field(
                "what",
                Wording("需要什么，或有什么困难", "What is needed, or what stands in the way"),
                LONG,
                Wording(
                    "例如：孩子无人看管、需要夜班交通。", "Such as: nobody to look after a child, no bus at night."
                ),
            )
        ),
    ),
    ActForm(
        AnswerNeed.KIND,
        Group.HELP,
        Wording("保存对需求的回应", "Save the answer to the need"),
        Wording("对需求的回应已保存", "The answer to the need is saved"),
        one_section(_NEED, Field("by", Wording("由哪项服务回应", "Which help answers it"), Asked(Ask.HELP))),
        about="need",
        at={"unknown": "by"},
    ),
    ActForm(
        SettleNeed.KIND,
        Group.HELP,
        Wording("办结这项需求", "Settle the need"),
        Wording("需求已办结", "The need is settled"),
        one_section(
            _NEED,
            Field(
                "solved",
                Wording("结果", "How it ended"),
                YesNo(Wording("已解决", "Solved"), Wording("没有解决，不再继续", "Given up, not solved")),
            ),
            Field(
                "reason",
                Wording("说明", "Note"),
                LONG,
                Wording("没有解决的，写明原因。", "Where it was not solved, say why."),
                required=False,
                needed_when=("solved", frozenset({"no"})),
            ),
        ),
        about="need",
    ),
)

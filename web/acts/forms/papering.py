"""The form of giving up a paper that cannot be made."""

from typing import Final

from cases.hardship.papering import WaivePaper
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked

FORMS: Final = (
    ActForm(
        WaivePaper.KIND,
        Group.PAPERS,
        Wording("不再出具这份文书", "Waive the paper"),
        Wording("这份文书不再出具", "The paper is waived"),
        one_section(
            Field("paper", Wording("哪一份文书", "Which paper"), Asked(Ask.PAPER)),
            Field(
                "reason",
                Wording("理由", "Reason"),
                LONG,
                Wording("并写明改用什么方式告知本人。", "And how the worker is told instead."),
            ),
        ),
        about="paper",
        leaves=True,
    ),
)

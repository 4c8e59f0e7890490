"""The forms of reviews and appeals, and of what they come to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, Reopen, SettleAppeal
from cases.subsidy.stages import Instance
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, Day, Radios, Text, YesNo

_INSTANCES: Final[Mapping[StrEnum, Wording]] = {
    Instance.RECONSIDERATION: Wording("行政复议", "Administrative reconsideration"),
    Instance.COURT: Wording("行政诉讼", "Administrative suit"),
}
_REVIEW: Final = Field("review", Wording("哪一项", "Which one"), Asked(Ask.REVIEW))
_REVERSED: Final = Field(
    "reversed_",
    Wording("原决定", "The decision"),
    YesNo(Wording("不成立，重新审核", "Found wrong: determined anew"), Wording("成立，维持", "Found right: it stands")),
)


def _reason(zh: str, en: str) -> Field:
    return Field("reason", Wording(zh, en), LONG)


FORMS: Final = (
    ActForm(
        AskReview.KIND,
        Group.APPEALS,
        Wording("登记复核申请", "Record the request"),
        Wording("复核申请已登记", "A review is asked for"),
        one_section(_reason("申请人的理由", "What the applicant says")),
    ),
    ActForm(
        DecideReview.KIND,
        Group.APPEALS,
        Wording("签署：复核决定", "Sign: decide the review"),
        Wording("复核已决定", "The review is decided"),
        one_section(_REVIEW, _REVERSED, _reason("理由", "Reason")),
        about="review",
        leaves=True,
    ),
    ActForm(
        RecordAppeal.KIND,
        Group.APPEALS,
        Wording("登记复议或诉讼", "Record the appeal"),
        Wording("复议或诉讼已登记", "The appeal is recorded"),
        one_section(
            Field("instance", Wording("向谁提出", "Which way it goes"), Radios(Instance, _INSTANCES)),
            Field("asked_on", Wording("哪一天提出", "Asked for on"), Day()),
            Field("body", Wording("受理机关", "Which body takes it"), Text()),
        ),
        at={"not-outside": "instance", "asked": "instance"},
    ),
    ActForm(
        SettleAppeal.KIND,
        Group.APPEALS,
        Wording("登记结果", "Record the result"),
        Wording("复议或诉讼结果已登记", "What the appeal came to is recorded"),
        one_section(
            _REVIEW,
            _REVERSED,
            Field("decided_on", Wording("哪一天决定", "Decided on"), Day()),
            _reason("文书编号和理由", "Number of the paper, and its reasons"),
        ),
        about="review",
        leaves=True,
    ),
    ActForm(
        Reopen.KIND,
        Group.CLOSING,
        Wording("重启个案", "Reopen the case"),
        Wording("个案已重启", "The case is reopened"),
        one_section(_reason("重启的理由", "Why it is reopened")),
    ),
)

"""The forms of reviews and appeals, and of what they come to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, Reopen, SettleAppeal
from cases.subsidy.delivering import RecordDelivery
from cases.subsidy.stages import DeliveryWay, Instance
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


_WAYS: Final[Mapping[StrEnum, Wording]] = {way: way.label for way in DeliveryWay}

FORMS: Final = (
    ActForm(
        RecordDelivery.KIND,
        Group.APPEALS,
        Wording("登记送达", "Record the delivery"),
        Wording("送达已登记，期限从这一天起算", "The delivery is recorded, and its days are counted"),
        one_section(
            Field("paper", Wording("哪一份文书", "Which paper"), Asked(Ask.PAPER)),
            Field("way", Wording("怎样送达", "How it was delivered"), Radios(DeliveryWay, _WAYS)),
            Field(
                "on",
                Wording("哪一天", "On which day"),
                Day(),
                Wording(
                    "签收或收到的日期；公告送达的，写发布日期。",
                    "The day of receipt; of a public notice the day on which it was published.",
                ),
            ),
        ),
        about="paper",
        at=dict.fromkeys(("before-made", "notice-not-over"), "on") | {"not-made": "paper", "delivered": "paper"},
    ),
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

"""The forms of leaving: exit and its review, hand-over, closure, reopening."""

from typing import Final

from cases.hardship.leaving import (
    ApproveClosure,
    AskReview,
    DecideReview,
    HandOver,
    ProposeClosure,
    ProposeExit,
    Reopen,
    ReturnClosure,
)
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, Text, YesNo

_OPEN_NEEDS: Final = Field(
    "open_needs_reason",
    Wording("需求没有办完的原因", "Why needs are left open"),
    LONG,
    Wording(
        "本人是就业困难人员、还有未办结的需求时必填。",
        "Needed where the worker has employment difficulty and needs are still open.",
    ),
    required=False,
)


def _reason(zh: str, en: str) -> Field:
    return Field("reason", Wording(zh, en), LONG)


FORMS: Final = (
    ActForm(
        ProposeExit.KIND,
        Group.CLOSING,
        Wording("提出退出", "Propose the exit"),
        Wording("退出已提出，正在出具告知书", "The exit is proposed, and its notice is being made"),
        one_section(
            Field("reason", Wording("退出情形", "Reason"), Asked(Ask.EXIT_REASON)),
            Field(
                "explanation",
                Wording("事实说明", "The facts behind it"),
                LONG,
                Wording("写明依据的事实和日期；会写进告知书。", "Facts and days; the notice states them."),
            ),
        ),
        about="reason",
        at={"not-listed": "reason", "too-few-refusals": "reason", "reached-lately": "reason"},
        leaves=True,
    ),
    ActForm(
        AskReview.KIND,
        Group.CLOSING,
        Wording("登记复核申请", "Record the request for review"),
        Wording("复核申请已登记", "The request for review is recorded"),
        one_section(_reason("本人申请复核的理由", "Why the worker asks for a review")),
    ),
    ActForm(
        DecideReview.KIND,
        Group.CLOSING,
        Wording("签署复核决定", "Sign the decision on the review"),
        Wording("复核决定已签署", "The decision on the review is signed"),
        one_section(
            Field(
                "upheld",
                Wording("决定", "Decision"),
                YesNo(
                    Wording("维持退出，转办结审批", "The exit stands, and the case goes to closure"),
                    Wording("不维持，继续帮扶", "The exit does not stand, and help goes on"),
                ),
            ),
            _reason("理由", "Reason"),
        ),
        leaves=True,
    ),
    ActForm(
        HandOver.KIND,
        Group.CLOSING,
        Wording("移送个案", "Hand the case over"),
        Wording("个案已移送，待批准办结", "The case is handed over, and waits for approval of its closure"),
        one_section(
            Field("body", Wording("移送到哪个机构", "To which body"), Text()),
            Field("matter", Wording("移送的事项", "What it takes on"), LONG),
            _OPEN_NEEDS,
        ),
        at={"open-needs": "open_needs_reason"},
        leaves=True,
    ),
    ActForm(
        ProposeClosure.KIND,
        Group.CLOSING,
        Wording("提出办结", "Propose closure"),
        Wording("办结已提出，待批准", "Closure is proposed, and waits for approval"),
        one_section(_OPEN_NEEDS),
        at={"open-needs": "open_needs_reason"},
    ),
    ActForm(
        ApproveClosure.KIND,
        Group.CLOSING,
        Wording("批准办结", "Approve the closure"),
        Wording("个案已办结", "The case is closed"),
        leaves=True,
    ),
    ActForm(
        ReturnClosure.KIND,
        Group.CLOSING,
        Wording("退回办结", "Return the closure"),
        Wording("办结已退回", "The closure is returned"),
        one_section(_reason("退回的理由", "Why it is returned")),
    ),
    ActForm(
        Reopen.KIND,
        Group.CLOSING,
        Wording("重启个案", "Reopen the case"),
        Wording("个案已重启", "The case is reopened"),
        one_section(_reason("重启的理由", "Why it is reopened")),
    ),
)

"""The forms of a subsidy that runs: what stops it, its end, and what is paid back."""

from typing import Final

from cases.subsidy.recovering import DemandRecovery, RecordRepayment, WriteOff
from cases.subsidy.running import Finish, RecordStopEvent, Stop
from cases.subsidy.striking import StrikeStopEvent
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.fact_values import FactMonth
from web.acts.widgets import LONG, Asked, Day, Money, Text


def _reason(zh: str, en: str) -> Field:
    return Field("reason", Wording(zh, en), LONG)


FORMS: Final = (
    ActForm(
        RecordStopEvent.KIND,
        Group.RUNNING,
        Wording("登记这个情形", "Record the event"),
        Wording("停发情形已登记，正在重新审核", "The event is recorded, and determined upon anew"),
        one_section(
            Field("event", Wording("发生了什么", "What happened"), Asked(Ask.STOP_EVENT)),
            Field("month", Wording("从哪个月起", "From which month on"), FactMonth()),
            Field(
                "detail",
                Wording("看到或听到了什么", "What it was seen in or heard from"),
                LONG,
                Wording("不要抄证件号码。", "Do not copy any number of a document."),
            ),
        ),
        about="event",
        at={"not-listed": "event", "recorded": "event", "bad-period": "month", "future-period": "month"},
    ),
    ActForm(
        StrikeStopEvent.KIND,
        Group.RUNNING,
        Wording("签署：撤销这个情形", "Sign: strike the event out"),
        Wording("停发情形已撤销，正在重新审核", "The event is struck out, and determined upon anew"),
        one_section(
            Field("stop", Wording("哪一项停发情形", "Which event"), Asked(Ask.STOP)),
            Field(
                "reason",
                Wording("为什么是误登", "Why it was recorded by mistake"),
                LONG,
                Wording(
                    "登记保留在案，只是不再计算；已据此停发或追回的，由另一名审批人撤销。",
                    "It stays in the record and counts no more; where it ended payments another officer strikes it.",
                ),
            ),
        ),
        about="stop",
        at={"struck": "stop"},
        leaves=True,
    ),
    ActForm(
        Stop.KIND,
        Group.RUNNING,
        Wording("签署：停发", "Sign: stop the subsidy"),
        Wording("补贴已停发", "The subsidy is stopped"),
        one_section(_reason("停发的理由", "Why it is stopped")),
        leaves=True,
    ),
    ActForm(
        Finish.KIND,
        Group.CLOSING,
        Wording("结束享受期", "End the subsidy"),
        Wording("享受期已结束", "The subsidy has ended"),
        one_section(_reason("结束的理由", "Why nothing more is claimed")),
        leaves=True,
    ),
    ActForm(
        DemandRecovery.KIND,
        Group.RUNNING,
        Wording("签署：责令退回", "Sign: demand repayment"),
        Wording("已责令退回", "Repayment is demanded"),
        one_section(_reason("为什么要退回", "Why it is to be repaid")),
        leaves=True,
    ),
    ActForm(
        RecordRepayment.KIND,
        Group.RUNNING,
        Wording("登记这笔退款", "Record the repayment"),
        Wording("退款已登记", "The repayment is recorded"),
        one_section(
            Field("amount_fen", Wording("退了多少", "How much came back"), Money()),
            Field("received_on", Wording("哪一天收到", "Received on"), Day()),
            Field("receipt", Wording("回单编号", "Number of the receipt"), Text()),
        ),
        at={"amount": "amount_fen"},
    ),
    ActForm(
        WriteOff.KIND,
        Group.RUNNING,
        Wording("批准核销", "Write it off"),
        Wording("已核销", "It is written off"),
        one_section(_reason("为什么追不回", "Why it cannot be had back")),
        leaves=True,
    ),
)

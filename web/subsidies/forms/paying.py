"""The forms of the public notice and of payment."""

from typing import Final

from cases.subsidy.noticing import PublishNotice, RaiseObjection, SettleObjection
from cases.subsidy.paying import (
    AcceptUnverified,
    CancelPayment,
    OrderPayment,
    Recheck,
    SendPayment,
    SettlePayment,
)
from cases.subsidy.returning import ReturnPayment
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.widgets import LONG, Asked, Day, Text, YesNo

_PAYMENT: Final = Field("payment", Wording("哪一笔拨付", "Which payment"), Asked(Ask.PAYMENT))
_REASON: Final = Field("reason", Wording("理由", "Reason"), LONG)

FORMS: Final = (
    ActForm(
        PublishNotice.KIND,
        Group.PAYMENT,
        Wording("列入公示名单", "Put it on the list"),
        Wording("已列入公示名单", "It is on the public-notice list"),
        one_section(
            Field(
                "notice",
                Wording("名单编号", "Number of the list"),
                Text(),
                Wording(
                    "名单须已选入本案而还没有告知本案（制作中断时）；平时请在“公示名单”中成批制作。",
                    "Of a list for which this case was chosen and not told yet, as its making broke off; else make one "
                    "under “Public notices”.",
                ),
            )
        ),
        leaves=True,
    ),
    ActForm(
        RaiseObjection.KIND,
        Group.PAYMENT,
        Wording("登记异议", "Record the objection"),
        Wording("异议已登记", "The objection is recorded"),
        one_section(
            Field(
                "what",
                Wording("谁提出，说了什么", "Who objects, and to what"),
                LONG,
                Wording("提出人的信息封存，只有办理本案的人能看到。", "Who it is stays sealed, for those on the case."),
            )
        ),
    ),
    ActForm(
        SettleObjection.KIND,
        Group.PAYMENT,
        Wording("签署：处理异议", "Sign: settle the objection"),
        Wording("异议已处理", "The objection is settled"),
        one_section(
            Field("objection", Wording("哪一项异议", "Which objection"), Asked(Ask.OBJECTION)),
            Field(
                "upheld",
                Wording("处理结果", "What it comes to"),
                YesNo(Wording("异议成立，重新审核", "Upheld: determined anew"), Wording("异议不成立", "Not upheld")),
            ),
            _REASON,
        ),
        about="objection",
        leaves=True,
    ),
    ActForm(
        AcceptUnverified.KIND,
        Group.PAYMENT,
        Wording("签署：接受这个数值", "Sign: accept the value"),
        Wording("数值已被接受", "The value is accepted"),
        one_section(
            Field("value", Wording("哪一个数值", "Which value"), Asked(Ask.UNVERIFIED)),
            Field(
                "reason",
                Wording("为什么可以采用", "Why it can be used"),
                LONG,
                Wording(
                    "没有对照原文核过；签署人对采用它负责。", "It was checked against no source: you answer for it."
                ),
            ),
        ),
        about="value",
        at={"accepted": "value", "not-unverified": "value"},
        leaves=True,
    ),
    ActForm(
        Recheck.KIND,
        Group.PAYMENT,
        Wording("重新核查", "Check it again"),
        Wording("正在按今天的事实重新核查", "It is checked again on the facts of today"),
    ),
    ActForm(
        OrderPayment.KIND,
        Group.PAYMENT,
        Wording("签署：开具拨付单", "Sign: order the payment"),
        Wording("拨付单已开具", "The payment is ordered"),
        leaves=True,
    ),
    ActForm(
        SendPayment.KIND,
        Group.PAYMENT,
        Wording("随文件发出", "Send it with the file"),
        Wording("已随银行文件发出", "It is sent with a bank file"),
        one_section(
            _PAYMENT,
            Field(
                "batch",
                Wording("批次编号", "Number of the file"),
                Text(),
                Wording(
                    "文件须已选入这一笔而还没有发出（制作中断时）；平时请在“银行文件”中成批制作。",
                    "Of a file for which this payment was chosen and not sent yet, as its making broke off; else make "
                    "one under “Bank files”.",
                ),
            ),
        ),
        about="payment",
        leaves=True,
    ),
    ActForm(
        SettlePayment.KIND,
        Group.PAYMENT,
        Wording("登记银行结果", "Record the bank's answer"),
        Wording("银行结果已登记", "The bank's answer is recorded"),
        one_section(
            _PAYMENT,
            Field(
                "paid",
                Wording("银行怎么说", "What the bank says"),
                YesNo(Wording("已到账", "Paid"), Wording("退回", "Returned")),
            ),
            Field("settled_on", Wording("哪一天", "On which day"), Day()),
            Field(
                "code",
                Wording("退回代码", "Code of the return"),
                Text(),
                required=False,
                needed_when=("paid", frozenset({"no"})),
            ),
        ),
        about="payment",
    ),
    ActForm(
        ReturnPayment.KIND,
        Group.PAYMENT,
        Wording("签署：登记退汇", "Sign: record the return"),
        Wording("退汇已登记，须重新拨付", "The return is recorded, and it is due again"),
        one_section(
            _PAYMENT,
            Field("returned_on", Wording("银行哪一天退回", "On which day the bank returned it"), Day()),
            Field("code", Wording("退回代码", "Code of the return"), Text()),
            Field(
                "evidence",
                Wording("银行退汇凭证", "The bank's advice"),
                Text(),
                Wording(
                    "凭证或文件的编号；登记后由另一名审批人重新开单。",
                    "The number of its advice or file; another officer orders the payment anew.",
                ),
            ),
        ),
        about="payment",
        at={"before-paid": "returned_on", "bad-code": "code", "repaid": "payment"},
        leaves=True,
    ),
    ActForm(
        CancelPayment.KIND,
        Group.PAYMENT,
        Wording("作废拨付单", "Cancel the payment"),
        Wording("拨付单已作废", "The payment is cancelled"),
        one_section(_PAYMENT, _REASON),
        about="payment",
        leaves=True,
    ),
)

"""The forms of what is claimed, of a person asked for, and of whose the case is."""

from typing import Final

from cases.subsidy.claiming import ClaimPeriods, WithdrawApplication
from cases.subsidy.engine import Assign, WaivePaper
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.wording import Wording
from web.acts.described import ActForm, Field, Group, one_section
from web.acts.forms import moving, papering
from web.acts.widgets import LONG, Lines, YesNo

_SHARED: Final = {form.kind: form for form in (*moving.FORMS, *papering.FORMS)}
A_MONTH: Final = Wording("一行一个月，例如 2026-03。", "One month a line, such as 2026-03.")

FORMS: Final = (
    ActForm(
        ClaimPeriods.KIND,
        Group.DECIDING,
        Wording("续报这些月份", "Claim these months"),
        Wording("月份已续报，正在重新审核", "The months are claimed, and determined upon anew"),
        one_section(Field("months", Wording("续报哪些月份", "Which months"), Lines(), A_MONTH)),
        at=dict.fromkeys(("claimed", "claimed-elsewhere", "no-period", "bad-period", "future-period"), "months"),
    ),
    ActForm(
        AskPerson.KIND,
        Group.APPEALS,
        Wording("要求人工复核", "Ask for a person"),
        Wording("已要求人工复核", "A person is asked for"),
        one_section(
            Field(
                "reason",
                Wording("申请人怎么说", "What the applicant says"),
                LONG,
                Wording(
                    "规则得出的不予补贴，须有人看过才算数。", "A refusal by rules is not final until a person looks."
                ),
            )
        ),
        leaves=True,
    ),
    ActForm(
        AnswerPerson.KIND,
        Group.APPEALS,
        Wording("签署：答复人工复核", "Sign: answer as a person"),
        Wording("人工复核已答复", "Answered as a person"),
        one_section(
            Field(
                "stands",
                Wording("看过以后", "Having looked at it"),
                YesNo(
                    Wording("不予补贴成立", "The refusal stands"), Wording("不成立，应重新审核", "It does not stand")
                ),
            ),
            Field(
                "finding",
                Wording("看到了什么", "What was found"),
                LONG,
                Wording("写明看了哪些材料；申请人会看到。", "Which papers were looked at; the applicant will read it."),
            ),
        ),
        leaves=True,
    ),
    ActForm(
        WithdrawApplication.KIND,
        Group.CLOSING,
        Wording("撤回申请", "Withdraw the application"),
        Wording("申请已撤回", "The application is withdrawn"),
        one_section(Field("reason", Wording("撤回的理由", "Why it is withdrawn"), LONG)),
        leaves=True,
    ),
    _SHARED[Assign.KIND],
    _SHARED[WaivePaper.KIND],
)

"""The forms of a placement with its terms of work, and of follow-ups."""

from typing import Final

from cases.contract_parts import HoursSystem, PayChannel, PayForm
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.terms import PayUnit
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, Section, one_section
from web.acts.widgets import LONG, Asked, Choice, Day, Lines, Minutes, Money, Radios, Text, Whole, YesNo
from web.acts.words import HOURS_SYSTEMS, PAY_CHANNELS, PAY_FORMS, PAY_UNITS

ENDING: Final = "ending"  # how the term ends, of which the terms themselves hold only the end
_MONTHS, _DAY, _TASK, _OPEN = "months", "day", "task", "open"
_ENDINGS: Final = {
    _MONTHS: Wording("满若干个月", "After some months"),
    _DAY: Wording("到某一天", "On a day"),
    _TASK: Wording("完成一项工作任务", "With a task"),
    _OPEN: Wording("无固定期限", "Open-ended"),
}


def _ending(act: RecordPlacement) -> str:
    """Raises LookupError for terms that end in two ways, which no form can show, and no rule allows."""
    terms = act.terms
    said = [
        way
        for way, end in ((_MONTHS, terms.term_months), (_DAY, terms.ends_on), (_TASK, terms.task))
        if end is not None
    ]
    if len(said) > 1:
        raise LookupError(said)
    return said[0] if said else _OPEN


def _terms(name: str, label: Wording, widget: object, hint: Wording | None = None, **more: object) -> Field:
    return Field(f"terms.{name}", label, widget, hint, **more)  # type: ignore[arg-type]


def _party(name: str, label: Wording) -> Field:
    return _terms(f"parties.{name}", label, Text(), required=False)


_MONTHS_UNIT: Final = Wording("个月", "months")
_DAYS_UNIT: Final = Wording("天", "days")

_WORK: Final = Section(
    Wording("工作", "Work"),
    (
        _terms("position", Wording("岗位名称", "Position"), Text()),
        _terms("place", Wording("工作地点", "Place of work"), Text()),
        _terms("duties", Wording("工作内容", "Duties"), LONG, required=False),
        _terms("minutes_per_day", Wording("每天工作多久", "Hours a day"), Minutes()),
        _terms("days_per_week", Wording("每周工作几天", "Days a week"), Whole(_DAYS_UNIT), required=False),
    ),
)
_PAY: Final = Section(
    Wording("报酬", "Pay"),
    (
        _terms("pay_fen", Wording("金额（元）", "Amount (yuan)"), Money()),
        _terms(
            "pay_unit",
            Wording("按什么计", "For each"),
            Radios(PayUnit, PAY_UNITS, inline=True),
            Wording("按小时计的，是非全日制用工。", "Paid by the hour, it is part-time work."),
        ),
    ),
    side_by_side=True,
)
_TERM: Final = Section(
    Wording("期限", "Term"),
    (
        Field(ENDING, Wording("什么时候结束", "When it ends"), Choice(_ENDINGS), own=_ending),
        _terms("term_months", Wording("几个月", "How many months"), Whole(_MONTHS_UNIT), when=(ENDING, _MONTHS)),
        _terms("ends_on", Wording("最后一天", "The last day"), Day(quick=False), when=(ENDING, _DAY)),
        _terms("task", Wording("哪项工作任务", "Which task"), Text(), when=(ENDING, _TASK)),
        _terms("probation_months", Wording("试用期", "Probation"), Whole(_MONTHS_UNIT), required=False),
        _terms(
            "probation_pay_fen",
            Wording("试用期工资（元）", "Pay on probation (yuan)"),
            Money(),
            Wording("不填即与正式工资相同。", "Left empty: the full pay."),
            required=False,
        ),
    ),
)
_MORE: Final = Section(
    Wording("其他约定", "What else is agreed"),
    (
        _terms(
            "hours_system", Wording("工时制度", "System of hours"), Radios(HoursSystem, HOURS_SYSTEMS), required=False
        ),
        _terms("rest", Wording("休息休假", "Rest and holidays"), LONG, required=False),
        _terms("pay_form", Wording("计酬方式", "How pay is reckoned"), Radios(PayForm, PAY_FORMS), required=False),
        _terms("channel", Wording("发放方式", "How pay is given"), Radios(PayChannel, PAY_CHANNELS), required=False),
        _terms("payday", Wording("每月几日发放", "Day of the month for pay"), Whole(Wording("日", "")), required=False),
        _terms(
            "settled_every_days",
            Wording("非全日制每几天结算一次", "Part-time: settled every"),
            Whole(_DAYS_UNIT),
            required=False,
        ),
        _terms(
            "insurance",
            Wording("法定以外约定的保险", "Insurance beyond the law's"),
            Lines(),
            Wording("一行一项。", "One a line."),
            required=False,
        ),
        _terms("protection", Wording("劳动保护", "Protection at work"), LONG, required=False),
        _terms("hazards", Wording("职业危害", "Hazards"), Text(), required=False),
        _terms("benefits", Wording("福利待遇", "Benefits"), Text(), required=False),
        _terms(
            "other_terms",
            Wording("其他条款", "Other terms"),
            Lines(),
            Wording("一行一条。", "One a line."),
            required=False,
        ),
        _terms(
            "months_in_public_posts",
            Wording("此前在公益性岗位的时间", "Time in public-welfare posts before"),
            Whole(_MONTHS_UNIT),
            required=False,
        ),
        _terms(
            "retirement_postponed",
            Wording("双方书面约定延迟退休", "Both agreed in writing to go on past retirement"),
            YesNo(),
            required=False,
        ),
        _terms("through_platform", Wording("由平台派单", "The work comes by a platform"), YesNo(), required=False),
        _terms(
            "under_direction",
            Wording("受对方劳动管理", "Managed as an employer manages"),
            YesNo(unsaid=Wording("不清楚", "Not known")),
            required=False,
        ),
    ),
    folded=Wording("其他约定，多数协议不用改", "What else is agreed: most agreements leave it as it is"),
)
_PARTIES: Final = Section(
    Wording("双方信息", "The parties"),
    (
        _party("employer_address", Wording("用工主体住所", "The employer's address")),
        _party("employer_representative", Wording("法定代表人或主要负责人", "The employer's representative")),
        _party("employer_phone", Wording("用工主体电话", "The employer's phone")),
        _party("worker_address", Wording("零工住址", "The worker's address")),
    ),
    folded=Wording("登记里没有或不一致的双方信息", "Details of the parties that the ledger lacks or has otherwise"),
)

FORMS: Final = (
    ActForm(
        RecordPlacement.KIND,
        Group.PLACEMENT,
        Wording("保存安置", "Save the placement"),
        Wording("就业安置已保存，正在出具协议", "The placement is saved, and its agreement is being made"),
        (
            Section(
                Wording("安置", "Placement"),
                (
                    Field(
                        "employer",
                        Wording("用工主体", "Employer"),
                        Asked(Ask.EMPLOYER),
                        Wording("须已核实。", "It must be verified."),
                    ),
                    Field("started_on", Wording("哪一天上岗", "Day of starting work"), Day()),
                    Field(
                        "by_market",
                        Wording("是市场就业，不是公益性岗位", "Work by the market, not the public-welfare post"),
                        YesNo(),
                        Wording(
                            "只在公益性岗位安置阶段有意义。", "It matters only while a public-welfare post is owed."
                        ),
                        required=False,
                    ),
                ),
            ),
            _WORK,
            _PAY,
            _TERM,
            _MORE,
            _PARTIES,
        ),
        about="employer",
        at={
            "future": "started_on",
            "before-application": "started_on",
            "unknown": "employer",
            "employer-not-verified": "employer",
            "two-terms": ENDING,
        },
        leaves=True,
    ),
    ActForm(
        RecordFollowUp.KIND,
        Group.PLACEMENT,
        Wording("保存回访", "Save the follow-up"),
        Wording("回访已保存", "The follow-up is saved"),
        one_section(
            Field("follow_up", Wording("哪一次回访", "Which follow-up"), Asked(Ask.FOLLOW_UP)),
            Field("held_on", Wording("哪一天回访", "On which day"), Day()),
            Field(
                "still_employed",
                Wording("本人还在岗吗", "Is the worker still at work"),
                YesNo(
                    Wording("还在岗", "Still at work"),
                    Wording("已经失业，重新帮扶", "The job is lost: help begins again"),
                ),
            ),
            Field("content", Wording("回访内容", "What was found"), LONG),
        ),
        about="follow_up",
        at={"future": "held_on", "before-placement": "held_on", "too-early": "held_on"},
    ),
)

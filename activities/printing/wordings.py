"""How values read on paper: days, money, hours and the members of closed lists, in Chinese."""

from datetime import date, datetime
from enum import StrEnum

from cases.authorities import Tag
from cases.contract_parts import HoursSystem, PayChannel, PayForm
from cases.determinations import CONCLUSION_LABELS
from cases.hardship.stages import OUTCOME_LABELS
from cases.money import in_figures
from cases.papers import Leaf
from cases.parties import PayPeriod
from cases.plans import ServiceKind
from cases.subsidy_papers import Held
from cases.zone import STATION_ZONE

OUTCOMES: dict[StrEnum, str] = {outcome: title.zh for outcome, title in OUTCOME_LABELS.items()}
# What the rules of a subsidy came to; no member has the text of another list's.
FOUND: dict[StrEnum, str] = {
    **{conclusion: title.zh for conclusion, title in CONCLUSION_LABELS.items()},
    Held.HOLDS: "符合",
    Held.FAILS: "不符合",
    Held.EXCLUDES: "存在该情形",
    Held.CLEAR: "不存在该情形",
    Held.OPEN: "尚不能确定",
}

LABELS: dict[StrEnum, str] = {
    HoursSystem.STANDARD: "标准工时工作制",
    HoursSystem.COMPREHENSIVE: "综合计算工时工作制",
    HoursSystem.FLEXIBLE: "不定时工作制",
    PayForm.TIME: "计时工资",
    PayForm.PIECE: "计件工资",
    PayChannel.BANK: "银行转账",
    PayChannel.CASH: "现金",
    PayPeriod.HOUR: "小时",
    PayPeriod.DAY: "日",
    PayPeriod.WEEK: "周",
    PayPeriod.MONTH: "月",
    PayPeriod.PIECE: "件",
    ServiceKind.GUIDANCE: "职业指导",
    ServiceKind.REFERRAL: "岗位推荐",
    ServiceKind.TRAINING: "技能培训",
    ServiceKind.POLICY_BRIEFING: "政策宣讲",
    ServiceKind.OTHER: "其他服务",
    Tag.FULL_TEXT: "已核全文",
    Tag.OFFICIAL_EXCERPT: "已核官方摘录",
    Tag.SECONDARY_EXCERPT: "已核转载摘录",
    Tag.MEMORY: "未经核实",
    Tag.NOT_LOCATED: "未查到出处",
    **OUTCOMES,
    **FOUND,
}


def label(member: StrEnum) -> str:
    return LABELS[member]


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    local = value.astimezone(STATION_ZONE)
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


def hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return (f"{whole}小时" if whole else "") + (f"{rest}分钟" if rest else "")


def shown(leaf: Leaf) -> str | None:
    """How the paper must show a value; None for one that only chooses between sentences."""
    match leaf.value:
        case bool():
            return None
        case StrEnum():
            return label(leaf.value)
        case str():
            return leaf.value
        case datetime():
            return moment(leaf.value)
        case date():
            return day(leaf.value)
        case int():
            return _number(leaf, leaf.value)
    raise TypeError(f"{leaf.path} holds a {type(leaf.value).__name__}, which no paper can show.")


def _number(leaf: Leaf, value: int) -> str | None:
    if leaf.field.endswith("_fen") or leaf.path.endswith("minimum.value"):
        return in_figures(value)
    if leaf.field.startswith("minutes_"):
        return hours(value)
    return str(value) if value else None

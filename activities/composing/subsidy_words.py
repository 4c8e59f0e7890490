"""How the months, sums and named values of a subsidy read on paper."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from cases.money import in_figures

ONCE: Final = "once"
NAMED: Final[Mapping[str, str]] = {
    "due": "应补金额",
    "payable": "可以发放",
    "stopped": "已停发",
    "doubled": "与其他补贴重复",
    "used": "已享受期限",
    "remaining": "剩余期限",
    "first_month": "首次享受月份",
    "near_retirement": "距退休不足规定年限",
    "in_hardship": "困难人员人数",
    "fee": "服务费",
    "paid_in_full": "已足额支付",
    "level_number": "技能等级",
}
STOP_EVENTS: Final[Mapping[str, str]] = {
    "employer_insured": "单位已为其参加社会保险",
    "own_business": "已自主创业、办理营业执照",
    "claimed_elsewhere": "已在其他地方申领同一补贴",
    "drew_pension": "已领取基本养老金",
    "left_class": "不再属于规定的人员类别",
    "retired": "达到法定退休年龄",
    "used-up": "享受期限届满",
}


def named(name: str) -> str:
    """A value that a policy names; what has no words yet is quoted as the file has it."""
    return NAMED.get(name, f"“{name}”")


def event_words(event: str) -> str:
    return STOP_EVENTS.get(event, f"“{event}”")


def period_words(period: str) -> str:
    """`2026-03` is 2026年3月, `2026` the year."""
    if period == ONCE:
        return "一次性"
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"


def span_words(periods: Sequence[str]) -> str:
    """Periods in a table's cell: months in a row as from and until."""
    months = sorted(periods)
    if len(months) > 1 and _in_a_row(months):
        return f"{period_words(months[0])}至{period_words(months[-1])}"
    return "、".join(period_words(each) for each in months) or "—"


def standard_words(amount_fen: int, periods: Sequence[str]) -> str:
    """By what measure the sum comes about, as far as a line can say it."""
    monthly = [each for each in periods if "-" in each]
    if not monthly:
        return "按年发放" if periods and periods[0] != ONCE else "一次性发放"
    if amount_fen % len(monthly) == 0:
        return f"每月{in_figures(amount_fen // len(monthly))}元，{len(monthly)}个月"
    return f"按月计算，{len(monthly)}个月"


def _in_a_row(periods: Sequence[str]) -> bool:
    if not all("-" in each for each in periods):
        return False
    counted = [int(each[:4]) * 12 + int(each[5:]) for each in periods]
    return all(after - before == 1 for before, after in pairwise(counted))

"""How the words of an offer are called: health demands, units of pay, states, hours, and why it was closed."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Final, TypeVar

from cases.constraints import HealthDemand, PayUnit
from cases.hours import Hours, Shift
from cases.wording import Language, Wording
from store.offers import OfferOrder, OfferState
from store.tables.vacancies import CheckResult, Closing
from store.vacancies import Vacancy
from web.shown import money

_E = TypeVar("_E", bound=StrEnum)

HEALTH: Final[Mapping[HealthDemand, Wording]] = {
    HealthDemand.HEAVY_LIFTING: Wording("搬运重物", "heavy lifting"),
    HealthDemand.LONG_STANDING: Wording("长时间站立", "long standing"),
    HealthDemand.HEIGHTS: Wording("高处作业", "work at heights"),
    HealthDemand.NIGHT_WORK: Wording("夜班", "night work"),
    HealthDemand.DUST_OR_FUMES: Wording("粉尘、有害气体", "dust or fumes"),
    HealthDemand.NOISE: Wording("噪声", "noise"),
    HealthDemand.HEAT_OR_COLD: Wording("高温或低温", "heat or cold"),
    HealthDemand.FINE_SIGHT: Wording("精细视力", "fine sight"),
    HealthDemand.HEARING: Wording("听力", "hearing"),
    HealthDemand.DRIVING: Wording("驾驶", "driving"),
    HealthDemand.HEALTH_CERTIFICATE: Wording("健康证", "health certificate"),
}
UNITS: Final[Mapping[PayUnit, Wording]] = {
    PayUnit.HOUR: Wording("元/小时", "yuan an hour"),
    PayUnit.DAY: Wording("元/天", "yuan a day"),
    PayUnit.MONTH: Wording("元/月", "yuan a month"),
    PayUnit.PIECE: Wording("元/件", "yuan a piece"),
}
# As a spreadsheet may have them.
UNIT_NAMES: Final[Mapping[PayUnit, tuple[str, ...]]] = {
    PayUnit.HOUR: ("小时", "时薪", "每小时", "hour"),
    PayUnit.DAY: ("天", "日", "日薪", "每天", "day"),
    PayUnit.MONTH: ("月", "月薪", "每月", "month"),
    PayUnit.PIECE: ("件", "计件", "每件", "piece"),
}
STATES: Final[Mapping[OfferState, Wording]] = {
    OfferState.LIVE: Wording("在招", "Live"),
    OfferState.UNCHECKED: Wording("待真实性审查", "Not truth-checked"),
    OfferState.FAILED: Wording("审查未通过", "Failed its truth check"),
    OfferState.EXPIRED: Wording("已过期", "Expired"),
    OfferState.CLOSED: Wording("已关闭", "Closed"),
}
SIGNS: Final[Mapping[OfferState, str]] = {
    OfferState.LIVE: "done",
    OfferState.UNCHECKED: "today",
    OfferState.FAILED: "overdue",
    OfferState.EXPIRED: "waiting",
    OfferState.CLOSED: "waiting",
}
BUCKET_SIGNS: Final[Mapping[OfferState, str]] = {
    OfferState.LIVE: "tick",
    OfferState.UNCHECKED: "question",
    OfferState.FAILED: "cross",
    OfferState.EXPIRED: "clock",
    OfferState.CLOSED: "minus",
}
EVERY: Final = Wording("全部", "All")
FITS_OLDER: Final = Wording("适合大龄劳动者", "Fits older workers")
FITS_HARD: Final = Wording("适合就业困难人员", "Fits people who are hard to place")
ORDERS: Final[Mapping[OfferOrder, Wording]] = {
    OfferOrder.NEWEST: Wording("最新登记", "Newest first"),
    OfferOrder.EXPIRY: Wording("最早到期", "First to expire"),
    OfferOrder.PAY: Wording("报酬最高", "Best paid"),
}
CHECKS: Final[Mapping[CheckResult, Wording]] = {
    CheckResult.PASSED: Wording("通过", "Passed"),
    CheckResult.FAILED: Wording("不通过", "Failed"),
}
CLOSINGS: Final[Mapping[Closing, Wording]] = {
    Closing.FILLED: Wording("已招满", "Filled"),
    Closing.WITHDRAWN: Wording("用工主体撤回", "Withdrawn by the employer"),
    Closing.CHANGED: Wording("条件有变，另发新岗位", "The offer changed: a new vacancy takes its place"),
    Closing.UNTRUE: Wording("经查不实", "Found to be untrue"),
}
# What a counter shows vacancies in; another channel can be written in.
CHANNELS: Final = ("大屏", "小程序", "公告栏", "微信群", "就业网站")
CHANNELS_EN: Final = ("Hall screen", "Mini program", "Notice board", "WeChat group", "Job site")
WEEKDAYS: Final = tuple(
    Wording(zh, en)
    for zh, en in (
        ("周一", "Mon"),
        ("周二", "Tue"),
        ("周三", "Wed"),
        ("周四", "Thu"),
        ("周五", "Fri"),
        ("周六", "Sat"),
        ("周日", "Sun"),
    )
)
NOT_SAID: Final = Wording("用工主体未说明", "The employer did not say")
NONE: Final = Wording("无特殊要求", "No special demands")


def hours_wording(hours: Hours | None) -> Wording:
    if hours is None:
        return NOT_SAID
    shifts = [_shift(shift) for shift in hours.shifts]
    return Wording("；".join(zh for zh, _ in shifts), "; ".join(en for _, en in shifts))


def health_wording(demands: frozenset[HealthDemand] | None) -> Wording:
    if demands is None:
        return NOT_SAID
    if not demands:
        return NONE
    named = [HEALTH[demand] for demand in HealthDemand if demand in demands]
    return Wording("、".join(each.zh for each in named), ", ".join(each.en for each in named))


def pay_wording(offered: Vacancy) -> Wording:
    unit, least, most = UNITS[offered.pay_unit], offered.pay_min_fen, offered.pay_max_fen
    if least is None and most is None:
        return NOT_SAID
    if least is not None and most is not None:
        amount = money(least) if least == most else f"{money(least)}–{money(most)}"
        return Wording(f"{amount} {unit.zh}", f"{amount} {unit.en}")
    if least is not None:
        return Wording(f"{money(least)} {unit.zh}起", f"from {money(least)} {unit.en}")
    return Wording(f"最多 {money(most or 0)} {unit.zh}", f"up to {money(most or 0)} {unit.en}")


def clock_text(moment: time) -> str:
    return f"{moment:%H:%M}"


def _shift(shift: Shift) -> tuple[str, str]:
    span = f"{clock_text(shift.begin)}–{clock_text(shift.until)}"
    if shift.begin == shift.until:
        whole = Wording("全天", "all day")
    elif shift.until < shift.begin:
        whole = Wording(f"{span}（次日）", f"{span} (next day)")
    else:
        whole = Wording(span, span)
    days = days_wording(shift.days)
    return f"{days.zh} {whole.zh}", f"{days.en} {whole.en}"


def days_wording(days: frozenset[int]) -> Wording:
    """Days in a row as a span, others one by one."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:  # noqa: PLR2004 -- two days are no span
        first, last = WEEKDAYS[ordered[0] - 1], WEEKDAYS[ordered[-1] - 1]
        return Wording(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")
    return Wording(
        "、".join(WEEKDAYS[each - 1].zh for each in ordered), ", ".join(WEEKDAYS[each - 1].en for each in ordered)
    )


def spoken(words: Mapping[_E, Wording], language: Language) -> list[tuple[str, str]]:
    """A list of choices as a form's field shows them."""
    return [(str(value), wording.within(language)) for value, wording in words.items()]

"""What the law, or plain sense, has against the parts of a contract."""

import re
from collections.abc import Iterator

from cases.agreement_law import Limit
from cases.authorities import Authority, Tag
from cases.contract_parts import Hours, Term, Wages
from cases.money import in_figures
from cases.refusals import Refusal, refusal

DAYS_IN_MONTH, DAYS_IN_WEEK, MINUTES_IN_DAY = 31, 7, 24 * 60

VOID_WAIVER = Authority("最高人民法院劳动争议司法解释（二）第十九条", Tag.FULL_TEXT)
INSURANCE = r"(社会保险|社保|五险)"
# The worker gives insurance up, or takes money for it. A term on what follows if the employer fails to pay is none.
WAIVER = re.compile(
    rf"放弃[^。；]{{0,12}}{INSURANCE}"
    rf"|(自愿|同意|要求|承诺)[^。；]{{0,10}}不[予再需]?(为[^。；，]{{0,3}})?(缴|交|参加|办理)[^。；]{{0,8}}{INSURANCE}"
    rf"|{INSURANCE}[^。；]{{0,12}}(放弃|折[合算]?(成|为)?现|以现金)"
)


def term_refusals(term: Term) -> Iterator[Refusal]:
    if term.ends_on is not None and term.ends_on < term.starts_on:
        yield refusal(
            "ends-before-start", "终止日期早于起始日期，请更正。", "It ends before it starts; correct the days."
        )
    if term.ends_on is not None and term.task is not None:
        yield refusal(
            "two-terms",
            "合同期限或者到某日止，或者到任务完成止，请只选一种。",
            "A contract ends on a day or with a task; choose one.",
        )


def hours_refusals(hours: Hours) -> Iterator[Refusal]:
    yield from _outside("minutes_per_day", hours.minutes_per_day, MINUTES_IN_DAY)
    yield from _outside("days_per_week", hours.days_per_week, DAYS_IN_WEEK)


def wages_refusals(wages: Wages) -> Iterator[Refusal]:
    yield from _outside("payday", wages.payday, DAYS_IN_MONTH)
    yield from minimum_refusals(wages.monthly_fen, wages.minimum, "monthly_fen")


def minimum_refusals(amount_fen: int | None, minimum: Limit | None, field: str) -> Iterator[Refusal]:
    """An unknown minimum is not guessed: then the contract's own clause holds the parties to whatever it is."""
    if amount_fen is not None and amount_fen <= 0:
        yield refusal("no-pay", f"“{field}”必须大于零。", f"{field} must be more than nothing.")
    elif amount_fen is not None and minimum is not None and amount_fen < minimum.value:
        least, clause = in_figures(minimum.value), minimum.authority.clause
        yield refusal(
            "below-minimum-wage",
            f"“{field}”低于最低工资标准{least}元（{clause}），请提高。",
            f"{field} is below the minimum wage of {least} yuan ({clause}); raise it.",
        )


def waiver_refusals(terms: tuple[str, ...]) -> Iterator[Refusal]:
    for position, term in enumerate(terms, 1):
        if WAIVER.search(term):
            yield refusal(
                "insurance-waived",
                f"其他约定第{position}条似有不缴纳社会保险的内容，该约定无效（{VOID_WAIVER.clause}），请删除。",
                f"Other term {position} waives social insurance, which is void ({VOID_WAIVER.clause}); delete it.",
            )


def part_time_refusals(field: str, value: int, limit: Limit) -> Iterator[Refusal]:
    yield from _outside(field, value, MINUTES_IN_DAY * DAYS_IN_WEEK)
    if value > limit.value:
        yield refusal(
            "above-part-time",
            f"“{field}”为{value}，超过非全日制用工的上限{limit.value}（{limit.authority.clause}）。",
            f"{field} is {value}, above the limit of {limit.value} for part-time work ({limit.authority.clause}).",
        )


def _outside(field: str, value: int, most: int) -> Iterator[Refusal]:
    if not 1 <= value <= most:
        yield refusal("out-of-range", f"“{field}”应在1至{most}之间。", f"{field} should be from 1 to {most}.")

"""All that a generated program may call: flaws of the law, three-and-a-half-valued logic, days, and lists.

A gap and a conflict are values like any other here; only expressions that can have one are written to look for it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from rules import dates


class Flaw:
    """Instead of a value: the law has none, or more than one."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


GAP: Final = Flaw("gap")
CONFLICT: Final = Flaw("conflict")
Answer: TypeAlias = bool | Flaw
Pair: TypeAlias = tuple[Answer, object]  # whether an item is in a list, and the item
Row: TypeAlias = Sequence[object]


def worst(*values: object) -> Flaw:
    """What remains of values of which at least one is none: a conflict weighs more than a gap."""
    return CONFLICT if any(value is CONFLICT for value in values) else GAP


def both(*answers: Answer) -> Answer:
    """One no decides; otherwise a flaw leaves it flawed."""
    if any(answer is False for answer in answers):
        return False
    return worst(*answers) if any(answer.__class__ is Flaw for answer in answers) else True


def either(*answers: Answer) -> Answer:
    return negated(both(*map(negated, answers)))


def negated(answer: Answer) -> Answer:
    return answer if isinstance(answer, Flaw) else not answer


def coded(*answers: Answer) -> int:
    """A rule's verdict as a number: 0 it holds, n its n-th condition does not, -1 a gap, -2 a conflict."""
    for number, answer in enumerate(answers, 1):
        if answer is False:
            return number
    answer = both(*answers)
    return 0 if answer is True else -2 if answer is CONFLICT else -1


def told(code: int) -> Answer:
    """What the number of a verdict says."""
    return code == 0 if code >= 0 else CONFLICT if code < -1 else GAP


def summed_up(grounds: Sequence[int], conditions: Sequence[int], exclusions: Sequence[int]) -> Answer:
    some = either(*map(told, grounds)) if grounds else True
    return both(some, *map(told, conditions), *(negated(told(code)) for code in exclusions))


def any_of(codes: Sequence[int]) -> Answer:
    return either(*map(told, codes))


def won(beats: Sequence[frozenset[int]], guards: Sequence[Answer]) -> int | Flaw:
    """The place of the clause that holds and is not beaten."""
    beaten: set[int] = set()
    for place, guard in enumerate(guards):
        if guard is True:
            beaten |= beats[place]
    left = [guard for place, guard in enumerate(guards) if guard is not False and place not in beaten]
    if any(guard.__class__ is Flaw for guard in left):
        return worst(*left)
    if len(left) != 1:
        return CONFLICT if left else GAP
    return next(place for place, guard in enumerate(guards) if guard is True and place not in beaten)


def dated(rows: Sequence[tuple[int, int, object]], on: int) -> object:
    """The value of the row in force on a day or in a month."""
    place = bisect_right(rows, on, key=lambda row: row[0]) - 1
    return rows[place][2] if place >= 0 and on <= rows[place][1] else GAP


def half_up(dividend: int, divisor: int) -> int:
    """A half goes away from zero; the divisor is above it."""
    if dividend < 0:
        return -((-2 * dividend + divisor) // (2 * divisor))
    return (2 * dividend + divisor) // (2 * divisor)


# -- days -----------------------------------------------------------------------------------------------------------


def month(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


def year_of_day(day: int) -> int:
    return date.fromordinal(day).year


def age_the_day_after(born: int, on: int) -> int:
    return dates.whole_years(born, max(1, on - 1))


def covered_days(periods: Iterable[Row], starts: int, ends: int, span: tuple[int, int]) -> int:
    """How many days of a span lie in a period whose first and last day stand at these places of its row."""
    first, last = span
    days = 0
    for start, end in sorted((_day(row[starts]), _day(row[ends])) for row in periods):
        begin, stop = max(start, first), min(end, last)
        if begin <= stop:
            days += stop - begin + 1
            first = stop + 1
    return days


def covers(periods: Iterable[Row], starts: int, ends: int, span: tuple[int, int]) -> bool:
    first, last = span
    return first > last or covered_days(periods, starts, ends, span) == last - first + 1


def _day(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("A period's day is not a number.")
    return value


Term: TypeAlias = Callable[[int, int], int]


def days_later(day: int, days: int) -> int:
    return day + days


def most_within(days: Sequence[int], length: int, later: Term) -> int:
    most = 0
    for start in days:
        last = later(start, length)
        most = max(most, sum(start <= day <= last for day in days))
    return most


def reach(start: int, days: Iterable[int], length: int, later: Term) -> int:
    for day in sorted(days):
        if day <= later(start, length):
            start = max(start, day)
    return start


# -- lists of which it may be open what they hold -------------------------------------------------------------------


def sure(pairs: Iterable[Pair]) -> list[object] | Flaw:
    """The values of a list, unless the law leaves open which they are."""
    flaws: list[object] = []
    values: list[object] = []
    for present, value in pairs:
        if present is not True:
            flaws.append(present)
        elif isinstance(value, Flaw):
            flaws.append(value)
        else:
            values.append(value)
    return worst(*flaws) if flaws else values


def first_of(number: int | Flaw, pairs: Iterable[Pair]) -> list[Pair]:
    found: list[Pair] = []
    certain = 0
    for present, value in pairs:
        reached: Answer = number if isinstance(number, Flaw) else certain < number
        certain += present is True
        if (there := both(present, reached)) is not False:
            found.append((there, value))
    return found


CALLABLE: Mapping[str, object] = {
    "Flaw": Flaw,
    "GAP": GAP,
    "worst": worst,
    "both": both,
    "either": either,
    "negated": negated,
    "coded": coded,
    "summed_up": summed_up,
    "any_of": any_of,
    "won": won,
    "dated": dated,
    "half_up": half_up,
    "month": month,
    "year_of_day": year_of_day,
    "months_between": dates.months_between,
    "whole_years": dates.whole_years,
    "age_the_day_after": age_the_day_after,
    "first_day": dates.first_day,
    "last_day": dates.last_day,
    "month_days": dates.month_days,
    "add_months": dates.add_months,
    "days_later": days_later,
    "covered_days": covered_days,
    "covers": covers,
    "most_within": most_within,
    "reach": reach,
    "sure": sure,
    "first_of": first_of,
    "len": len,
    "max": max,
    "min": min,
    "set": set,
    "sum": sum,
}

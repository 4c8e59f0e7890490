"""What each function takes and gives, with the range of what it gives."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from rules import dates
from rules.errors import PolicyError, nearest
from rules.functions import FUNCTIONS
from rules.places import Place
from rules.ranges import bounded, corners, is_constant, same_unit, union
from rules.types import TRUTH, Choice, Day, Exact, Month, Number, Records, Ref, Series, Type, in_words
from rules.units import MONTHS_IN_A_YEAR, Unit

PERIOD_FIELDS = ("from_day", "until")
SHORTEST_MONTH, LONGEST_MONTH = 28, 31


def call_type(name: str, arguments: Sequence[Type], place: Place) -> Type:
    """The type of `name(arguments)`; `band` is not among these, since its first argument is a name."""
    signature = _SIGNATURES.get(name)
    if signature is None:
        raise PolicyError(f"there is no function '{name}'", place, suggestion=nearest(name, FUNCTIONS))
    found = signature(arguments, place)
    if found is None:
        given = ", ".join(map(in_words, arguments)) or "nothing"
        raise PolicyError(f"{name} was given {given}", place, expected=FUNCTIONS[name])
    return found


Signature = Callable[[Sequence[Type], Place], Type | None]


def _days(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Day() as start, Day() as end]:
            return Number(Unit.DAY, end.least - start.most, end.most - start.least)
    return None


def _months(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Day() as start, Day() as end]:
            least, most = dates.months_between(start.most, end.least), dates.months_between(start.least, end.most)
            return Number(Unit.MONTH, least, most)
    return None


def _years(arguments: Sequence[Type], place: Place) -> Type | None:
    months = _months(arguments, place)
    if not isinstance(months, Number):
        return None
    # An age reached the day after a birthday can be a year less at either end.
    least = months.least // MONTHS_IN_A_YEAR * MONTHS_IN_A_YEAR - MONTHS_IN_A_YEAR
    return Number(Unit.MONTH, least, months.most)


def _month(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Day() as day]:
            return Month(dates.month_of(day.least), dates.month_of(day.most))
    return None


def _year(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Day() as day]:
            return Number(Unit.ONE, dates.month_of(day.least) // 12, dates.month_of(day.most) // 12)
        case [Month() as month]:
            return Number(Unit.ONE, month.least // 12, month.most // 12)
    return None


def _first_day(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Month() as month]:
            return Day(dates.first_day(month.least), dates.first_day(month.most))
    return None


def _last_day(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Month() as month]:
            return Day(dates.last_day(month.least), dates.last_day(month.most))
    return None


def _month_days(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Month()]:
            return Number(Unit.DAY, SHORTEST_MONTH, LONGEST_MONTH)
    return None


def _extreme(pick: Callable[[list[Exact]], Exact]) -> Signature:
    def signature(arguments: Sequence[Type], place: Place) -> Type | None:
        ordered = [argument for argument in arguments if isinstance(argument, Number | Day | Month)]
        if not ordered or len(ordered) < len(arguments):
            return None
        found = union(ordered, place)
        least, most = pick([t.least for t in ordered]), pick([t.most for t in ordered])
        if isinstance(found, Number):
            return Number(found.unit, least, most, found.denominator)
        return type(found)(int(least), int(most))

    return signature


def _round(arguments: Sequence[Type], place: Place) -> Type | None:
    match arguments:
        case [Number() as number]:
            step: Exact = 1
        case [Number() as number, Number() as by]:
            same_unit((number, by), place)
            if not is_constant(by) or by.least <= 0:
                raise PolicyError("a rounding step is a constant above 0", place, expected="1 fen, 1 yuan, 1 month")
            step = by.least
        case _:
            return None
    least, most = number.least // step * step, -(-number.most // step) * step
    return bounded(Number(number.unit, least, most, Fraction(step).denominator), place)


def _share(arguments: Sequence[Type], place: Place) -> Type | None:
    match arguments:
        case [Number() as amount, Number() as part, Number() as whole]:
            same_unit((part, whole), place)
            if whole.least < 1:
                raise PolicyError("the whole may be less than 1", place, expected="a whole with a declared min of 1")
            least, most = corners(lambda a, p, w: a * p / Fraction(w), amount, part, whole)
            return bounded(Number(amount.unit, least // 1, -(-most // 1)), place)
    return None


def _is_periods(type_: Type) -> bool:
    return isinstance(type_, Records) and all(isinstance(type_.field(name), Day) for name in PERIOD_FIELDS)


def _covers(arguments: Sequence[Type], place: Place) -> Type | None:
    match arguments:
        case [Records() as periods, Day(), Day()]:
            if not _is_periods(periods):
                raise PolicyError("these are not periods", place, expected="items with the days 'from_day' and 'until'")
            return TRUTH
    return None


def _covered_days(arguments: Sequence[Type], place: Place) -> Type | None:
    match arguments:
        case [Records(), Day() as start, Day() as end]:
            _covers(arguments, place)
            return Number(Unit.DAY, 0, max(0, end.most - start.least + 1))
    return None


def _is_length(type_: Type) -> bool:
    fits = isinstance(type_, Number) and type_.unit in (Unit.DAY, Unit.MONTH) and type_.denominator == 1
    return fits and isinstance(type_, Number) and type_.least >= 0


def _most_within(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Series(of=Day()) as days, length] if _is_length(length):
            return Number(Unit.ONE, 0, days.most)
    return None


def _reach(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Day() as start, Series(of=Day() as day), length] if _is_length(length):
            return Day(start.least, max(start.most, day.most))
    return None


def _first(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Number(denominator=1) as n, Records() as items] if n.unit in (Unit.ONE, Unit.MONTH):
            return Records(items.fields, max(0, min(int(n.most), items.most)), items.of)
        case [Number(denominator=1) as n, Series() as items] if n.unit in (Unit.ONE, Unit.MONTH):
            return Series(items.of, max(0, min(int(n.most), items.most)))
    return None


def _distinct(arguments: Sequence[Type], _: Place) -> Type | None:
    match arguments:
        case [Series(of=Ref() | Choice() | Day() | Month()) as items]:
            return Number(Unit.ONE, 0, items.most)
    return None


_SIGNATURES: dict[str, Signature] = {
    "days": _days,
    "months": _months,
    "years": _years,
    "age": _years,
    "month": _month,
    "year": _year,
    "first_day": _first_day,
    "last_day": _last_day,
    "month_days": _month_days,
    "min": _extreme(min),
    "max": _extreme(max),
    "round_down": _round,
    "round_up": _round,
    "round_half_up": _round,
    "share_down": _share,
    "share_half_up": _share,
    "covers": _covers,
    "covered_days": _covered_days,
    "most_within": _most_within,
    "reach": _reach,
    "first": _first,
    "distinct": _distinct,
}

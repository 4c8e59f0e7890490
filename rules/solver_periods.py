"""Days among other days in terms of z3: as many rounds as there are items, each of which can reach one item further."""

from collections.abc import Callable, Iterator
from itertools import combinations

from rules import solver_numbers
from rules.solver_lists import flaws_in, told
from rules.solver_scope import Scope, Untranslated
from rules.solver_terms import Flag, Whole, both, choose, counted, greatest, least
from rules.solver_values import Held, ItemRow, Listing, Point, flawed_by, held
from rules.tree import Call, Expr
from rules.types import Day, Number
from rules.units import Unit

MOST_UNITED = 6  # periods, of which every set is looked at


def _stretches(items: Listing) -> Iterator[tuple[Flag, Whole, Whole]]:
    for place in items.places:
        if not isinstance(place.value, ItemRow):
            raise TypeError("A list was checked to hold periods and does not.")
        first, last = place.value.fields["from_day"], place.value.fields["until"]
        if not isinstance(first, Point) or not isinstance(last, Point):
            raise TypeError("A period was checked to have two days and does not.")
        yield place.present.yes, first.at, last.at


def covers(node: Call, scope: Scope) -> Held:
    items, start, end = scope.items(node.arguments[0]), scope.point(node.arguments[1]), scope.point(node.arguments[2])
    stretches = list(_stretches(items))
    reached = start.at
    for _ in stretches:
        reached = greatest(
            reached,
            *(
                choose(both(there, first <= reached, reached <= last), last + 1, reached)
                for there, first, last in stretches
            ),
        )
    return held(reached > end.at, flawed_by(flaws_in(items), start.flaws, end.flaws))


def covered_days(node: Call, scope: Scope) -> Point:
    """Each set of periods counts what all of them share: those of one add, those of two take away, and so on."""
    items, start, end = scope.items(node.arguments[0]), scope.point(node.arguments[1]), scope.point(node.arguments[2])
    stretches = list(_stretches(items))
    if len(stretches) > MOST_UNITED:
        raise Untranslated("covered_days")
    days: Whole = 0
    for size in range(1, len(stretches) + 1):
        for together in combinations(stretches, size):
            first = greatest(start.at, *(first for _, first, _ in together))
            last = least(end.at, *(last for _, _, last in together))
            shared = choose(both(*(there for there, _, _ in together)), greatest(0, last - first + 1), 0)
            days = days + shared if size % 2 else days - shared
    return Point(days, flawed_by(flaws_in(items), start.flaws, end.flaws))


def most_within(node: Call, scope: Scope) -> Point:
    days, length = scope.items(node.arguments[0]), scope.point(node.arguments[1])
    later = _after(node.arguments[0], node.arguments[1], length.at, scope)
    events = [(there, day, later(day)) for there, day in told(days)]
    most: Whole = 0
    for there, start, end in events:
        inside = counted(both(other, start <= day, day <= end) for other, day, _ in events)
        most = greatest(most, choose(there, inside, 0))
    return Point(most, flawed_by(flaws_in(days), length.flaws))


def reach(node: Call, scope: Scope) -> Point:
    start, days, length = (
        scope.point(node.arguments[0]),
        scope.items(node.arguments[1]),
        scope.point(node.arguments[2]),
    )
    later = _after(node, node.arguments[2], length.at, scope)
    events, day = list(told(days)), start.at
    for _ in events:
        end = later(day)
        day = greatest(day, *(choose(both(there, on <= end), on, day) for there, on in events))
    return Point(day, flawed_by(start.flaws, flaws_in(days), length.flaws))


def _after(days: Expr, length: Expr, by: Whole, scope: Scope) -> Callable[[Whole], Whole]:
    """The last day of a term of that length from one of these days."""
    type_ = days.type if isinstance(days.type, Day) else getattr(days.type, "of", None)
    if not isinstance(type_, Day):
        raise TypeError("Days were checked to be days and are not.")
    ends = solver_numbers.ends_of(type_)
    if isinstance(length.type, Number) and length.type.unit is Unit.MONTH:
        return lambda day: scope.calendar.add_months(day, by, ends, solver_numbers.ends_of(length.type))
    return lambda day: day + by

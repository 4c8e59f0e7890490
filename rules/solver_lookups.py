"""What a table, a band or the clauses of a value give, in terms of z3; where the law has nothing there is a gap."""

from collections.abc import Iterator
from datetime import date

from rules.declared import beaten_by
from rules.scaled import denominator_of, scaled
from rules.schema import ByClauses, Plain, Table
from rules.solver_scope import Scope
from rules.solver_terms import Flag, Whole, both, choose, either, opposite
from rules.solver_values import Flaws, Held, Point, flawed_by, under
from rules.tree import Call, Lookup, Path
from rules.types import Choice, Number, Type
from rules.units import YearMonth

Given = tuple[Flag, Held | Point]  # whether it applies, and what it gives


def in_table(node: Lookup, scope: Scope) -> Held | Point:
    table = scope.rules.tables[node.table]
    keys = [scope.point(key) for key in node.keys]
    flaws = flawed_by(*(key.flaws for key in keys))
    given: list[Given] = []
    for place, hit in enumerate(rows_hit(table, node, [key.at for key in keys], scope)):
        scope.looked_up(node.table, place, both(hit, opposite(flaws.any)))
        given.append((hit, constant(table.rows[place].value, table.type, scope)))
    return _first_of(given, node.table, flaws, scope)


def rows_hit(table: Table, node: Lookup, at: list[Whole], scope: Scope) -> Iterator[Flag]:
    """Of each row, whether these keys meet it. The keys of a lookup stand in the order of the table's."""
    enums = [each for each, key in zip(at, node.keys, strict=True) if isinstance(key.type, Choice)]
    dated = [each for each, key in zip(at, node.keys, strict=True) if not isinstance(key.type, Choice)]
    for row in table.rows:
        same = [each == scope.code(member) for each, member in zip(enums, row.members, strict=True)]
        since = [day >= _number(row.since) for day in dated if row.since is not None]
        until = [day <= _number(row.until) for day in dated if row.until is not None]
        yield both(*same, *since, *until)


def _number(day: date | YearMonth) -> int:
    return day.number if isinstance(day, YearMonth) else day.toordinal()


def constant(value: Plain, type_: Type, scope: Scope) -> Held | Point:
    match value:
        case bool():
            return Held(value)
        case str():
            return Point(scope.code(value))
        case YearMonth() | date():
            return Point(_number(value))
    return Point(scaled(value, denominator_of(type_)))


def in_band(node: Call, scope: Scope) -> Held | Point:
    name, by = node.arguments
    if not isinstance(name, Path) or not isinstance(by.type, Number):
        raise TypeError("band was checked to name a band, and to be given a number.")
    band, at = scope.rules.bands[name.names[0]], scope.point(by)
    denominator = by.type.denominator
    reached = [_stands(at.at * step.bound.denominator, step.bound.numerator * denominator, inclusive=step.inclusive)
               for step in band.steps]  # fmt: skip
    on = [opposite(reached[0]), *(both(here, opposite(after)) for here, after in zip(reached, [*reached[1:], False]))]  # noqa: B905 - ruff cannot see that they are as long
    given: list[Given] = []
    for place, (hit, value) in enumerate(zip(on, (band.below, *(step.value for step in band.steps)), strict=True)):
        scope.looked_up(band.name, place, both(hit, opposite(at.flaws.any)))
        if value is not None:
            given.append((hit, constant(value, band.type, scope)))
    if not given:
        given = [(False, constant(0 if isinstance(band.type, Number) else "", band.type, scope))]
    return _first_of(given, band.name, at.flaws, scope)


def _stands(at: Whole, bound: int, *, inclusive: bool) -> Flag:
    return at >= bound if inclusive else at > bound


def _first_of(given: list[Given], name: str, flaws: Flaws, scope: Scope) -> Held | Point:
    """Of what applies: one at most, as rows do not overlap and a number stands on one step."""
    sound = opposite(flaws.any)
    gap = both(sound, *(opposite(hit) for hit, _ in given))
    scope.lacking(name, gap)
    return _selected(given, Flaws(either(flaws.gap, gap), flaws.conflict))


def _selected(given: list[Given], flaws: Flaws) -> Held | Point:
    """The value of the one that applies; where none does the value does not matter, but lies within the type."""
    if all(isinstance(value, Held) for _, value in given):
        yes = either(*(both(hit, value.yes) for hit, value in given if isinstance(value, Held)))
        return Held(both(yes, opposite(flaws.any)), flaws)
    points = [(hit, value) for hit, value in given if isinstance(value, Point)]
    found = points[-1][1].at
    for hit, value in reversed(points[:-1]):
        found = choose(hit, value.at, found)
    return Point(found, flaws)


# -- clauses --------------------------------------------------------------------------------------------------------


def by_clauses(value: ByClauses, given: list[Held | Point], scope: Scope) -> Held | Point:
    """The clause that applies and that no other which applies beats; `given` is what each of them gives."""
    guards = guards_of(value, scope)
    wins = winning(value, guards)
    one = [both(won, *(opposite(other) for place, other in enumerate(wins) if place != at))
           for at, won in enumerate(wins)]  # fmt: skip
    beaten = beaten_flags(value, guards)
    open_ = [under(opposite(lost), guard.flaws) for guard, lost in zip(guards, beaten, strict=True)]
    opened = flawed_by(*open_)
    two, none = both(either(*wins), opposite(either(*one))), opposite(either(*wins))
    gap, conflict = both(opposite(opened.any), none), both(opposite(opened.any), two)
    scope.lacking(value.name, gap)
    inner = flawed_by(*(under(both(won, opposite(opened.any)), each.flaws)
                        for won, each in zip(one, given, strict=True)))  # fmt: skip
    flaws = Flaws(either(opened.gap, gap, inner.gap), either(opened.conflict, conflict, inner.conflict))
    return _selected(list(zip(one, given, strict=True)), flaws)


def guards_of(value: ByClauses, scope: Scope) -> list[Held]:
    return [scope.truth(clause.when) if clause.when else Held(yes=True) for clause in value.clauses]


def beaten_flags(value: ByClauses, guards: list[Held]) -> list[Flag]:
    beats = beaten_by(value)
    return [
        either(*(guard.yes for other, guard in zip(value.clauses, guards, strict=True) if clause.id in beats[other.id]))
        for clause in value.clauses
    ]


def winning(value: ByClauses, guards: list[Held]) -> list[Flag]:
    return [both(guard.yes, opposite(lost)) for guard, lost in zip(guards, beaten_flags(value, guards), strict=True)]

"""Random cases of a policy near the numbers that it names: on the line, one before and one after."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from rules.given import Given, Listed, number_of
from rules.schema import Fact, ResolvedRules
from rules.tree import DayLiteral, Expr, Quantity, walk
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import YearMonth, in_base

AROUND = (-1, 0, 1)
DAYS = [date(2024, month, day).toordinal() for month, day in ((1, 1), (1, 31), (2, 29), (3, 31), (5, 20), (12, 31))]


def trees(rules: ResolvedRules) -> Iterator[Expr]:
    yield from (part.be for part in rules.parts.values())
    yield from (column.be for column in rules.columns.values())
    yield from (rule.when for rule in rules.rules.values())
    for value in rules.values.values():
        yield from (tree for clause in value.clauses for tree in (clause.when, clause.be) if tree)
    if rules.amount:
        yield rules.amount


class Near:
    """Draws values of a type near what the policy names."""

    def __init__(self, rules: ResolvedRules, random: Random) -> None:
        self._random = random
        self._numbers, self._days, self._months = [0, 1, 2], list(DAYS), [YearMonth(2024, 1).number]
        for node in (node for tree in trees(rules) for node in walk(tree)):
            if isinstance(node, Quantity):
                self._numbers.append(int(in_base(node.value, node.unit or "one")[0]))
            elif isinstance(node, DayLiteral):
                self._days.append(node.value.toordinal())
        for parameter in rules.parameters.values():
            if not isinstance(parameter.value, frozenset):
                self._note(number_of(parameter.value, parameter.type), parameter.type)
        for table in rules.tables.values():
            for end in (end for row in table.rows for end in (row.since, row.until) if end):
                type_: Type = Month() if isinstance(end, YearMonth) else Day()
                self._note(number_of(end, type_), type_)
        for band in rules.bands.values():
            self._numbers += [int(step.bound) for step in band.steps]
        self._days += [day + length for day in DAYS[:3] for length in self._numbers if 0 < length < 400]

    def _note(self, number: object, type_: Type) -> None:
        kinds = {Day: self._days, Month: self._months, Number: self._numbers}
        if type(type_) in kinds and isinstance(number, int):
            kinds[type(type_)].append(number)

    def case(self, declared: Mapping[str, Fact], known: float) -> dict[str, Given]:
        return {name: self._some(fact.type, known) for name, fact in declared.items() if self._random.random() < known}

    def _some(self, type_: Type, known: float) -> Given:  # noqa: PLR0911 one line per type
        match type_:
            case Truth():
                return self._random.random() < 0.5
            case Choice(members):
                return self._random.choice(members)
            case Ref():
                return self._random.choice("xyz")
            case Day():
                return date.fromordinal(self._number(self._days, type_))
            case Month():
                return YearMonth.numbered(self._number(self._months, type_))
            case Number():
                return self._number(self._numbers, type_)
        return self._list(type_, known)

    def _number(self, near: list[int], type_: Day | Month | Number) -> int:
        drawn = self._random.choice(near) + self._random.choice(AROUND)
        spread = self._random.randint(-40, 40) if self._random.random() < 0.3 else 0
        return int(min(max(drawn + spread, type_.least), type_.most))

    def _list(self, type_: Type, known: float) -> Listed:
        assert isinstance(type_, Records)
        items = tuple(
            {name: self._some(field, known) for name, field in type_.fields if self._random.random() < known}
            for _ in range(self._random.randint(0, min(4, type_.most)))
        )
        return Listed(items, complete=self._random.random() < known)

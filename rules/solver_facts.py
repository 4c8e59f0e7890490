"""The facts of a case as variables of z3, and the facts that a solution stands for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from rules import dates
from rules.given import Given, Listed
from rules.schema import ResolvedRules
from rules.solver_terms import Flag, Whole, either
from rules.solver_values import Held, ItemRow, Listing, Place, Point
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import YearMonth

OUR_TIME = (date(1950, 1, 1).toordinal(), date(2035, 12, 31).toordinal())
OTHER_IDS = 4  # ids that stand for nothing the policy names, above those that it does


@dataclass(frozen=True)
class Variable:
    """A fact, or a list: how long it is, and its items' fields."""

    type: Type
    term: Any
    items: "tuple[Mapping[str, Variable], ...]" = ()


class Variables:
    """`most`: so many items a list has at most, however many are declared."""

    def __init__(
        self,
        rules: ResolvedRules,
        names: Iterable[str],
        most: int,
        context: z3.Context,
        code: Callable[[str], int],
    ) -> None:
        self.most = most
        self.given: list[Flag] = []
        self.shortened: list[str] = []
        self._context = context
        self._code = code
        self._ids = max(OTHER_IDS, most + 1)
        self.variables = {name: self._made(name, rules.facts[name].type) for name in names}
        self.of: dict[str, Held | Point | Listing] = {
            name: _translated(name, variable) for name, variable in self.variables.items()
        }

    def _made(self, name: str, type_: Type) -> Variable:
        match type_:
            case Truth():
                return Variable(type_, z3.Bool(name, self._context))
            case Records(fields, most):
                return self._list(name, type_, fields, most)
        term = z3.Int(name, self._context)
        match type_:
            case Number(least=low, most=high, denominator=by):
                self.given += [term >= int(-(-low * by // 1)), term <= int(high * by // 1)]
            case Day(low, high) | Month(low, high):
                self.given += [term >= low, term <= high]
            case Choice(members):
                self.given.append(either(*(term == self._code(member) for member in members)))
            case Ref():
                self.given += [term >= -self._ids, term < 0]
        return Variable(type_, term)

    def _list(self, name: str, type_: Records, fields: Iterable[tuple[str, Type]], most: int) -> Variable:
        held = min(most, self.most)
        if held < most:
            self.shortened.append(name)
        length = z3.Int(f"{name}.length", self._context)
        self.given += [length >= 0, length <= held]
        items = tuple(
            {field: self._made(f"{name}[{place}].{field}", of) for field, of in fields} for place in range(1, held + 1)
        )
        return Variable(type_, length, items)

    def facts(self, model: z3.ModelRef, words: Mapping[str, int]) -> dict[str, Given]:
        """What a solution stands for, as the evaluator takes it."""
        by_code = {code: word for word, code in words.items()}
        return {name: _told(variable, model, by_code) for name, variable in self.variables.items()}

    def likely(self, selects: str) -> Iterator[list[Flag]]:
        """What is liked of a case that people will read, most first. `selects`: the day of the application."""
        dated = [each for each in _each(self.variables.values()) if isinstance(each.type, Day | Month)]
        ours = [flag for each in dated for flag in _of_our_time(each)]
        short = [each.term <= 1 for each in self.variables.values() if each.items]
        last = self.variables.get(selects)
        past = [each.term <= last.term for each in dated if last and isinstance(each.type, Day)]
        yield [*ours, *short, *past]
        yield [*ours, *short]
        yield ours

    def hold(self, facts: Mapping[str, Given]) -> bool:
        """Whether these facts are complete, and no list is longer than those that are looked at."""
        return all(_held(variable, facts.get(name)) for name, variable in self.variables.items())

    def fixed(self, facts: Mapping[str, Given], words: Mapping[str, int]) -> list[Flag]:
        """That every variable is what these facts say."""
        ids: dict[str, int] = {}
        return [each for name, variable in self.variables.items() for each in _fixed(variable, facts[name], words, ids)]


def _each(variables: Iterable[Variable]) -> Iterator[Variable]:
    for variable in variables:
        yield variable
        for item in variable.items:
            yield from _each(item.values())


def _of_our_time(variable: Variable) -> list[Flag]:
    first, last = OUR_TIME
    if isinstance(variable.type, Month):
        first, last = dates.month_of(first), dates.month_of(last)
    if not isinstance(variable.type, Day | Month) or variable.type.most < first or last < variable.type.least:
        return []
    return [variable.term >= first, variable.term <= last]


def _held(variable: Variable, given: Given) -> bool:
    if not isinstance(given, Listed):
        return given is not None
    if not given.complete or len(given.items) > len(variable.items):
        return False
    return all(
        _held(each, told.get(field))
        for item, told in zip(variable.items, given.items, strict=False)
        for field, each in item.items()
    )


def _translated(name: str, variable: Variable) -> Held | Point | Listing:
    match variable.type:
        case Truth():
            return Held(variable.term)
        case Records():
            return Listing(
                tuple(
                    Place(
                        ItemRow(name, {field: _translated(f"{name}.{field}", each) for field, each in item.items()}),
                        Held(variable.term >= place),
                    )
                    for place, item in enumerate(variable.items, 1)
                )
            )
    return Point(variable.term)


def _told(variable: Variable, model: z3.ModelRef, by_code: Mapping[int, str]) -> Given:
    found = model.eval(variable.term, model_completion=True)
    match variable.type:
        case Truth():
            return bool(z3.is_true(found))
        case Records():
            kept = variable.items[: found.as_long()]
            return Listed(tuple({field: _told(each, model, by_code) for field, each in item.items()} for item in kept))
    return plain_of(variable.type, found.as_long(), by_code)


def plain_of(type_: Type, number: int, by_code: Mapping[int, str]) -> Given:
    match type_:
        case Number(denominator=by):
            exact = Fraction(number, by)
            return exact.numerator if exact.denominator == 1 else exact
        case Day():
            return date.fromordinal(number)
        case Month():
            return YearMonth.numbered(number)
        case Choice():
            return by_code[number]
        case Ref():
            return by_code.get(number, f"id{-number}")
    raise TypeError("No fact is of this kind.")


def _fixed(variable: Variable, given: Given, words: Mapping[str, int], ids: dict[str, int]) -> Iterator[Flag]:
    if isinstance(given, Listed):
        yield variable.term == len(given.items)
        for item, told in zip(variable.items, given.items, strict=False):
            for field, each in item.items():
                yield from _fixed(each, told[field], words, ids)
        return
    yield variable.term == _number(variable.type, given, words, ids)


def _number(type_: Type, given: Given, words: Mapping[str, int], ids: dict[str, int]) -> Whole:
    match type_, given:
        case Truth(), bool():
            return given
        case Number(denominator=by), (int() | Fraction()):
            return int(given * by)
        case Day(), date():
            return given.toordinal()
        case Month(), YearMonth():
            return given.number
        case Choice(), str():
            return words[given]
        case Ref(), str():
            return words.get(given, -1 - ids.setdefault(given, len(ids)))
    raise TypeError("A fact is not of its kind.")

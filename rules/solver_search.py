"""Cases drawn by a fixed seed, near the numbers and days that a policy names: the second opinion on what z3 says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice, product
from random import Random

from rules import dates
from rules.given import Given, Listed
from rules.python_facts import plain_facts
from rules.python_program import PlainFacts, PythonProgram, facts_read
from rules.python_trace import TraceRead
from rules.scaled import only_value
from rules.schema import ResolvedRules
from rules.solver_facts import plain_of
from rules.solver_questions import Period
from rules.tree import Expr, walk
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import Unit

SEED = 20261126
MOST_ITEMS = 40
LENGTHS = (0, 1, 1, 2, 3)  # of most lists; now and then one is as long as it may be
SHORT = 0.9
MOST_BRUTE = 20_000  # cases of a policy so small that all are looked at
Ends = tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    facts: Mapping[str, Given]
    read: TraceRead


class Search:
    """Draws cases and has the generated program decide them."""

    def __init__(self, rules: ResolvedRules, period: Period | None) -> None:
        self.rules = rules
        self.names = facts_read(rules)
        self.period = period
        self._program = PythonProgram(rules)
        self._near = _Near.of(rules)

    def cases(self, number: int, seed: int = SEED) -> Iterator[Drawn]:
        """All there are, where there are few; else so many, the same every time."""
        yield from islice(map(self.decided, self._drawn(seed)), number)

    def decided(self, facts: Mapping[str, Given]) -> Drawn:
        return Drawn(facts, TraceRead(self.rules, self._program.traced(self.plain(facts))))

    def plain(self, facts: Mapping[str, Given]) -> PlainFacts:
        plain = plain_facts(self.rules, self.names, facts)
        if plain is None:
            raise TypeError("A drawn case was not complete.")
        return plain

    def _drawn(self, seed: int) -> Iterator[Mapping[str, Given]]:
        whole = [self._all(name) for name in self.names]
        ways = 1
        for values in whole:
            ways *= len(values) if values else MOST_BRUTE + 1
        if ways <= MOST_BRUTE:
            yield from (dict(zip(self.names, way, strict=True)) for way in product(*(v for v in whole if v)))
            return
        random = Random(seed)  # noqa: S311 - dice
        while True:
            yield self._one(random)

    def _all(self, name: str) -> list[Given] | None:
        match self.rules.facts[name].type:
            case Truth():
                return [True, False]
            case Choice(members):
                return list(members)
            case (Number() | Day() | Month()) as type_:
                first, last = self._ends(name, type_)
                return [plain_of(type_, at, {}) for at in range(first, last + 1)] if last - first < MOST_BRUTE else None
        return None

    def _ends(self, name: str, type_: Number | Day | Month) -> Ends:
        first, last = _ends(type_)
        if self.period and self.period.fact == name:
            return max(first, self.period.since), min(last, self.period.until)
        return first, last

    def _one(self, random: Random) -> Mapping[str, Given]:
        today = random.randint(self.period.since, self.period.until) if self.period else _around_now(random)
        found = {name: self._value(random, self.rules.facts[name].type, today) for name in self.names}
        if self.period and self.period.fact in found:
            found[self.period.fact] = date.fromordinal(today)
        return found

    def _value(self, random: Random, type_: Type, today: int) -> Given:
        match type_:
            case Truth():
                return random.random() < 0.5  # noqa: PLR2004 - as often as not
            case Choice(members):
                return random.choice(members)
            case Ref():
                return random.choice(("one", "another", "a-third"))
            case Records(fields, most):
                length = random.choice(LENGTHS) if random.random() < SHORT else random.randint(0, min(most, MOST_ITEMS))
                items = ({n: self._value(random, of, today) for n, of in fields} for _ in range(min(length, most)))
                return Listed(tuple(items))
            case Number() | Day() | Month():
                return plain_of(type_, _clipped(self._near.near(random, type_, today), _ends(type_)), {})
        raise TypeError("No fact is of this kind.")


def _ends(type_: Number | Day | Month) -> Ends:
    by = type_.denominator if isinstance(type_, Number) else 1
    return int(-(-type_.least * by // 1)), int(type_.most * by // 1)


def _clipped(at: int, ends: Ends) -> int:
    return max(ends[0], min(ends[1], at))


def _around_now(random: Random) -> int:
    return random.randint(date(2005, 1, 1).toordinal(), date(2035, 12, 31).toordinal())


@dataclass(frozen=True)
class _Near:
    """The numbers that a policy names, by unit, and its days."""

    numbers: Mapping[Unit, tuple[Fraction, ...]]
    days: tuple[int, ...]

    @classmethod
    def of(cls, rules: ResolvedRules) -> "_Near":
        numbers: dict[Unit, set[Fraction]] = {unit: set() for unit in Unit}
        days: set[int] = set()
        types = [each.type for tree in _trees(rules) for each in walk(tree)]
        types += [each.type for each in rules.parameters.values()]
        for type_ in types:
            value = only_value(type_)
            if value is not None and isinstance(type_, Number):
                numbers[type_.unit].add(Fraction(value))
            elif value is not None and isinstance(type_, Day):
                days.add(int(value))
        for band in rules.bands.values():
            numbers[band.by.unit] |= {Fraction(step.bound) for step in band.steps}
        for table in rules.tables.values():
            ends = [end for row in table.rows for end in (row.since, row.until)]
            days |= {end.toordinal() for end in ends if isinstance(end, date)}
        kept = {unit: tuple(sorted(found)) for unit, found in numbers.items()}
        return cls(kept, tuple(sorted(days)))

    def near(self, random: Random, type_: Number | Day | Month, today: int) -> int:
        """On a line that the policy draws, beside one, or anywhere."""
        first, last = _ends(type_)
        if random.random() < 0.2:  # noqa: PLR2004 - now and then
            return random.choice((random.randint(first, last), random.randint(first, last), first, last))
        step = random.choice((-1, 0, 0, 0, 1))
        match type_:
            case Number(unit=unit, denominator=by):
                among = self.numbers[unit]
                return int(random.choice(among) * by) + step if among else random.randint(first, last)
            case Month():
                return dates.month_of(self._day(random, today)) + step
        return self._day(random, today) + step

    def _day(self, random: Random, today: int) -> int:
        day = random.choice((today, today, *self.days[:20]))
        if random.random() < 0.7 and (months := self.numbers[Unit.MONTH]):  # noqa: PLR2004 - mostly
            by = int(random.choice(months)) * random.choice((-1, -1, 1))
            return _moved(day, by + random.choice((0, 0, 0, random.randint(-12, 12))))
        lengths = self.numbers[Unit.DAY] or (Fraction(30),)
        return day + int(random.choice(lengths)) * random.choice((-1, -1, 1))


def _moved(day: int, months: int) -> int:
    reached = dates.month_of(day) + months
    return dates.add_months(day, months) if 1800 * 12 <= reached <= 2400 * 12 else day


def _trees(rules: ResolvedRules) -> Iterator[Expr]:
    yield from (rule.when for rule in rules.rules.values())
    yield from (part.be for part in rules.parts.values())
    yield from (column.be for column in rules.columns.values())
    for value in rules.values.values():
        yield from (tree for clause in value.clauses for tree in (clause.when, clause.be) if tree)
    if rules.amount:
        yield rules.amount

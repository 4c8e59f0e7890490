"""A policy is checked once, when it is loaded, so that nothing can fail while a case is decided."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from rules import declared, ranges
from rules.errors import PolicyError, PolicyRefused
from rules.given import number_of
from rules.infer import Inference, one_type
from rules.places import NOWHERE, Place
from rules.reads import Reads, mentioned
from rules.schema import (
    Band,
    ByClauses,
    Clause,
    Column,
    Fact,
    Parameter,
    Part,
    Plain,
    ResolvedRules,
    Rule,
    Schema,
    Table,
)
from rules.tree import Expr, Means
from rules.types import Choice, Number, Ordered, Record, Records, Type, in_words
from rules.units import Unit
from rules.words import ITEM

Key = TypeVar("Key")
Each = TypeVar("Each")
Found = TypeVar("Found")


def check(schema: Schema) -> ResolvedRules:
    """The policy with every tree typed, or PolicyRefused with everything that is wrong with it."""
    errors = list(declared.problems(schema))
    if errors:
        raise PolicyRefused(errors)
    checker = _Checker(schema)
    resolved = checker.resolved()
    checker.errors += [] if checker.errors else _unread(schema, resolved)
    if checker.errors:
        raise PolicyRefused(checker.errors)
    return resolved


class _Checker:
    """Types every expression when it is first needed, which finds an order to reckon them in, or a circle."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._facts = {fact.name: _with_origin(fact) for fact in schema.facts}
        self._parameters = {parameter.name: parameter for parameter in schema.parameters}
        self._tables = {table.name: _table_with_range(table) for table in schema.tables}
        self._bands = {band.name: _band_with_range(band) for band in schema.bands}
        self._derive = {part.name: part for part in schema.derive}
        self._values = {value.name: value for value in schema.values}
        self._columns = {(column.of, column.name): column for column in schema.columns}
        self._done: dict[str, object] = {}
        self._doing: list[str] = []
        self.errors: list[PolicyError] = []

    def resolved(self) -> ResolvedRules:
        found = ResolvedRules(
            facts=self._facts,
            parameters=self._parameters,
            tables=self._tables,
            bands=self._bands,
            parts=self._each(self._derive, self._part),
            values=self._each(self._values, self._value),
            columns=self._each(self._columns, self._column),
            rules=self._each({rule.id: rule for rule in self._schema.rules}, self._rule),
            amount=next(iter(self._each({"amount": self._schema.amount}, self._amount).values()), None),
            age_reached=self._schema.age_reached,
        )
        reads = Reads(found)
        return replace(found, reads={rule.id: reads.of(rule.when) for rule in found.rules.values()})

    def _each(self, given: Mapping[Key, Each], typed: Callable[[Each], Found]) -> dict[Key, Found]:
        """What could be typed; what could not is reported, each error once however many expressions read it."""
        found: dict[Key, Found] = {}
        for key, each in given.items():
            try:
                found[key] = typed(each)
            except PolicyError as error:
                if not any(error is known for known in self.errors):
                    self.errors.append(error)
        return found

    # -- what names stand for (rules.infer.Names) --------------------------------------------------------------

    @cached_property
    def members(self) -> Collection[str]:
        return declared.members_of(self._schema)

    @property
    def facts_declared(self) -> Collection[str]:
        return self._schema.facts_declared

    def known(self) -> Collection[str]:
        return [*self._facts, *self._parameters, *self._derive, *self._values]

    def tables(self) -> Collection[str]:
        return self._tables

    def bands(self) -> Collection[str]:
        return self._bands

    def meaning(self, name: str) -> tuple[Means, Type] | None:
        if name in self._facts:
            return Means.FACT, self._facts[name].type
        if name in self._parameters:
            return Means.PARAMETER, self._parameters[name].type
        if name in self._derive:
            return Means.PART, self._part(self._derive[name]).be.type
        if name in self._values:
            value = self._value(self._values[name])
            return Means.VALUE, one_type(tuple(clause.be for clause in value.clauses), value.place)
        return None

    def column(self, of: str, name: str) -> Type | None:
        column = self._columns.get((of, name))
        return self._column(column).be.type if column else None

    def table(self, name: str) -> tuple[tuple[Type, ...], Type] | None:
        table = self._tables.get(name)
        return (table.keys, table.type) if table else None

    def band(self, name: str) -> tuple[Number, Type] | None:
        band = self._bands.get(name)
        return (band.by, band.type) if band else None

    # -- typing ------------------------------------------------------------------------------------------------

    def _once(self, name: str, typed: Callable[[], Found]) -> Found:
        if name in self._doing:
            circle = [*self._doing[self._doing.index(name) :], name]
            raise PolicyError(f"{' needs '.join(circle)}: a circle", self._place(name))
        if name not in self._done:
            self._doing.append(name)
            try:
                self._done[name] = typed()
            except PolicyError as error:
                self._done[name] = error
            finally:
                self._doing.pop()
        found = self._done[name]
        if isinstance(found, PolicyError):
            raise found
        return found  # type: ignore[return-value]  # kept under its own name by the same function

    def _part(self, part: Part) -> Part:
        return self._once(part.name, lambda: replace(part, be=Inference(self).typed(part.be)))

    def _value(self, value: ByClauses) -> ByClauses:
        def typed() -> ByClauses:
            clauses = tuple(self._clause(clause) for clause in value.clauses)
            one_type(tuple(clause.be for clause in clauses), value.place)
            return replace(value, clauses=clauses)

        return self._once(value.name, typed)

    def _clause(self, clause: Clause) -> Clause:
        inference = Inference(self)
        when = clause.when and inference.truth(clause.when)
        return replace(clause, when=when, be=inference.typed(clause.be))

    def _column(self, column: Column) -> Column:
        def typed() -> Column:
            of = self._facts[column.of].type
            fields = of.fields if isinstance(of, Records) else ()
            inference = Inference(self, {ITEM: Record(fields, column.of)})
            return replace(column, be=inference.typed(column.be))

        return self._once(f"{column.of}.{column.name}", typed)

    def _rule(self, rule: Rule) -> Rule:
        return replace(rule, when=Inference(self).truth(rule.when))

    def _amount(self, amount: Expr | None) -> Expr | None:
        if amount is None:
            return None
        typed = Inference(self).typed(amount)
        if not isinstance(typed.type, Number) or typed.type.unit is not Unit.FEN:
            raise PolicyError(f"the amount is {in_words(typed.type)}", amount.place, expected="money, in fen or yuan")
        if typed.type.denominator != 1:
            raise PolicyError(
                "the amount can be a fraction of a fen", amount.place, expected="round_down, round_half_up …"
            )
        return typed

    def _place(self, name: str) -> Place:
        places = {f"{column.of}.{column.name}": column.place for column in self._schema.columns}
        places |= {part.name: part.place for part in self._schema.derive}
        places |= {value.name: value.place for value in self._schema.values}
        return places.get(name, NOWHERE)


def _with_origin(fact: Fact) -> Fact:
    return replace(fact, type=replace(fact.type, of=fact.name)) if isinstance(fact.type, Records) else fact


def _table_with_range(table: Table) -> Table:
    return replace(table, type=_range([row.value for row in table.rows], table.type))


def _band_with_range(band: Band) -> Band:
    values = [band.below, *(step.value for step in band.steps)]
    return replace(band, type=_range([value for value in values if value is not None], band.type))


def _range(values: list[Plain], type_: Type) -> Type:
    """The type of one of these values."""
    if isinstance(type_, Choice) or not isinstance(type_, Ordered):
        return type_
    numbers = [number for value in values if (number := number_of(value, type_)) is not None]
    if isinstance(type_, Number):
        return ranges.union([ranges.constant(number, type_.unit) for number in numbers], NOWHERE)
    return type(type_)(int(min(numbers)), int(max(numbers)))


def _unread(schema: Schema, resolved: ResolvedRules) -> Iterator[PolicyError]:
    """A fact asked of people and never read, or a number nobody applies, is a mistake in one place or the other."""
    read = mentioned(resolved) | schema.read_elsewhere
    declarations: tuple[Fact | Parameter | Table | Band, ...] = (
        *schema.facts,
        *schema.parameters,
        *schema.tables,
        *schema.bands,
    )
    for each in declarations:
        if each.name not in read:
            yield PolicyError(f"the {type(each).__name__.lower()} '{each.name}' is read by no rule", each.place)

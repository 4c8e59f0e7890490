"""Whether the declarations of a policy make sense by themselves, before its expressions are read."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from rules.errors import PolicyError, nearest
from rules.given import number_of
from rules.places import Place
from rules.schema import Band, ByClauses, Fact, Parameter, Part, Plain, Schema, Table
from rules.types import Choice, Day, Members, Month, Number, Records, Ref, Truth, Type, in_words
from rules.words import RESERVED, is_name, kind_of


def names_of(schema: Schema) -> list[tuple[str, Place]]:
    """Every name that the policy declares, of whatever kind."""
    declared: tuple[Fact | Parameter | Table | Band | Part | ByClauses, ...] = (
        *schema.facts,
        *schema.parameters,
        *schema.tables,
        *schema.bands,
        *schema.derive,
        *schema.values,
    )
    return [(each.name, each.place) for each in declared]


def members_of(schema: Schema) -> frozenset[str]:
    """Every member of every enum, wherever it is declared."""
    types: list[Type] = [fact.type for fact in schema.facts]
    types += [parameter.type for parameter in schema.parameters]
    types += [type_ for table in schema.tables for type_ in (*table.keys, table.type)]
    types += [band.type for band in schema.bands]
    return frozenset(member for type_ in types for member in _members(type_))


def _members(type_: Type) -> Iterator[str]:
    match type_:
        case Choice(members) | Members(members):
            yield from members
        case Records(fields):
            for _, field in fields:
                yield from _members(field)


def problems(schema: Schema) -> Iterator[PolicyError]:
    yield from _names(schema)
    for fact in schema.facts:
        yield from _fact(fact)
    moving = [fact for fact in schema.facts if fact.moves]
    if len(moving) > 1:
        yield PolicyError(
            f"both {moving[0].name} and {moving[1].name} move", moving[1].place, expected="one reference date"
        )
    for parameter in schema.parameters:
        yield from _parameter(parameter)
    for table in schema.tables:
        yield from _table(table)
    for band in schema.bands:
        yield from _band(band)
    for value in schema.values:
        yield from _clauses(value)
    yield from _columns(schema)
    yield from _twice([(rule.id, rule.place) for rule in schema.rules], "rule")


def _names(schema: Schema) -> Iterator[PolicyError]:
    names = names_of(schema)
    members = members_of(schema)
    yield from _twice(names, "name")
    for name, place in names:
        if name in RESERVED:
            yield PolicyError(f"'{name}' is {kind_of(name)}, not a name", place)
        elif not is_name(name):
            yield PolicyError(
                f"'{name}' is not a name", place, expected="letters, digits and _, beginning with a letter"
            )
        if name in members:
            yield PolicyError(f"'{name}' is a name and also a member of an enum", place, expected="two different words")
    for member in sorted(members):
        if member in RESERVED or not is_name(member):
            yield PolicyError(f"'{member}' cannot be a member of an enum", expected="letters, digits and _")


def _twice(names: list[tuple[str, Place]], kind: str) -> Iterator[PolicyError]:
    counted = Counter(name for name, _ in names)
    seen: set[str] = set()
    for name, place in names:
        if counted[name] > 1 and name in seen:
            yield PolicyError(f"the {kind} '{name}' is declared twice", place)
        seen.add(name)


def _fact(fact: Fact) -> Iterator[PolicyError]:
    if fact.moves and not isinstance(fact.type, Day):
        yield PolicyError(f"'{fact.name}' moves and is not a day", fact.place)
    yield from _range(fact.name, fact.type, fact.place, depth=0)


def _range(name: str, type_: Type, place: Place, depth: int) -> Iterator[PolicyError]:
    match type_:
        case Number() | Day() | Month() if type_.least > type_.most:
            yield PolicyError(f"the min of '{name}' is above its max", place)
        case Choice(members) if len(set(members)) != len(members) or not members:
            yield PolicyError(f"the members of '{name}' are not different words", place)
        case Records(fields) if depth > 1:
            yield PolicyError(f"'{name}' is a list inside a list inside a list", place, expected="two at most")
        case Records(fields, most):
            if most < 1:
                yield PolicyError(f"'{name}' can hold no item", place, expected="a max of 1 or more")
            for field, field_type in fields:
                yield from _range(f"{name}.{field}", field_type, place, depth + 1)


def _parameter(parameter: Parameter) -> Iterator[PolicyError]:
    if not isinstance(parameter.type, Number | Members) and not _fits(parameter.value, parameter.type):
        yield PolicyError(f"the value of '{parameter.name}' is not {in_words(parameter.type)}", parameter.place)
    if not isinstance(parameter.type, Number):
        return
    value = Fraction(parameter.type.most)
    if parameter.at_most is not None and value > parameter.at_most:
        yield PolicyError(f"'{parameter.name}' is {value}, above the ceiling {parameter.at_most}", parameter.place)
    if parameter.at_least is not None and value < parameter.at_least:
        yield PolicyError(f"'{parameter.name}' is {value}, below the floor {parameter.at_least}", parameter.place)


def _fits(value: Plain | frozenset[str] | None, type_: Type) -> bool:
    match type_:
        case Choice(members):
            return value in members
        case Truth():
            return isinstance(value, bool)
        case Ref():
            return isinstance(value, str)
        case _:
            return not isinstance(value, frozenset) and value is not None and number_of(value, type_) is not None


def _table(table: Table) -> Iterator[PolicyError]:
    enums = [key for key in table.keys if isinstance(key, Choice)]
    dated = [key for key in table.keys if isinstance(key, Day | Month)]
    if len(enums) + len(dated) != len(table.keys) or len(dated) > 1:
        yield PolicyError(f"the keys of '{table.name}'", table.place, expected="enums, and at most one day or month")
        return
    if not table.rows:
        yield PolicyError(f"'{table.name}' has no rows", table.place)
    for row in table.rows:
        if not _fits(row.value, table.type):
            yield PolicyError(f"a value of '{table.name}' is not {in_words(table.type)}", row.place)
        yield from _row_keys(table, row.members, [key.members for key in enums], row.place)
    yield from _overlaps(table, dated[0] if dated else None)


def _row_keys(table: Table, given: tuple[str, ...], keys: list[tuple[str, ...]], place: Place) -> Iterator[PolicyError]:
    if len(given) != len(keys):
        yield PolicyError(f"a row of '{table.name}' has {len(given)} keys", place, expected=f"{len(keys)}")
        return
    for member, members in zip(given, keys, strict=True):
        if member not in members:
            expected, suggestion = ", ".join(members), nearest(member, members)
            yield PolicyError(
                f"'{member}' is no key of '{table.name}'", place, expected=expected, suggestion=suggestion
            )


def _overlaps(table: Table, dated: Type | None) -> Iterator[PolicyError]:
    def bound(value: Plain | None, otherwise: int) -> int:
        number = None if value is None or dated is None else number_of(value, dated)
        return otherwise if number is None else int(number)

    rows = [(row.members, bound(row.since, 0), bound(row.until, 10**9), row.place) for row in table.rows]
    rows.sort(key=lambda row: row[:3])
    for (members, _, until, _), (other, since, _, place) in pairwise(rows):
        if members == other and since <= until:
            yield PolicyError(f"two rows of '{table.name}' hold at once", place, expected="rows that do not overlap")


def _band(band: Band) -> Iterator[PolicyError]:
    values = [band.below, *(step.value for step in band.steps)]
    if any(value is not None and not _fits(value, band.type) for value in values):
        yield PolicyError(f"a value of '{band.name}' is not {in_words(band.type)}", band.place)
    bounds = [(step.bound, not step.inclusive) for step in band.steps]
    if bounds != sorted(set(bounds)) or not bounds:
        yield PolicyError(f"the steps of '{band.name}' do not rise", band.place)


def _clauses(value: ByClauses) -> Iterator[PolicyError]:
    ids = [clause.id for clause in value.clauses]
    yield from _twice([(clause.id, clause.place) for clause in value.clauses], "clause")
    if not ids:
        yield PolicyError(f"'{value.name}' has no clauses", value.place)
    for clause in value.clauses:
        for beaten in clause.beats:
            if beaten not in ids:
                suggestion = nearest(beaten, ids)
                yield PolicyError(
                    f"'{clause.id}' beats '{beaten}', which is no clause", clause.place, suggestion=suggestion
                )
        if clause.id in beaten_by(value)[clause.id]:
            yield PolicyError(f"'{clause.id}' beats itself in the end", clause.place)


def beaten_by(value: ByClauses) -> dict[str, frozenset[str]]:
    """For each clause all that it beats, directly or through one that it beats."""
    beats = {clause.id: set(clause.beats) for clause in value.clauses}
    for _ in beats:
        for beaten in beats.values():
            beaten |= {further for clause in beaten for further in beats.get(clause, ())}
    return {clause: frozenset(beaten) for clause, beaten in beats.items()}


def _columns(schema: Schema) -> Iterator[PolicyError]:
    lists = {fact.name: fact.type for fact in schema.facts if isinstance(fact.type, Records)}
    yield from _twice([(f"{column.of}.{column.name}", column.place) for column in schema.columns], "column")
    for column in schema.columns:
        of = lists.get(column.of)
        if of is None:
            yield PolicyError(f"'{column.of}' is not a list, so it has no columns", column.place)
        elif of.field(column.name) is not None:
            yield PolicyError(f"'{column.name}' is already a field of '{column.of}'", column.place)

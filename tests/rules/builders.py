"""Policies and facts written short, for tests of the language: the loader of policy files is tested elsewhere."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from cases.authorities import Authority, Tag
from cases.determinations import Verdict
from cases.wording import Wording
from rules.check import check
from rules.evaluate import evaluate
from rules.given import Given, Listed
from rules.parser import parse
from rules.schema import (
    AgeReached,
    AskedOf,
    Band,
    ByClauses,
    Clause,
    Column,
    Fact,
    Field,
    Parameter,
    Part,
    Plain,
    ResolvedRules,
    Role,
    Row,
    Rule,
    Schema,
    Step,
    Table,
)
from rules.types import REF, TRUTH, Choice, Day, Members, Month, Number, Records, Type
from rules.units import BASE, Unit, YearMonth, in_base
from tests.rules.agreeing import check_agreement

AUTHORITY = Authority("示例", Tag.MEMORY)
NO_WORDS = Wording("", "")
DEFAULT_RANGE = (0, 1_000_000)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_QUANTITY = re.compile(r"(-?\d+)(?:/(\d+))?(%)?\s*([a-z]*?)s?")


def plain(text: object) -> Plain:
    """2024-01-01, 2024-01, 60 years, 2/3, 50 fen, yes; any other word is a member or a ref."""
    if not isinstance(text, str):
        return text  # type: ignore[return-value]  # a test passes what it means
    if text in ("yes", "no"):
        return text == "yes"
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _MONTH.fullmatch(text):
        return YearMonth.parse(text)
    if match := _QUANTITY.fullmatch(text):
        value = Fraction(int(match[1]), int(match[2] or 1) * (100 if match[3] else 1))
        number = in_base(value, match[4] or "one")[0]
        return int(number) if Fraction(number).denominator == 1 else number
    return text


def given(value: object) -> Given:
    match value:
        case Listed(items, complete):
            return Listed(tuple({key: given(each) for key, each in item.items()} for item in items), complete)
        case list():
            return given(Listed(tuple(value)))
        case None:
            return None
    return plain(value)


def at_least_these(*items: Mapping[str, Any]) -> Listed:
    return Listed(items, complete=False)


def facts(**values: object) -> dict[str, Given]:
    return {name: given(value) for name, value in values.items()}


def a_type(text: str | tuple[Mapping[str, Any], int]) -> Type:
    """day, month, bool, ref, female|male, `fen`, `months 0..36`, or ({field: type}, most)."""
    if isinstance(text, tuple):
        return Records(tuple((name, a_type(field)) for name, field in text[0].items()), text[1])
    kind, _, bounds = text.partition(" ")
    simple: dict[str, Type] = {"bool": TRUTH, "ref": REF}
    if kind in simple:
        return simple[kind]
    if "|" in kind:
        return Choice(tuple(kind.split("|")))
    ends = [plain(end) for end in bounds.split("..")] if bounds else []
    if kind == "day":
        return Day(*(end.toordinal() for end in ends if isinstance(end, date)))
    if kind == "month":
        return Month(*(end.number for end in ends if isinstance(end, YearMonth)))
    unit, factor = BASE[{"days": "day", "months": "month", "years": "year"}.get(kind, kind)]
    least, most = [end for end in ends if isinstance(end, int)] or DEFAULT_RANGE
    return Number(unit, least * factor, most * factor)


def a_fact(name: str, declared: str | tuple[Mapping[str, Any], int]) -> Fact:
    asked_of = AskedOf.APPLICANT
    if isinstance(declared, str) and declared.startswith("officer "):
        asked_of, declared = AskedOf.OFFICER, declared.removeprefix("officer ")
    type_ = a_type(declared)
    fields: tuple[Field, ...] = ()
    if isinstance(type_, Records):
        fields = tuple(Field(field, field_type, NO_WORDS) for field, field_type in type_.fields)
    return Fact(name, type_, NO_WORDS, NO_WORDS, asked_of, fields=fields)


def a_parameter(name: str, text: str) -> Parameter:
    if text.startswith("{"):
        members = tuple(text.strip("{}").replace(" ", "").split(","))
        return Parameter(name, frozenset(members), Members(members), AUTHORITY)
    value = plain(text)
    unit = BASE[text.split()[1].rstrip("s")][0] if isinstance(value, int | Fraction) and " " in text else Unit.ONE
    return Parameter(name, value, type_of(value, unit), AUTHORITY)


def type_of(value: Plain, unit: Unit) -> Type:
    match value:
        case bool():
            return TRUTH
        case int() | Fraction():
            return Number(unit, value, value, Fraction(value).denominator)
        case date():
            return Day(value.toordinal(), value.toordinal())
        case YearMonth():
            return Month(value.number, value.number)
    raise TypeError(value)


def a_table(name: str, keys: Sequence[str], kind: str, *rows: tuple[str, ...]) -> Table:
    """Rows: the members of the enum keys, then since and until if a key is dated (or ""), then the value."""
    types = tuple(map(a_type, keys))
    enums = sum(isinstance(key, Choice) for key in types)

    def row(cells: tuple[str, ...]) -> Row:
        since, until = cells[enums : enums + 2] if enums < len(types) else ("", "")
        dated = [plain(cell) if cell else None for cell in (since, until)]
        return Row(cells[:enums], plain(cells[-1]), AUTHORITY, dated[0], dated[1])  # type: ignore[arg-type]  # days

    return Table(name, types, a_type(kind), tuple(map(row, rows)))


def a_band(name: str, by: str, kind: str, below: str | None, *steps: tuple[str, str, str | None]) -> Band:
    """Steps: ("at_least" or "above", bound, value); None is a gap."""
    by_type = a_type(by)
    assert isinstance(by_type, Number)
    made = tuple(
        Step(bound, how == "at_least", None if value is None else plain(value), AUTHORITY)
        for how, text, value in steps
        if isinstance(bound := plain(text), int | Fraction)
    )
    return Band(name, by_type, a_type(kind), None if below is None else plain(below), made)


def a_clause(name: str, clause: Mapping[str, Any]) -> Clause:
    when = parse(clause["when"]) if "when" in clause else None
    return Clause(name, parse(clause["be"]), when, tuple(clause.get("beats", ())))


def a_schema(  # noqa: PLR0913 one argument per section of a policy
    *,
    facts: Mapping[str, Any] | None = None,
    parameters: Mapping[str, str] | None = None,
    derive: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
    columns: Mapping[str, str] | None = None,
    rules: Mapping[str, str] | None = None,
    amount: str | None = None,
    tables: Sequence[Table] = (),
    bands: Sequence[Band] = (),
    age_reached: AgeReached = AgeReached.ON_BIRTHDAY,
    read_elsewhere: frozenset[str] = frozenset(),
) -> Schema:
    """`rules`: {"old: ground": "…"}; without a role, a condition. `columns`: {"payments.stopped": "…"}."""
    return Schema(
        facts=tuple(a_fact(name, declared) for name, declared in (facts or {}).items()),
        parameters=tuple(a_parameter(name, text) for name, text in (parameters or {}).items()),
        tables=tuple(tables),
        bands=tuple(bands),
        derive=tuple(Part(name, parse(text)) for name, text in (derive or {}).items()),
        values=tuple(
            ByClauses(name, tuple(a_clause(id_, clause) for id_, clause in clauses.items()))
            for name, clauses in (values or {}).items()
        ),
        columns=tuple(
            Column(name.partition(".")[0], name.partition(".")[2], parse(text))
            for name, text in (columns or {}).items()
        ),
        rules=tuple(a_rule(name, text) for name, text in (rules or {}).items()),
        amount=parse(amount) if amount else None,
        age_reached=age_reached,
        read_elsewhere=read_elsewhere,
    )


def a_rule(name: str, text: str) -> Rule:
    id_, _, role = name.partition(": ")
    return Rule(id_, Role(role or "condition"), parse(text), NO_WORDS, AUTHORITY)


def a_policy(**declared: Any) -> ResolvedRules:
    return check(a_schema(**declared))


def comes_to(policy: ResolvedRules, known: Mapping[str, Given]) -> dict[str, Any]:
    """Everything a situation can be expected to come to, in plain words."""
    found = evaluate(policy, known)
    check_agreement(policy, known)
    amount = found.amount
    return {
        "conclusion": str(found.conclusion),
        "holds": [result.rule.id for result in found.results if result.verdict is Verdict.YES],
        "amount": amount.lo if amount and amount.point else None,
        "asked": list(found.asked.facts),
        **{reading.name: reading.value for reading in found.parts},
        **{f"{item.item}.{reading.name}": reading.value for item in found.items for reading in item.read},
    }


def expect(policy: ResolvedRules, known: Mapping[str, Given], **expected: object) -> None:
    found = comes_to(policy, known)
    assert {name: found.get(name) for name in expected} == expected

"""Values as people write them: yuan and not fen, years where the policy says years, yes and no."""

import re
from fractions import Fraction

from cases.wording import Wording
from rules.documents import Item
from rules.loading import Mapping, Scalar
from rules.schema import Fact
from rules.types import TRUTH, Exact, Month, Number, Type
from rules.units import MONTHS_IN_A_YEAR, Unit

FEN_IN_A_YUAN = 100
EXACT = re.compile(r"-?\d+(/\d+)?")
UNITS = {
    "one": Wording("", ""),
    "fen": Wording("分", " fen"),
    "yuan": Wording("元", " yuan"),
    "day": Wording("天", " days"),
    "month": Wording("个月", " months"),
    "year": Wording("年", " years"),
}
WITHOUT_VALUE = {
    "?": Wording("未知", "unknown"),
    "gap": Wording("法规未规定", "no value in the law"),
    "conflict": Wording("规定冲突", "clauses conflict"),
}
TRUTHS = {"true": Wording("是", "yes"), "false": Wording("否", "no")}


def shown_unit(item: Item) -> Wording:
    """The unit in which a parameter is written."""
    return UNITS.get(written_unit(item), UNITS["one"])


def written_unit(item: Item) -> str:
    unit = item.node.entries.get("unit") if isinstance(item.node, Mapping) else None
    return unit.text if isinstance(unit, Scalar) else "one"


def shown_fact(fact: Fact, value: str) -> Wording:
    """A fact's canonical text as a person would say it."""
    return shown(fact.type, value, fact.given_in)


def shown(type_: Type, value: str, given_in: str = "") -> Wording:
    """Any value's canonical text; what is not known, or has no value, says so."""
    if value in WITHOUT_VALUE:
        return WITHOUT_VALUE[value]
    if type_ == TRUTH:
        return TRUTHS.get(value, Wording(value, value))
    low, between, high = value.partition("..")
    if between:
        least, most = shown(type_, low, given_in), shown(type_, high, given_in)
        return Wording(f"{least.zh}至{most.zh}", f"{least.en} to {most.en}")
    if isinstance(type_, Number) and EXACT.fullmatch(value):
        number = Fraction(value)
        return _number(int(number), type_.unit, given_in) if number.denominator == 1 else _part(number, type_.unit)
    return Wording(value, value)


def shown_change(type_: Type, by: Exact, given_in: str = "") -> Wording:
    """By how much a number changes, or by how far a day or month moves."""
    match type_:
        case Number():
            size, more, less = shown(type_, str(abs(by)), given_in), ("增加", "more"), ("减少", "less")
        case _:
            unit = "month" if isinstance(type_, Month) else "day"
            size, more, less = _with_unit(str(abs(by)), unit), ("推后", "later"), ("提前", "earlier")
    zh, en = more if by > 0 else less
    return Wording(f"{zh}{size.zh}", f"{size.en} {en}")


def _one(counted: str) -> str:
    """1 day, not 1 days."""
    return counted.removesuffix("s") if counted.startswith("1 ") else counted


def _number(value: int, unit: Unit, given_in: str) -> Wording:
    if unit is Unit.FEN:
        yuan, fen = divmod(abs(value), FEN_IN_A_YUAN)
        written = f"{'-' if value < 0 else ''}{yuan}" + (f".{fen:02d}" if fen else "")
        return _with_unit(written, "yuan")
    if given_in == "year" and value % MONTHS_IN_A_YEAR == 0:
        return _with_unit(str(value // MONTHS_IN_A_YEAR), "year")
    return _with_unit(str(value), unit.value)


def _part(value: Fraction, unit: Unit) -> Wording:
    """Not a whole number; money of which part of a fen is left says that it is not all there."""
    if unit is not Unit.FEN:
        return _with_unit(str(value), unit.value)
    cut = _number(int(value), unit, "")
    return Wording(f"约{cut.zh}", f"about {cut.en}")


def _with_unit(written: str, unit: str) -> Wording:
    return Wording(written + UNITS[unit].zh, _one(written + UNITS[unit].en))

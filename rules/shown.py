"""Values as people write them: yuan and not fen, years where the policy says years, yes and no."""

from cases.wording import Wording
from rules.documents import Item
from rules.loading import Mapping, Scalar
from rules.schema import Fact
from rules.types import TRUTH, Number
from rules.units import MONTHS_IN_A_YEAR, Unit

FEN_IN_A_YUAN = 100
UNITS = {
    "one": Wording("", ""),
    "fen": Wording("分", " fen"),
    "yuan": Wording("元", " yuan"),
    "day": Wording("天", " days"),
    "month": Wording("个月", " months"),
    "year": Wording("年", " years"),
}
TRUTHS = {"true": Wording("是", "yes"), "false": Wording("否", "no")}


def shown_unit(item: Item) -> Wording:
    """The unit in which a parameter is written."""
    unit = item.node.entries.get("unit") if isinstance(item.node, Mapping) else None
    return UNITS.get(unit.text, UNITS["one"]) if isinstance(unit, Scalar) else UNITS["one"]


def shown_fact(fact: Fact, value: str) -> Wording:
    """A fact's canonical text as a person would say it."""
    if fact.type == TRUTH:
        return TRUTHS.get(value, Wording(value, value))
    if isinstance(fact.type, Number) and value.lstrip("-").isdigit():
        return _number(int(value), fact.type.unit, fact.given_in)
    return Wording(value, value)


def _number(value: int, unit: Unit, given_in: str) -> Wording:
    if unit is Unit.FEN:
        yuan, fen = divmod(abs(value), FEN_IN_A_YUAN)
        written = f"{'-' if value < 0 else ''}{yuan}" + (f".{fen:02d}" if fen else "")
        return _with_unit(written, "yuan")
    if given_in == "year" and value % MONTHS_IN_A_YEAR == 0:
        return _with_unit(str(value // MONTHS_IN_A_YEAR), "year")
    return _with_unit(str(value), unit.value)


def _with_unit(written: str, unit: str) -> Wording:
    return Wording(written + UNITS[unit].zh, written + UNITS[unit].en)

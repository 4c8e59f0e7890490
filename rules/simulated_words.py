"""A simulation in words: what its categories are called, what people share, and figures that are not told."""

from collections.abc import Mapping
from typing import Final

from cases.wording import Wording
from rules.schema import Fact
from rules.shown import shown_fact
from rules.simulated_effects import UNKNOWN, Dimension
from rules.simulated_protection import FEWEST, Figure, Mark
from rules.types import Records

FEW: Final = f"<{FEWEST}"
WITHHELD: Final = "…"
_UNKNOWN: Final = Wording("未知或其他", "unknown or other")
_SEXES: Final = {"female": Wording("女", "female"), "male": Wording("男", "male")}


def category(dimension: Dimension, key: str) -> Wording:
    if key == UNKNOWN:
        return _UNKNOWN
    if dimension is Dimension.SEX:
        return _SEXES.get(key, Wording(key, key))
    if dimension is Dimension.AGE:
        first, _, last = key.partition("-")
        zh, en = (f"{first}–{last}岁", f"{first}–{last}") if last else (f"{first}岁及以上", f"{first} or over")
        return Wording(zh, en)
    return Wording(key, key)


def fact_words(name: str, value: str, facts: Mapping[str, Fact]) -> Wording:
    """A fact that several people share, in the coarse steps of `rules.simulated_alike`."""
    fact = facts.get(name)
    if fact is None:
        return Wording(f"{name} {value}", f"{name} {value}")
    if isinstance(fact.type, Records):
        few = f"{value.removesuffix('..')}+" if value.endswith("..") else value.replace("..", "–")
        return Wording(f"{fact.label.zh}：{few}项", f"{fact.label.en}: {few} items")
    found = shown_fact(fact, value)
    return Wording(f"{fact.label.zh}：{found.zh}", f"{fact.label.en}: {found.en}")


def count(figure: Figure) -> str:
    return _marked(figure) or f"{figure.value:,}"


def money(figure: Figure) -> str:
    """In yuan; what is saved has a minus."""
    fen = figure.value or 0
    return _marked(figure) or f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _marked(figure: Figure) -> str:
    return {Mark.FEW: FEW, Mark.WITHHELD: WITHHELD}.get(figure.mark, "")

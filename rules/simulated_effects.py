"""What a change of the law does to one person, and how such effects add up: types that any before-and-after shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cases.determinations import Conclusion
from cases.wording import Wording


class Effect(StrEnum):
    """影响. Everybody has exactly one."""

    GAINS = "gains"
    LOSES = "loses"
    MORE = "more"
    LESS = "less"
    UNDECIDED = "undecided"  # settled before, and now something is missing
    SETTLED = "settled"  # something was missing, and now it is refused
    NO_ANSWER = "no-answer"  # the law gives none any more, or two
    SAME = "same"

    @property
    def label(self) -> Wording:
        return _EFFECTS[self]


_EFFECTS: Final = {
    Effect.GAINS: Wording("新符合", "gain it"),
    Effect.LOSES: Wording("不再符合", "lose it"),
    Effect.MORE: Wording("金额增加", "get more"),
    Effect.LESS: Wording("金额减少", "get less"),
    Effect.UNDECIDED: Wording("变为待补充信息", "need more information"),
    Effect.SETTLED: Wording("由待补充变为不符合", "are refused, and were open"),
    Effect.NO_ANSWER: Wording("政策没有结论", "get no answer from the law"),
    Effect.SAME: Wording("没有变化", "stay as they are"),
}
CHANGES: Final[tuple[Effect, ...]] = tuple(effect for effect in Effect if effect is not Effect.SAME)


class Dimension(StrEnum):
    """By what people are counted."""

    PLACE = "place"
    STATION = "station"
    AGE = "age"
    SEX = "sex"
    TRADE = "trade"

    @property
    def label(self) -> Wording:
        return _DIMENSIONS[self]


_DIMENSIONS: Final = {
    Dimension.PLACE: Wording("地方", "place"),
    Dimension.STATION: Wording("驿站", "station"),
    Dimension.AGE: Wording("年龄段", "age"),
    Dimension.SEX: Wording("性别", "sex"),
    Dimension.TRADE: Wording("工种", "trade"),
}
UNKNOWN: Final = ""  # the key of a category for those of whom it is not known

_GRANTED, _REFUSED, _OPEN, _FLAWED = range(4)
_STANDS: Final = {
    Conclusion.GRANTED: _GRANTED,
    Conclusion.REFUSED: _REFUSED,
    Conclusion.GAP: _FLAWED,
    Conclusion.CONFLICT: _FLAWED,
}
# By what it was and what it becomes: granted, refused, open, no answer.
EFFECTS: Final[tuple[tuple[Effect, ...], ...]] = (
    (Effect.SAME, Effect.LOSES, Effect.UNDECIDED, Effect.NO_ANSWER),
    (Effect.GAINS, Effect.SAME, Effect.UNDECIDED, Effect.NO_ANSWER),
    (Effect.GAINS, Effect.SETTLED, Effect.SAME, Effect.NO_ANSWER),
    (Effect.GAINS, Effect.SETTLED, Effect.UNDECIDED, Effect.SAME),
)


def effect_of(
    before: Conclusion, after: Conclusion, before_fen: int | None = None, after_fen: int | None = None
) -> Effect:
    """Amounts are those of what is granted; None: not known."""
    found = EFFECTS[_STANDS.get(before, _OPEN)][_STANDS.get(after, _OPEN)]
    both = before is Conclusion.GRANTED and after is Conclusion.GRANTED
    if not both or before_fen is None or after_fen is None or before_fen == after_fen:
        return found
    return Effect.MORE if after_fen > before_fen else Effect.LESS


@dataclass(frozen=True)
class Tally:
    """Some people: how many of each effect, and what is granted them in fen as far as it is known.

    `amounts_changed`: of how many the sum differs; `amounts_open`: of how many an amount is not known, in neither sum.
    """

    effects: Mapping[Effect, int] = field(default_factory=dict)
    before_fen: int = 0
    after_fen: int = 0
    amounts_changed: int = 0
    amounts_open: int = 0
    granted_before: int = 0
    granted_after: int = 0

    @property
    def people(self) -> int:
        return sum(self.effects.values())

    @property
    def changed(self) -> int:
        return sum(count for effect, count in self.effects.items() if effect is not Effect.SAME)

    @property
    def difference_fen(self) -> int:
        return self.after_fen - self.before_fen

    def __add__(self, other: "Tally") -> "Tally":
        effects = {each: self.effects.get(each, 0) + other.effects.get(each, 0) for each in Effect}
        return Tally(
            {effect: count for effect, count in effects.items() if count},
            self.before_fen + other.before_fen,
            self.after_fen + other.after_fen,
            self.amounts_changed + other.amounts_changed,
            self.amounts_open + other.amounts_open,
            self.granted_before + other.granted_before,
            self.granted_after + other.granted_after,
        )


@dataclass(frozen=True)
class Row:
    """One category; `within` is the place of a station."""

    key: str
    tally: Tally
    within: str = ""


@dataclass(frozen=True)
class Breakdown:
    dimension: Dimension
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RuleChange:
    """Of how many people a rule finds otherwise; "—" where a version has no such rule."""

    rule: str
    before: str
    after: str
    people: int


@dataclass(frozen=True)
class Likeness:
    """What several people of one effect have in common, in coarse steps: `facts` by name, each as `said`."""

    effect: Effect
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Effects:
    """A before-and-after of everybody it looked at."""

    total: Tally
    by: tuple[Breakdown, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    alike: tuple[Likeness, ...] = ()
    with_amounts: bool = False


def together(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())

"""Figures for those who may not see single people: small ones are not told, nor any from which they could be reckoned.

A figure of 1 to 4 reads "<5". What adds up to a told total would give it away by subtraction; so further figures of the
same line are withheld, the next smallest first, until each small one could still be anything from 1 to 4 for a
reader who knows this rule. Figures of different lines are not added up by anything that is told: people are not counted
by category, and where a station's place, or a kind of effect, is not told, nothing below it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.simulated_effects import CHANGES, Breakdown, Dimension, Effect, Effects, Tally, together

FEWEST: Final = 5
_MOST_FEW: Final = FEWEST - 1
MONEY: Final = (Effect.GAINS, Effect.LOSES, Effect.MORE, Effect.LESS, Effect.UNDECIDED, Effect.NO_ANSWER)


class Mark(StrEnum):
    TOLD = "told"
    FEW = "few"  # between 1 and 4
    WITHHELD = "withheld"  # it would tell another one


@dataclass(frozen=True)
class Figure:
    """`value` is None where it is not told."""

    value: int | None
    mark: Mark = Mark.TOLD

    @property
    def told(self) -> bool:
        return self.mark is Mark.TOLD


FEW, WITHHELD = Figure(None, Mark.FEW), Figure(None, Mark.WITHHELD)


@dataclass(frozen=True)
class ShownRow:
    """`people` and what stays the same are not counted by category, except for those who see everything."""

    key: str
    within: str
    effects: Mapping[Effect, Figure]
    difference_fen: Figure
    people: Figure | None = None


@dataclass(frozen=True)
class ShownBreakdown:
    dimension: Dimension
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class ShownEffects:
    """`exact`: for somebody who may see single people."""

    exact: bool
    people: Figure
    effects: Mapping[Effect, Figure]
    before_fen: Figure
    after_fen: Figure
    difference_fen: Figure
    amounts_open: Figure
    by: tuple[ShownBreakdown, ...]
    rules: tuple[tuple[str, str, str, Figure], ...]
    with_amounts: bool


def in_full(found: Effects) -> ShownEffects:
    total = found.total
    by = tuple(
        ShownBreakdown(
            each.dimension,
            tuple(
                ShownRow(
                    row.key,
                    row.within,
                    {effect: Figure(row.tally.effects.get(effect, 0)) for effect in Effect},
                    Figure(row.tally.difference_fen),
                    Figure(row.tally.people),
                )
                for row in each.rows
            ),
        )
        for each in found.by
    )
    return ShownEffects(
        exact=True,
        people=Figure(total.people),
        effects={effect: Figure(total.effects.get(effect, 0)) for effect in Effect},
        before_fen=Figure(total.before_fen),
        after_fen=Figure(total.after_fen),
        difference_fen=Figure(total.difference_fen),
        amounts_open=Figure(total.amounts_open),
        by=by,
        rules=tuple((each.rule, each.before, each.after, Figure(each.people)) for each in found.rules),
        with_amounts=found.with_amounts,
    )


def protected(found: Effects) -> ShownEffects:
    total = found.total
    if 0 < total.people < FEWEST:
        return _nothing(found)
    marks = _headline([total.effects.get(effect, 0) for effect in Effect])
    effects = dict(zip(Effect, marks, strict=True))
    money = all(effects[effect].told for effect in MONEY) and not _few(total.amounts_changed)
    sums = money and not _few(total.granted_before) and not _few(total.granted_after)
    whole = all(effects[effect].told for effect in CHANGES)
    return ShownEffects(
        exact=False,
        people=Figure(total.people),
        effects=effects,
        before_fen=Figure(total.before_fen) if sums else WITHHELD,
        after_fen=Figure(total.after_fen) if sums else WITHHELD,
        difference_fen=Figure(total.difference_fen) if money else WITHHELD,
        amounts_open=_alone(total.amounts_open) if whole else WITHHELD,
        by=tuple(_breakdown(each, effects, told=money) for each in found.by),
        rules=tuple((r.rule, r.before, r.after, _alone(r.people) if whole else WITHHELD) for r in found.rules),
        with_amounts=found.with_amounts,
    )


def _nothing(found: Effects) -> ShownEffects:
    rows = tuple((each.rule, each.before, each.after, WITHHELD) for each in found.rules)
    effects = dict.fromkeys(Effect, WITHHELD)
    return ShownEffects(
        exact=False,
        people=FEW,
        effects=effects,
        before_fen=WITHHELD,
        after_fen=WITHHELD,
        difference_fen=WITHHELD,
        amounts_open=WITHHELD,
        by=(),
        rules=rows,
        with_amounts=found.with_amounts,
    )


def _few(count: int) -> bool:
    return 0 < count < FEWEST


def _alone(count: int) -> Figure:
    return FEW if _few(count) else Figure(count)


def _headline(counts: Sequence[int]) -> list[Figure]:
    """Those who stay as they are hide a small figure best: they are many, and no category tells how many they are."""
    same = len(counts) - 1
    small = [place for place, count in enumerate(counts) if _few(count)]
    if small and not _few(counts[same]) and _hides(counts, small, [same], None):
        hidden = {**dict.fromkeys(small, FEW), same: WITHHELD}
        return [hidden.get(place, Figure(count)) for place, count in enumerate(counts)]
    return line(counts)


def line(counts: Sequence[int], *, told: bool = True) -> list[Figure]:
    """Figures that add up to a total; `told`: whether it is told."""
    if not told:
        return [WITHHELD] * len(counts)
    small = [place for place, count in enumerate(counts) if _few(count)]
    if not small:
        return [Figure(count) for count in counts]
    others = sorted((place for place, count in enumerate(counts) if count >= FEWEST), key=counts.__getitem__)
    for taken in range(len(others) + 1):
        rest = counts[others[taken]] if taken < len(others) else None
        if _hides(counts, small, others[:taken], rest):
            hidden = {**dict.fromkeys(small, FEW), **dict.fromkeys(others[:taken], WITHHELD)}
            return [hidden.get(place, Figure(count)) for place, count in enumerate(counts)]
    return [WITHHELD] * len(counts)


def _hides(counts: Sequence[int], small: Sequence[int], withheld: Sequence[int], most: int | None) -> bool:
    """Whether each small figure could be 1 and could be 4, all others being what a reader knows them to be.

    A withheld one is at least 5, and at most `most`, the smallest of those that are told.
    """
    whole = sum(counts[place] for place in (*small, *withheld))
    least = (len(small) - 1) + FEWEST * len(withheld)
    if whole - _MOST_FEW < least:
        return False
    if withheld and most is None:
        return True
    top = _MOST_FEW * (len(small) - 1) + (most or 0) * len(withheld)
    return whole - 1 <= top


def _breakdown(of: Breakdown, total: Mapping[Effect, Figure], *, told: bool) -> ShownBreakdown:
    columns = {effect: _column(of, effect, told=total[effect].told) for effect in CHANGES}
    money = _money(of, columns, told=told)
    rows = tuple(
        ShownRow(row.key, row.within, {effect: columns[effect][place] for effect in CHANGES}, money[place])
        for place, row in enumerate(of.rows)
    )
    return ShownBreakdown(of.dimension, rows)


def _column(of: Breakdown, effect: Effect, *, told: bool) -> list[Figure]:
    """Stations add up to their place, and places to all; any other category adds up to all by itself."""
    found: dict[int, Figure] = {}
    groups = list(_groups(of))
    counts = [sum(of.rows[place].tally.effects.get(effect, 0) for place in group) for group in groups]
    wholes = line(counts, told=told) if of.dimension is Dimension.STATION else [Figure(0) if told else WITHHELD]
    for group, whole in zip(groups, wholes, strict=True):
        inner = line([of.rows[place].tally.effects.get(effect, 0) for place in group], told=whole.told)
        found |= dict(zip(group, inner, strict=True))
    return [found[place] for place in range(len(of.rows))]


def _groups(of: Breakdown) -> Iterator[list[int]]:
    if of.dimension is not Dimension.STATION:
        yield list(range(len(of.rows)))
        return
    for within in sorted({row.within for row in of.rows}):  # as the places themselves are ordered
        yield [place for place, row in enumerate(of.rows) if row.within == within]


def _money(of: Breakdown, columns: Mapping[Effect, Sequence[Figure]], *, told: bool) -> list[Figure]:
    """Only where every figure of the row is told; never for all rows but one, nor for fewer than five people."""
    if not told:
        return [WITHHELD] * len(of.rows)
    tallies = [row.tally for row in of.rows]
    hidden = {
        place
        for place, tally in enumerate(tallies)
        if _few(tally.amounts_changed) or not all(columns[effect][place].told for effect in CHANGES)
    }
    if of.dimension is Dimension.STATION:
        # A place is told as a whole or by its stations: what its stations leave open, its own figure would close.
        hidden |= {place for group in _groups(of) if hidden & set(group) for place in group}
    rest = sorted(set(range(len(tallies))) - hidden, key=lambda place: tallies[place].amounts_changed)
    rest = [place for place in rest if tallies[place].amounts_changed]
    while hidden and not _hidden_enough([tallies[place] for place in hidden]):
        if not rest:
            return [WITHHELD] * len(of.rows)
        hidden.add(rest.pop(0))
    return [WITHHELD if place in hidden else Figure(row.tally.difference_fen) for place, row in enumerate(of.rows)]


def _hidden_enough(hidden: Sequence[Tally]) -> bool:
    with_any = [each for each in hidden if each.amounts_changed]
    return not with_any or (len(with_any) > 1 and together(hidden).amounts_changed >= FEWEST)

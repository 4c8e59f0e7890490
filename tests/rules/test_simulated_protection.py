"""A small figure is not told, and cannot be reckoned from what is: every line that a reader could think of is tried."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest

from rules.simulated_effects import CHANGES, Breakdown, Dimension, Effect, Effects, Row, Tally
from rules.simulated_protection import FEWEST, Figure, Mark, ShownEffects, in_full, line, protected

SMALL = range(1, FEWEST)


def told(figures: Sequence[Figure]) -> list[object]:
    return [figure.value if figure.told else {Mark.FEW: "<5", Mark.WITHHELD: "…"}[figure.mark] for figure in figures]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param([0, 5, 60], [0, 5, 60], id="nothing small"),
        pytest.param([4, 20, 60], ["<5", "…", 60], id="the next smallest goes with it"),
        pytest.param([1, 5, 8, 60], ["<5", "…", "…", 60], id="one that is barely large enough does not hide it"),
        pytest.param([2, 3], ["<5", "<5"], id="two small ones hide each other"),
        pytest.param([1, 1, 30], ["<5", "<5", "…"], id="two that both must be one do not"),
        pytest.param([3, 0, 0], ["…", "…", "…"], id="alone it is the total"),
        pytest.param([0, 0], [0, 0], id="none"),
    ],
)
def test_a_line(counts: list[int], shown: list[object]) -> None:
    assert told(line(counts)) == shown


def test_below_a_total_that_is_not_told_nothing_is() -> None:
    assert told(line([0, 90], told=False)) == ["…", "…"]


def possible(figures: Sequence[Figure], total: int) -> Iterator[tuple[int, ...]]:
    """Every line that a reader could think of who knows the total and how figures are withheld."""
    most = min((f.value for f in figures if f.told and f.value), default=total)
    everything = all(figure.mark is Mark.WITHHELD for figure in figures)
    ranges: list[Sequence[int]] = []
    for figure in figures:
        if figure.value is not None:
            ranges.append([figure.value])
        elif figure.mark is Mark.FEW:
            ranges.append(SMALL)
        else:
            ranges.append(range(total + 1) if everything else range(FEWEST, most + 1))
    yield from (found for found in product(*ranges) if sum(found) == total)


@pytest.mark.parametrize("seed", range(60))
def test_every_small_figure_of_a_line_could_be_anything_from_one_to_four(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - dice
    counts = [dice.choice((0, 1, 2, 3, 4, 5, 6, 7, 9, 12)) for _ in range(dice.randint(2, 4))]
    figures = line(counts)
    lines = list(possible(figures, sum(counts)))
    assert tuple(counts) in lines
    for place, count in enumerate(counts):
        if count in SMALL and sum(counts) >= FEWEST:
            assert {found[place] for found in lines} >= set(SMALL), (counts, told(figures))


# -- whole reports -----------------------------------------------------------------------------------------------

PLACES = ("cn-50-98", "cn-50-99")
STATIONS = tuple((f"station-{number}", PLACES[number % 2]) for number in range(5))


def dice_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - dice


def drawn(dice: Random) -> Effects:
    """Everybody has a station and an age; each effect is rare here and frequent there."""
    cells: dict[tuple[int, str], Tally] = {}
    for station, age in product(range(len(STATIONS)), ("16-24", "25-34", "60-")):
        counts = {effect: dice.choice((0, 0, 0, 1, 2, 6, 30)) for effect in CHANGES}
        counts[Effect.SAME] = dice.choice((0, 3, 400))
        moved = counts[Effect.GAINS] + counts[Effect.LOSES]
        fen = 100_00 * (counts[Effect.GAINS] - counts[Effect.LOSES])
        cells[station, age] = Tally({e: n for e, n in counts.items() if n}, 500_00, 500_00 + fen, moved, 0, 9, 9)
    total = sum(cells.values(), Tally())

    def summed(place: int, key: object) -> Tally:
        return sum((tally for keys, tally in cells.items() if keys[place] == key), Tally())

    stations = [Row(station, summed(0, number), place) for number, (station, place) in enumerate(STATIONS)]
    places = [Row(p, sum((row.tally for row in stations if row.within == p), Tally())) for p in PLACES]
    ages = [Row(age, summed(1, age)) for age in ("16-24", "25-34", "60-")]
    by = ((Dimension.PLACE, places), (Dimension.STATION, stations), (Dimension.AGE, ages))
    return Effects(total, tuple(Breakdown(d, tuple(rows)) for d, rows in by), with_amounts=True)


def lines_of(found: Effects, shown: ShownEffects) -> Iterator[tuple[list[int], list[Figure], int | None]]:
    """Each line of the report: its figures, how they are shown, and what they add up to where that is told."""
    counts = [found.total.effects.get(effect, 0) for effect in Effect]
    yield counts, [shown.effects[effect] for effect in Effect], shown.people.value
    by = {each.dimension: each for each in shown.by}
    for breakdown in found.by:
        rows = by[breakdown.dimension].rows
        for effect in CHANGES:
            groups = {row.within: shown.effects[effect] for row in rows}
            if breakdown.dimension is Dimension.STATION:
                groups = {row.key: row.effects[effect] for row in by[Dimension.PLACE].rows}
            for within, whole in groups.items():
                places = [place for place, row in enumerate(rows) if row.within in ("", within)]
                inner = [breakdown.rows[place].tally.effects.get(effect, 0) for place in places]
                yield inner, [rows[place].effects[effect] for place in places], whole.value


@pytest.mark.parametrize("seed", range(40))
def test_no_figure_of_a_report_tells_a_small_one(seed: int) -> None:
    found = drawn(dice_of(seed))
    shown = protected(found)
    for counts, figures, whole in lines_of(found, shown):
        for count, figure in zip(counts, figures, strict=True):
            assert figure.value in (None, count)
            assert count not in SMALL or not figure.told
        hidden = [place for place, figure in enumerate(figures) if not figure.told]
        if whole is None:
            assert len(hidden) == len(figures)  # else a part would tell of the whole
        small = [place for place in hidden if counts[place] in SMALL]
        if whole is not None and small:
            rest = sum(counts[place] for place in hidden)
            assert len(hidden) > 1
            assert rest >= FEWEST


@pytest.mark.parametrize("seed", range(40))
def test_money_does_not_tell_how_many_it_is_for(seed: int) -> None:
    """Everybody gets the same sum here, so that a sum of money is a number of people."""
    found = drawn(dice_of(seed))
    shown = protected(found)
    if not all(shown.effects[effect].told for effect in (Effect.GAINS, Effect.LOSES)):
        assert not shown.difference_fen.told
    for breakdown, original in zip(shown.by, found.by, strict=True):
        hidden = []
        for row, tally in ((r, o.tally) for r, o in zip(breakdown.rows, original.rows, strict=True)):
            if row.difference_fen.told:
                assert shown.difference_fen.told
                assert all(row.effects[effect].told for effect in CHANGES)
                assert tally.amounts_changed not in SMALL
            else:
                hidden.append(tally.amounts_changed)
        if shown.difference_fen.told and any(hidden):
            assert len([count for count in hidden if count]) > 1
            assert sum(hidden) >= FEWEST


def test_of_fewer_than_five_people_nothing_is_told() -> None:
    shown = protected(Effects(Tally({Effect.GAINS: 3}, 0, 900, 3, 0, 0, 3), with_amounts=True))
    assert told([shown.people, *shown.effects.values(), shown.difference_fen]) == ["<5", *["…"] * 9]
    assert shown.by == ()


def test_those_who_stay_hide_the_few_who_change() -> None:
    shown = protected(Effects(Tally({Effect.GAINS: 80, Effect.LOSES: 2, Effect.SAME: 400})))
    effects = shown.effects
    assert told([effects[each] for each in (Effect.GAINS, Effect.LOSES, Effect.SAME)]) == [80, "<5", "…"]


def test_whoever_may_see_single_people_sees_every_figure() -> None:
    found = drawn(dice_of(1))
    shown = in_full(found)
    assert shown.exact
    assert {effect: figure.value for effect, figure in shown.effects.items() if figure.value} == found.total.effects
    for breakdown, original in zip(shown.by, found.by, strict=True):
        people = [row.people.value for row in breakdown.rows if row.people]
        assert people == [row.tally.people for row in original.rows]

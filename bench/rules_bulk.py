"""Everybody at once by generated numpy, against the plain loop by hand; and what a change of the law does to a million.

Columns are in memory before the clock starts, in both: reading them from a database takes longer than deciding.
"""

import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from bench.rules_measuring import Row, against, each, rate
from bench.rules_plain import decided_by_hand
from bench.rules_population import OUTPUTS, SEXES, STATUSES, columns
from rules.loading import load
from rules.numpy_bulk import Bulk, bulk
from rules.numpy_decided import Bounds, Decided, Sets
from rules.policies import PolicyBook, ResolvedPolicy
from rules.population import Array, Choices, Column, Lists, Numbers, Population, Truths, bounds_of, smallest
from rules.population_columns import choices, numbers, population_of_columns
from rules.schema import ResolvedRules
from rules.types import Choice, Truth

MILLION: Final = 1_000_000
SECONDS: Final = 0.5  # of compute for a what-if on a million
AT_FIFTY, AT_FORTY_FIVE = "male_age: {value: 600,", "male_age: {value: 540,"
CHANGED, COST = 42_088, 4_712_761_838  # people, and fen; known beforehand
PAID: Final = ("si_amount", "training", "living", "startup", "accident")
ORDER: Final = {"sex": SEXES, "status": STATUSES}


def population(found: Mapping[str, Array], rules: ResolvedRules) -> Population:
    return population_of_columns(rules, {name: _column(name, found[name], rules) for name in rules.facts}, {})


def _column(name: str, values: Array, rules: ResolvedRules) -> Column:
    match rules.facts[name].type:
        case Choice() as declared:
            return choices(values, ORDER[name], declared)
        case Truth():
            return Truths(values)
    return numbers(values)


def partly_known(people: Population, rules: ResolvedRules, share: float) -> Population:
    """The same people while some of the numbers and truths about them are unknown."""
    dice = np.random.default_rng(1)
    columns_: dict[str, Column] = {}
    for name, column in people.columns.items():
        hidden = dice.random(people.size) < share
        match column:
            case Numbers(low):
                least, most = bounds_of(rules.facts[name].type)
                wide = low.astype(np.int64)
                columns_[name] = Numbers(
                    smallest(np.where(hidden, least, wide)), smallest(np.where(hidden, most, wide))
                )
            case Truths(values):
                columns_[name] = Truths(np.where(hidden, np.uint8(3), np.where(values, np.uint8(1), np.uint8(2))))
            case _:
                columns_[name] = column
    return Population(people.size, columns_)


def outputs(decided: Decided) -> Iterator[Array]:
    """The nine outputs, in their order."""
    for name in OUTPUTS:
        found = decided.named[name]
        match found:
            case Bounds(low):
                yield low
            case Sets(_, codes):
                yield codes
            case _:
                yield found == 1


def check_results(policy: ResolvedPolicy, everybody: Sequence[Mapping[str, Any]]) -> None:
    """Of everybody, all outputs, before anything is timed."""
    people = population(columns(len(everybody)), policy.rules)
    decided = bulk(policy.rules).decide(people, named=OUTPUTS)
    categories = decided.named["category"]
    assert isinstance(categories, Sets)
    found = [each.tolist() for each in outputs(decided)]
    found[0] = [categories.members[code] for code in found[0]]
    for person, row in zip(everybody, zip(*found, strict=True), strict=True):
        assert row == decided_by_hand(dict(person)), "numpy"


def rows(policy: ResolvedPolicy, everybody: Sequence[Mapping[str, Any]], chunks: int) -> Iterator[Row]:
    people, program = population(columns(len(everybody)), policy.rules), bulk(policy.rules)
    some = partly_known(people, policy.rules, 0.1)
    plain = each(decided_by_hand, everybody[: len(everybody) // 4])
    ways = (
        ("numpy with why-not", people, True, 10.0, 9.0),
        ("numpy without", people, False, None, None),
        ("numpy with why-not, a tenth unknown", some, True, None, None),
    )
    for name, who, why, aim, floor in ways:
        work = _work(program, who, why=why)
        work()
        _, rates, ratio = against(plain, work, chunks)
        yield Row(f"bulk, {name}", median(rates), ratio, aim, floor)
    costs = _costs_of_why_not(program, people, chunks)
    yield Row("bulk, why-not", median(costs), note=f"times the time without it ({min(costs):.2f} - {max(costs):.2f})")
    yield from _what_if(policy)


def _work(program: Bulk, people: Population, *, why: bool) -> Any:  # noqa: ANN401 - a piece of work
    def work() -> int:
        program.decide(people, why=why, named=OUTPUTS)
        return people.size

    return work


def _costs_of_why_not(program: Bulk, people: Population, chunks: int) -> list[float]:
    """By how much it takes longer to know for everybody why not: with and without in turns."""
    with_, without = _work(program, people, why=True), _work(program, people, why=False)
    return [rate(without, time.process_time) / rate(with_, time.process_time) for _ in range(chunks)]


# -- a change of the law -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Effect:
    people: int
    fen: int
    categories: dict[str, int]


def reformed(policy_file: Path) -> ResolvedPolicy:
    """Men are older workers from 45, not from 50."""
    text = policy_file.read_text(encoding="utf-8")
    assert AT_FIFTY in text
    book = PolicyBook.of(load(text.replace(AT_FIFTY, AT_FORTY_FIVE), policy_file.name))
    return book.resolve("bench-subsidies", "cn", date(2026, 6, 1))


def effect(before: Bulk, after: Bulk, people: Population) -> Effect:
    """Who comes out otherwise, what it costs, and how many each category gains or loses."""
    now, then = before.decide(people, named=OUTPUTS), after.decide(people, named=OUTPUTS)
    changed = np.zeros(people.size, np.bool_)
    for one, other in zip(outputs(now), outputs(then), strict=True):
        changed |= one != other
    fen = sum(_sum(then, name) - _sum(now, name) for name in PAID)
    return Effect(int(changed.sum()), fen, {name: _counted(then)[name] - was for name, was in _counted(now).items()})


def _sum(decided: Decided, name: str) -> int:
    found = decided.named[name]
    assert isinstance(found, Bounds)
    return int(found.low.sum(dtype=np.int64))


def _counted(decided: Decided) -> dict[str, int]:
    found = decided.named["category"]
    assert isinstance(found, Sets)
    return dict(zip(found.members, np.bincount(found.codes, minlength=len(found.members)).tolist(), strict=True))


def _what_if(policy: ResolvedPolicy) -> Iterator[Row]:
    people = population(columns(MILLION), policy.rules)
    before, after = bulk(policy.rules), bulk(reformed(Path(__file__).parent / "policies" / "subsidies.yaml").rules)
    took: list[float] = []
    for _ in range(5):
        began = time.process_time()
        found = effect(before, after, people)
        took.append(time.process_time() - began)
        assert (found.people, found.fen) == (CHANGED, COST), "the change of the law came out otherwise"
    seconds, held = median(took), sum(_bytes(column) for column in people.columns.values()) / MILLION
    note = f"{seconds:.2f} s of compute ({min(took):.2f} - {max(took):.2f}), aim {SECONDS}: "
    note += f"{found.people:,} people change, {found.fen / 100:+,.0f} yuan; {held:.0f} bytes of facts each"
    yield Row("bulk, what-if on 1,000,000", 1 / seconds, rate_aim=1 / SECONDS, note=note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("bulk, most memory of the process", peak, note="MB, everybody's dictionaries for the plain loop included")


def _bytes(column: Column) -> int:
    match column:
        case Numbers(low, high):
            return low.nbytes + (0 if high is low else high.nbytes)
        case Lists(there, fields):
            return there.nbytes + sum(map(_bytes, fields.values()))
        case Truths(values) | Choices(values):
            return values.nbytes
    return 0


def main(words: Sequence[str]) -> int:
    """By itself, without the other parts of the bench."""
    from bench.rules_single import checked_people, the_policy  # noqa: PLC0415 - only where it is run alone

    del words
    policy, everybody = the_policy(), checked_people()
    check_results(policy, everybody)
    for row in rows(policy, everybody, 9):
        print(f"{row.name:40} {row.per_second:14,.2f}  {row.ratio or ''!s:22}  {row.verdict:16} {row.note}")
    return 0

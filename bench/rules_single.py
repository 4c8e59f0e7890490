"""One decision after another in one thread: generated from the policy, held against the same written by hand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.rules_measuring import Row, against, each
from bench.rules_plain import decided_by_hand
from bench.rules_population import CATEGORIES, OUTPUTS, PEOPLE, TOTALS, columns, people
from rules.policies import PolicyBook, ResolvedPolicy
from rules.python_program import PlainFacts, program_of

CHUNK: Final = 50_000
CHUNKS: Final = 9
POLICIES: Final = Path(__file__).parent / "policies"


def the_policy() -> ResolvedPolicy:
    return PolicyBook.load(POLICIES).resolve("bench-subsidies", "cn", date(2026, 6, 1))


def checked_people() -> list[dict[str, Any]]:
    """The two hundred thousand, and what is known to come out for them by hand does."""
    everybody = people(columns(PEOPLE))
    outputs = [decided_by_hand(person) for person in everybody]
    found = {name: [row[place] for row in outputs] for place, name in enumerate(OUTPUTS)}
    assert Counter(found["category"]) == CATEGORIES, "the population or the function is not the one described"
    for name, expected in TOTALS.items():
        values = [int(value) for value in found[name]]
        assert (sum(map(bool, values)), sum(values)) == expected, name
    return everybody


def check_results(policy: ResolvedPolicy, everybody: Sequence[PlainFacts]) -> None:
    """Of everybody, all outputs of both programs, before anything is timed."""
    program, names = program_of(policy), (*policy.rules.parts, *policy.rules.values)
    places = [names.index(name) for name in OUTPUTS]
    untraced, traced = program.values(*OUTPUTS), program.traced
    for person in everybody:
        expected = decided_by_hand(dict(person))
        parts = traced(person)[3]
        assert untraced(person) == expected, "untraced"
        assert tuple(parts[place] for place in places) == expected, "traced"


def rows(policy: ResolvedPolicy, everybody: Sequence[Mapping[str, Any]], chunks: int) -> Iterator[Row]:
    program = program_of(policy)
    some = everybody[:CHUNK]
    plain = each(decided_by_hand, some)
    wanted = (("untraced", program.values(*OUTPUTS), 0.75, 0.70), ("full trace", program.traced, 0.30, 0.25))
    by_hand: list[float] = []
    for name, function, aim, floor in wanted:
        plains, rates, ratio = against(plain, each(function, some), chunks)
        by_hand += plains
        yield Row(f"generated Python, {name}", sorted(rates)[len(rates) // 2], ratio, aim, floor)
    yield Row("by hand", sorted(by_hand)[len(by_hand) // 2], note="1 by definition")

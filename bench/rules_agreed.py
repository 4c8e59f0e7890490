"""Decisions agreed by two engines, the rule engine in its own process: what each costs both processes together."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

from activities.engine_process import EngineProcess
from bench.processes import cpu_seconds
from bench.rules_measuring import Row
from rules.agreed import AgreedPolicy
from rules.policies import PolicyBook, ResolvedPolicy
from rules.python_program import PlainFacts
from tests.rules.quick_policies import some_facts

POLICIES: Final = Path(__file__).parents[1] / "policies"
ONE_BY_ONE, IN_BATCHES = 3_000, 10_000  # a second and core, of a policy of the size that stations use
CASES: Final = 6_000
CHUNKS: Final = 5


def a_shipped_policy() -> tuple[ResolvedPolicy, list[PlainFacts]]:
    """Who is a hardship worker, in the example district; cases drawn from what its facts may be."""
    policy = PolicyBook.load(POLICIES).resolve("hardship-worker", "cn-50-99", date(2024, 3, 31))
    types = {name: fact.type for name, fact in policy.rules.facts.items()}
    random, agreed = Random(42), AgreedPolicy(policy)  # noqa: S311 - dice
    drawn = (agreed.plain(some_facts(random, types)) for _ in range(CASES))
    return policy, [facts for facts in drawn if facts is not None]


def rows(large: ResolvedPolicy, everybody: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    shipped, cases = a_shipped_policy()
    with EngineProcess(children=1) as engine:
        yield from _rows(f"hardship worker, {len(shipped.rules.rules)} rules", shipped, cases, engine, aimed=True)
        some = everybody[:CASES]
        yield from _rows(f"benchmark's policy, {len(large.rules.rules)} rules", large, some, engine, aimed=False)


def _rows(
    name: str, policy: ResolvedPolicy, cases: Sequence[PlainFacts], engine: EngineProcess, *, aimed: bool
) -> Iterator[Row]:
    agreed = AgreedPolicy(policy)

    def one_by_one() -> int:
        return sum(agreed.decide(facts, engine.verdicts).decided for facts in cases)

    def in_batches() -> int:
        return sum(each.decided for each in agreed.decide_many(cases, engine.verdicts_of_many))

    ways: tuple[tuple[str, Callable[[], int], int], ...] = (
        ("one by one", one_by_one, ONE_BY_ONE),
        ("in batches of 256", in_batches, IN_BATCHES),
    )
    for way, decide, aim in ways:
        measured = [_chunk(decide, len(cases)) for _ in range(CHUNKS + 1)][1:]  # the first loads the program
        per_core = median(rate for rate, _ in measured)
        note = f"a second and core ({min(r for r, _ in measured):,.0f} - {max(r for r, _ in measured):,.0f})"
        wall = median(rate for _, rate in measured)
        yield Row(f"agreed, {name}, {way}", per_core, rate_aim=aim if aimed else None, note=f"{note}; {wall:,.0f}/s")


def _chunk(decide: Callable[[], int], cases: int) -> tuple[float, float]:
    """Cases per second of processor time, of us and of the engine's process together, and per second on the wall."""
    cpu, began = cpu_seconds(os.getpid()), time.perf_counter()
    decided = decide()
    used, took = cpu_seconds(os.getpid()) - cpu, time.perf_counter() - began
    assert decided == cases, f"{cases - decided} cases were not agreed on"
    return cases / used, cases / took

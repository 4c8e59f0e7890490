"""Whether deciding half a million times leaves anything behind, in our process and in the rule engine's."""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from activities.engine_process import EngineProcess
from bench.processes import resident_megabytes
from bench.rules_agreed import a_shipped_policy
from bench.rules_measuring import Row
from rules.agreed import AgreedPolicy
from rules.python_program import PlainFacts

WARM: Final = 20_000
DECISIONS: Final = 500_000
MOST_GROWTH: Final = 1.0  # MB, of both processes together


def rows(decisions: int = DECISIONS) -> Iterator[Row]:
    policy, cases = a_shipped_policy()
    agreed = AgreedPolicy(policy)
    with EngineProcess(children=1) as engine:
        _decide(agreed, engine, cases, WARM)
        before = _megabytes(engine)
        _decide(agreed, engine, cases, decisions - WARM)
        after = _megabytes(engine)
    grown = sum(after) - sum(before)
    shown = f"ours {before[0]:.1f} to {after[0]:.1f} MB, the engine's {before[1]:.1f} to {after[1]:.1f} MB"
    yield Row(f"memory over {decisions:,} agreed decisions", grown, note=f"MB grown; {shown}", most=MOST_GROWTH)


def _decide(agreed: AgreedPolicy, engine: EngineProcess, cases: Sequence[PlainFacts], number: int) -> None:
    done = 0
    while done < number:
        some = cases[: min(len(cases), number - done)]
        assert all(each.decided for each in agreed.decide_many(some, engine.verdicts_of_many))
        done += len(some)


def _megabytes(engine: EngineProcess) -> tuple[float, float]:
    return resident_megabytes(os.getpid()), sum(map(resident_megabytes, engine.processes))

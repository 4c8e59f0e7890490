"""Cases per second, and processor time per case, against an empty workflow of the same shape in the same run.

make bench                                  (docs/bench.md says how to read it)
python -m bench.cases --rounds 5 --cases 40 --at-once 20 --json
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench.empty import Shape
from bench.loads import Cases, Empties, Measured, measure, shape_of
from bench.papers import PaperCost, cost_of_papers
from bench.processes import leave
from bench.town import a_town

AIM = 0.7
WARM_UP = 5


@dataclass(frozen=True)
class Result:
    shape: Shape
    cases: tuple[Measured, ...]
    empties: tuple[Measured, ...]
    papers: tuple[PaperCost, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Round by round, since the machine is not the same in each."""
        return tuple(c.per_second / e.per_second for c, e in zip(self.cases, self.empties, strict=True))


async def compare(rounds: int, number: int, at_once: int) -> Result:
    async with a_town() as town:
        cases = Cases(town)
        first = await cases.one()
        shape = await shape_of(town.client, first)
        empties = Empties(town, shape)
        for load in (cases.one, empties.one):
            await measure(town, load, WARM_UP, at_once)
        of_cases: list[Measured] = []
        of_empties: list[Measured] = []
        for turn in range(rounds):
            loads = [(of_cases, cases.one), (of_empties, empties.one)]
            for kept, load in loads if turn % 2 else reversed(loads):
                kept.append(await measure(town, load, number, at_once))
            _tell(turn, of_cases[-1], of_empties[-1])
        return Result(shape, tuple(of_cases), tuple(of_empties), cost_of_papers(town.station, first))


def _tell(turn: int, case: Measured, empty: Measured) -> None:
    ratio = case.per_second / empty.per_second
    sys.stderr.write(f"round {turn + 1}: {case.per_second:.2f} cases/s, {empty.per_second:.2f} empty/s, {ratio:.2f}\n")


def text(result: Result) -> str:
    shape, cases, empties = result.shape, result.cases, result.empties
    lines = [
        f"one case: {shape.updates} updates, {shape.activities} activities; {len(cases)} rounds, median (least - most)",
        "",
        f"{'':24}{'hardship case':>24}{'empty workflow':>24}",
    ]
    rows: list[tuple[str, Callable[[Measured], float]]] = [
        ("per second", lambda m: m.per_second),
        ("CPU ms of the worker", lambda m: m.worker_ms),
        ("CPU ms of the server", lambda m: m.server_ms),
        ("CPU ms of the client", lambda m: m.client_ms),
        ("CPU ms together", lambda m: m.cpu_ms),
    ]
    lines += [f"{name:24}{_spread(of, cases):>24}{_spread(of, empties):>24}" for name, of in rows]
    ratio = median(result.ratios)
    lines += [
        "",
        f"ratio of throughput: {ratio:.2f} ({min(result.ratios):.2f} - {max(result.ratios):.2f}); aim {AIM}",
        "",
        f"{'papers, apart':24}{'ms':>12}{'CPU ms':>12}",
        *(f"{paper.kind:24}{paper.ms:>12.0f}{paper.cpu_ms:>12.0f}" for paper in result.papers),
    ]
    return "\n".join(lines)


def _spread(of: Callable[[Measured], float], measured: Sequence[Measured]) -> str:
    values = [of(each) for each in measured]
    return f"{median(values):.1f} ({min(values):.1f} - {max(values):.1f})"


def as_json(result: Result) -> str:
    return json.dumps({**asdict(result), "ratios": result.ratios, "ratio": median(result.ratios)}, indent=2)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.cases", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", type=int, default=40, help="in a round")
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    result = asyncio.run(compare(given.rounds, given.cases, given.at_once))
    sys.stdout.write(f"{as_json(result) if given.json else text(result)}\n")
    return 0


if __name__ == "__main__":
    leave(main(sys.argv[1:]))

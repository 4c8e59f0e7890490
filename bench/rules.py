"""What deciding by a policy costs, held against the same policy written by hand as a Python function.

make bench ARGS="rules"                      (docs/bench.md says how to read it)
python -m bench.rules --only single agreed --chunks 9 --json
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

from bench import rules_agreed, rules_bulk, rules_memory, rules_others, rules_recorded, rules_simulated, rules_single
from bench.processes import leave
from bench.rules_measuring import Row
from rules.policies import ResolvedPolicy


class Sections:
    """Each is a part of the table, and can be asked for by name."""

    def __init__(self, chunks: int) -> None:
        self._chunks = chunks

    @cached_property
    def _policy(self) -> ResolvedPolicy:
        return rules_single.the_policy()

    @cached_property
    def _people(self) -> list[dict[str, Any]]:
        """Checked, person by person, before anything is timed."""
        everybody = rules_single.checked_people()
        rules_single.check_results(self._policy, everybody)
        return everybody

    def single(self) -> Iterator[Row]:
        yield from rules_single.rows(self._policy, self._people, self._chunks)

    def agreed(self) -> Iterator[Row]:
        yield from rules_agreed.rows(self._policy, self._people)

    def recorded(self) -> Iterator[Row]:
        yield from rules_recorded.rows(self._chunks)

    def bulk(self) -> Iterator[Row]:
        rules_bulk.check_results(self._policy, self._people)
        yield from rules_bulk.rows(self._policy, self._people, self._chunks)
        yield from rules_simulated.rows()

    def memory(self) -> Iterator[Row]:
        yield from rules_memory.rows()

    def others(self) -> Iterator[Row]:
        yield from rules_others.rows(self._people, self._chunks)

    def by_name(self) -> dict[str, Callable[[], Iterator[Row]]]:
        return {
            "single": self.single,
            "agreed": self.agreed,
            "recorded": self.recorded,
            "memory": self.memory,
            "bulk": self.bulk,
            "others": self.others,
        }


def text(rows: Sequence[Row]) -> str:
    lines = [f"{'':62}{'per second':>14}{'ratio (least - most)':>26}{'aim':>8}  "]
    for row in rows:
        aim = row.aim if row.aim is not None else row.rate_aim if row.rate_aim is not None else row.most
        shown = "" if aim is None else f"{aim:g}"
        rate = f"{row.per_second:,.0f}" if row.most is None else f"{row.per_second:.1f} MB"
        lines.append(f"{row.name:62}{rate:>14}{row.ratio or ''!s:>26}{shown:>8}  {row.verdict:16}{row.note}".rstrip())
    return "\n".join(lines)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.rules", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], help="sections: single agreed recorded memory bulk others")
    parser.add_argument("--chunks", type=int, default=rules_single.CHUNKS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    sections = Sections(given.chunks).by_name()
    rows: list[Row] = []
    for name in given.only or sections:
        for row in sections[name]():
            sys.stderr.write(f"{name}: {row.name}\n")
            rows.append(row)
    if given.json:
        sys.stdout.write(json.dumps([asdict(row) | {"verdict": row.verdict} for row in rows], indent=2) + "\n")
    else:
        sys.stdout.write(text(rows) + "\n")
    return 1 if any(row.verdict == "MISSED" for row in rows) else 0


if __name__ == "__main__":
    leave(main(sys.argv[1:]))

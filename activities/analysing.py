"""Analysing policies for a page: in a process of its own, within limits, and what it came to before it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Engine

from activities.publishing import Publishing
from activities.throw_away import MEMORY_BYTES, Ending, run_once
from cases.refusals import Refused
from rules.solver_findings import Analysis
from rules.solver_there import no_solver
from store.engine import read
from store.policy_files import content, published_texts
from store.policy_proposals import Proposal

SECONDS: Final = 60
CHILD: Final = "activities.analysing_child"
SHAPE: Final = TypeAdapter(Analysis)


@dataclass(frozen=True)
class Analysed:
    """`of`: how many there were to do; fewer were done where the process was ended."""

    analyses: tuple[Analysis, ...]
    of: int
    ending: Ending

    @property
    def whole(self) -> bool:
        return self.ending is Ending.DONE and len(self.analyses) == self.of


@dataclass(frozen=True)
class Analysing:
    engine: Engine
    shipped: Path
    calendar_hash: str
    seconds: int = SECONDS
    memory: int = MEMORY_BYTES

    @classmethod
    def like(cls, publishing: Publishing) -> "Analysing":
        """The same book as proposals are tried on."""
        return cls(publishing.engine, publishing.shipped, publishing.calendar_hash)

    def file(self, policy: str, jurisdiction: str) -> Analysed:
        """Every version of a policy in a place, as it stands. Refused where z3 is not installed."""
        return self._run([(policy, jurisdiction)], [])

    def proposal(self, found: Proposal) -> Analysed:
        """Every version of the files that a proposal changes, as if it were published."""
        with read(self.engine) as connection:
            text = content(connection, found.sha256)
        asked = [(name.partition("/")[2].removesuffix(".yaml"), name.partition("/")[0]) for name in found.files]
        return self._run([(policy, place) for policy, place in asked if place != "facts"], [text])

    def _run(self, asked: Iterable[tuple[str, str]], texts: Iterable[str]) -> Analysed:
        if (none := no_solver()) is not None:
            raise Refused((none,))
        with read(self.engine) as connection:
            published = [each.content for each in published_texts(connection)]
        request = {
            "shipped": str(self.shipped),
            "published": [*published, *texts],
            "calendar": self.calendar_hash,
            "asked": list(asked),
            "on": "",
        }
        run = run_once(CHILD, request, self.seconds, self.memory)
        analyses = tuple(SHAPE.validate_python(line["analysis"]) for line in run.lines if "analysis" in line)
        return Analysed(analyses, next((line["of"] for line in run.lines if "of" in line), 0), run.ending)

"""What a paper costs: composed from the record, printed, sealed and kept; measured apart from its case."""

import os
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from statistics import median

from activities.bootstrap import Station
from activities.composing.desk import papers_desk
from activities.papers import Press
from bench.processes import cpu_seconds
from cases.steps import PaperStep
from store.cases import load_case
from store.engine import read

TIMES = 5


@dataclass(frozen=True)
class PaperCost:
    """Median of several times, with the printer warm."""

    kind: str
    ms: float
    cpu_ms: float


def cost_of_papers(station: Station, case_id: str) -> tuple[PaperCost, ...]:
    """Of each kind that the case owed."""
    with read(station.engine) as connection:
        case = load_case(connection, case_id)
    steps = {paper.kind: PaperStep(case, replace(paper, sha256=None)) for paper in case.papers}
    measured: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with Press(1) as press:
        desk = papers_desk(station, press)
        for step in steps.values():
            desk.make_paper(step)
        for _ in range(TIMES):
            for kind, step in steps.items():
                cpu, began = cpu_seconds(os.getpid()), time.perf_counter()
                desk.make_paper(step)
                seconds = time.perf_counter() - began
                measured[kind].append((1000 * seconds, 1000 * (cpu_seconds(os.getpid()) - cpu)))
    return tuple(
        PaperCost(kind, median(ms for ms, _ in costs), median(cpu for _, cpu in costs))
        for kind, costs in measured.items()
    )

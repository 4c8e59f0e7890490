"""One question about a policy at a time: z3 looks for a case, within a limit that no clock decides."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import z3

from rules.given import Facts
from rules.solver_terms import Flag
from rules.solver_translation import Translation
from rules.types import Day

SEED: Final = 1
RESOURCES: Final = 20_000_000  # of z3's own count: the same on every machine, some seconds on most


class Said(StrEnum):
    CAN_BE = "can-be"
    CANNOT_BE = "cannot-be"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Answer:
    said: Said
    facts: Facts | None = None


@dataclass(frozen=True)
class Period:
    """The days of the fact that selects the version, both included."""

    fact: str
    since: int
    until: int


def ask(translation: Translation, flag: Flag, period: Period | None, resources: int = RESOURCES) -> Answer:
    """Whether some case makes it so. Every question has a solver of its own: none depends on those before it."""
    if flag is False:
        return Answer(Said.CANNOT_BE)
    solver = z3.Solver(ctx=translation.context)
    solver.set("random_seed", SEED)
    solver.set("rlimit", resources)
    solver.add(*translation.given, *within(translation, period))
    if flag is not True:
        solver.add(flag)
    found = solver.check()
    if found == z3.unsat:
        return Answer(Said.CANNOT_BE)
    if found != z3.sat:
        return Answer(Said.UNDECIDED)
    return Answer(Said.CAN_BE, translation.variables.facts(solver.model(), translation.codes.words))


def within(translation: Translation, period: Period | None) -> list[Flag]:
    variable = translation.variables.variables.get(period.fact) if period else None
    if period is None or variable is None or not isinstance(variable.type, Day):
        return []
    return [variable.term >= period.since, variable.term <= period.until]

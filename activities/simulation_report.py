"""What is asked of a change of the law, and what comes of it: kept in the record as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import TypeAdapter

from activities.simulation_law import Change
from rules.simulated_effects import Effects


@dataclass(frozen=True)
class Question:
    """`of`: workers or employers; None: those of whom the record knows more of the facts that the policy reads."""

    policy: str
    jurisdiction: str
    change: Change
    of: str | None = None
    seed: int = 0


@dataclass(frozen=True)
class LawOfPlace:
    """Which law was compared with which; no hash where none governs."""

    place: str
    before: str
    before_hash: str
    after: str
    after_hash: str


@dataclass(frozen=True)
class Report:
    """`compared`: how many the evaluator decided too. `ungoverned`: people in whose place neither law holds.

    `not_kept`: facts that a law reads and of which nothing is known of anybody.
    """

    policy: str
    jurisdiction: str
    change: Mapping[str, str]
    as_of: date
    of: str
    snapshot_day: date
    snapshot_hash: str
    laws: tuple[LawOfPlace, ...]
    stations: tuple[str, ...]
    compared: int
    ungoverned: int
    not_kept: tuple[str, ...]
    effects: Effects


REPORT: Final = TypeAdapter(Report)

"""What acts of a subsidy case have in common, and one list of them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from cases import acts
from cases.subsidy.case import SubsidyCase
from cases.subsidy.record import Seen
from cases.subsidy.stages import Stage

OPEN_STAGES = frozenset(Stage) - {Stage.CLOSED}

REGISTRY: dict[str, type["Act"]] = {}


@dataclass(frozen=True)
class Act(acts.Act[SubsidyCase, Seen]):
    KIND: ClassVar = ""
    DURING: ClassVar[frozenset[Stage]] = OPEN_STAGES
    REGISTRY: ClassVar[dict[str, type[Any]]] = REGISTRY

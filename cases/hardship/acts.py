"""What acts of a hardship case have in common: the stages they belong to, and one list of them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from cases import acts
from cases.hardship.case import HardshipCase
from cases.hardship.record import Seen
from cases.hardship.stages import Stage

OPEN_STAGES = frozenset(Stage) - {Stage.CLOSED}
WORKING_STAGES = frozenset({Stage.DETERMINATION, Stage.HELP, Stage.POST, Stage.FOLLOW_UP})
HELPING_STAGES = frozenset({Stage.HELP, Stage.POST, Stage.FOLLOW_UP})

REGISTRY: dict[str, type["Act"]] = {}


@dataclass(frozen=True)
class Act(acts.Act[HardshipCase, Seen]):
    KIND: ClassVar = ""
    DURING: ClassVar[frozenset[Stage]] = WORKING_STAGES
    REGISTRY: ClassVar[dict[str, type[Any]]] = REGISTRY

"""Changes to workflows that running cases must live through: every `workflow.patched` id, and when it may go.

Before the order of steps changes, the old order stays behind `workflow.patched(id)`, and the id is entered here. Once
no case is left that began before it (a run ends with its phase, so after some months), the patch is deprecated, then
removed, each with a recorded history.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Patch:
    id: str
    introduced_on: date
    removable_from: date
    why: str


PATCHES: tuple[Patch, ...] = ()

"""Which field of a form a sentence of the engine's names."""

import re
from typing import Final

from cases.refusals import Refusal
from web.acts.described import ActForm, Field

# The engine calls a field by its name in the act, alone or after its own words for it: “服务内容 content”.
FIELD: Final = re.compile(r"“(?:[^“”]*? )?([a-z_]+)”")


def spoken_of(described: ActForm, reason: Refusal) -> Field | None:
    """The first field that the sentence names."""
    found = (field_named(described, each[1]) for each in FIELD.finditer(reason.wording.zh))
    return next((field for field in found if field), None)


def field_named(described: ActForm, name: str) -> Field | None:
    """By its name, or by the last part of its path."""
    return next((f for f in described.fields if f.name == name or f.name.endswith(f".{name}")), None)

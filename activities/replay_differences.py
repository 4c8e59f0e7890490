"""Where a determination that was made again differs from the one that was kept, part by part.

What was kept is compared with as much of what came out again as was kept at all: a later version may write more into a
determination (an amount, the day it turns) without an older one having been different.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# What may be said to an auditor; every other value may be personal, and is only said to differ.
SAID: Final = frozenset(
    {"policy", "version", "policy_hash", "jurisdiction", "conclusion", "amount_fen", "engines", "verdict", "role"}
)
# What each entry of a part is called by.
NAMED_BY: Final = {
    "findings": "rule",
    "disagreements": "rule",
    "questions": "fact",
    "parts": "name",
    "sources": "name",
    "items": "item",
}
ENGINES: Final = "engines"


@dataclass(frozen=True)
class Difference:
    """`part` as in `findings/long-wait`; `then` and `now` are empty where the values are a person's."""

    part: str
    field: str
    then: str = ""
    now: str = ""

    def __str__(self) -> str:
        name = f"{self.part}/{self.field}" if self.part else self.field
        return f"{name}: {self.then} → {self.now}" if self.then or self.now else name


def as_much_as(kept: Any, made: Any) -> Any:  # noqa: ANN401 - any JSON
    """What came out again, without what was not yet kept then."""
    if isinstance(kept, dict) and isinstance(made, dict):
        return {key: as_much_as(inner, made[key]) for key, inner in kept.items() if key in made}
    if isinstance(kept, list) and isinstance(made, list) and len(kept) == len(made):
        return [as_much_as(one, other) for one, other in zip(kept, made, strict=True)]
    return made


def written(value: Any) -> str:  # noqa: ANN401 - any JSON
    """As a determination's text is written."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def differences(kept_text: str, made_text: str) -> tuple[Difference, ...]:
    """Nothing, if every byte that was kept came out again."""
    kept = json.loads(kept_text)
    made = as_much_as(kept, json.loads(made_text))
    if written(made) == kept_text:
        return ()
    found = tuple(_fields("", kept, made))
    return found or (Difference("", "text"),)


def _fields(part: str, kept: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[Difference]:
    for field in dict.fromkeys((*kept, *made)):
        then, now = kept.get(field), made.get(field)
        if then == now:
            continue
        key = None if part else NAMED_BY.get(field)
        if key and isinstance(then, list) and isinstance(now, list):
            yield from _entries(field, key, then, now)
        elif field in SAID:
            yield Difference(part, field, str(then), str(now))
        else:
            yield Difference(part, field)


def _entries(
    part: str, key: str, then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    kept, made = ({str(entry[key]): entry for entry in entries} for entries in (then, now))
    for name in dict.fromkeys((*kept, *made)):
        if name not in made or name not in kept:
            yield Difference(f"{part}/{name}", "only then" if name in kept else "only now")
        else:
            yield from _fields(f"{part}/{name}", kept[name], made[name])
    if list(kept) != list(made) and set(kept) == set(made):
        yield Difference(part, "order")

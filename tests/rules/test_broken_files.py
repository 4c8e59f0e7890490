"""However a policy file is broken, the answer is a refusal with a place, never a crash or a silent guess."""

from pathlib import Path
from random import Random

import pytest

from rules.errors import PolicyRefused
from rules.loading import Mapping, load, load_file
from rules.policies import PolicyBook
from rules.uses import check_uses

FOLDER = Path(__file__).parents[2] / "policies"
PATHS = sorted(path for path in FOLDER.rglob("*.yaml") if "calendars" not in path.parts)
FACTS = [load_file(path, str(path.relative_to(FOLDER))) for path in PATHS if path.parent.name == "facts"]
POLICIES = [path for path in PATHS if path.parent.name != "facts"]
SHAPES = FOLDER.parent / "examples" / "policies" / "shapes"
# Kinds and sections that nothing shipped has yet: amounts that are read, a triage, repeals, clocks that start anew.
SHAPED = [path for path in sorted(SHAPES.glob("*.yaml")) if path.name[:2] in ("08", "28", "34", "35")]
PIECES = (
    "",
    " ",
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    '"',
    "'",
    "0",
    "-1",
    "yes",
    "null",
    "(",
    ")",
    ">=",
    " and ",
    "\n",
    "困",
)


def broken(text: str, random: Random) -> str:
    lines = text.splitlines()
    at = random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, random.choice(lines))
        case 2:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            line = lines[at]
            cut = random.randrange(len(line) + 1)
            lines[at] = line[:cut] + random.choice(PIECES) + line[cut + random.randrange(3) :]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_broken_file_is_refused_with_a_place_or_still_means_something(path: Path) -> None:
    text, random = path.read_text(encoding="utf-8"), Random(path.name)  # noqa: S311 - test data
    layers = [load_file(other) for other in POLICIES if other.name == path.name and other != path]
    refused = 0
    for _ in range(40):
        refusal = refusal_of(broken(text, random), layers)
        refused += refusal is not None
        assert refusal is None or all(error.place.line for error in refusal.errors)
    assert refused


@pytest.mark.parametrize("path", SHAPED, ids=lambda path: path.stem)
def test_a_broken_shape_is_refused_with_a_place_or_still_means_something(path: Path) -> None:
    text, random = path.read_text(encoding="utf-8"), Random(path.name)  # noqa: S311 - test data
    others = [load_file(SHAPES / "facts.yaml")]
    others += [load_file(other) for other in SHAPED if other.name[:2] == path.name[:2] and other != path]
    refusals = [refusal for _ in range(25) if (refusal := refusal_of(broken(text, random), others))]
    assert refusals
    assert all(error.place.line for refusal in refusals for error in refusal.errors)


def refusal_of(changed: str, layers: list[Mapping]) -> PolicyRefused | None:
    try:
        check_uses(PolicyBook.of(*FACTS, *layers, load(changed, "broken.yaml")))
    except PolicyRefused as refusal:
        return refusal
    return None

"""The fonts that papers are printed with: whole, ours, and known character by character."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

from activities.printing.faults import FontsAltered, NoGlyph
from cases.papers import Paper, leaves

FOLDER = Path(__file__).parents[2] / "templates" / "docs" / "fonts"
CONFIGURATION = FOLDER / "fonts.conf"
BODY = ("Yizhan Song", "Yizhan Song Extra", "Yizhan Rare")  # what a name may be printed in, in this order


@dataclass(frozen=True)
class Face:
    """One font file: which glyph draws which character."""

    family: str
    weight: int
    glyphs: dict[int, int]


@dataclass(frozen=True)
class Fonts:
    faces: dict[tuple[str, int], Face]

    @property
    def characters(self) -> frozenset[int]:
        return frozenset().union(*(face.glyphs for face in self.faces.values() if face.family in BODY))

    def find(self, family: str, weight: int) -> Face | None:
        return self.faces.get((family, weight))


def load(folder: Path = FOLDER) -> Fonts:
    """Read the fonts, and refuse a folder that is not what the manifest says.

    Two files of one family and weight would be painted with each other's outlines, without any warning.
    """
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["fonts"]
    listed = {entry["file"] for entry in entries}
    present = {file.name for file in folder.iterdir() if file.suffix in {".otf", ".ttf", ".ttc", ".woff", ".woff2"}}
    if listed != present:
        raise FontsAltered(f"Fonts are missing or strange: {', '.join(sorted(listed ^ present))}.")
    faces: dict[tuple[str, int], Face] = {}
    for entry in entries:
        content = (folder / entry["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            raise FontsAltered(f"{entry['file']} is not the file of the manifest; check it out again.")
        key = (entry["family"], entry["weight"])
        if key in faces:
            raise FontsAltered(f"Two files are {key[0]} {key[1]}; a family and weight may have one only.")
        faces[key] = Face(*key, _glyphs(folder / entry["file"]))
    return Fonts(faces)


def _glyphs(file: Path) -> dict[int, int]:
    with TTFont(file, lazy=True) as font:
        return {character: font.getGlyphID(name) for character, name in font.getBestCmap().items()}


def refuse_missing(paper: Paper, characters: frozenset[int]) -> None:
    """Say which character of which field no font has; the message does not repeat it, it may be of a name."""
    for leaf in leaves(paper):
        if isinstance(leaf.value, str):
            for place, character in enumerate(leaf.value, 1):
                if ord(character) not in characters:
                    raise NoGlyph(f"{leaf.path}: the fonts have no glyph for character {place}.")

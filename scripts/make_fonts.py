"""Makes the fonts that papers are printed with, from four Debian packages; run only to change them.

    .venv/bin/python scripts/make_fonts.py [FOLDER]

The same packages give the same bytes on every machine. The results and their licences stand in `templates/docs/fonts`,
with a manifest of their digests that the press checks before it prints. Needs `apt-get`, `dpkg-deb` and fontTools.
"""

from __future__ import annotations

import bz2
import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parents[1] / "templates" / "docs" / "fonts"

PACKAGES = (
    "fonts-noto-cjk=1:20220127+repack1-1",
    "fonts-lxgw-wenkai=1.250+repack-1",
    "fonts-hanazono=20170904-2.1",
    "unicode-data=15.0.0-1",
)
NOTO = "usr/share/fonts/opentype/noto"
SIMPLIFIED = 2  # the face of a Noto collection whose glyph shapes are those of the mainland

# Tables that only hinting, vertical text or shaping of other scripts would read.
UNUSED = ["BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "VORG", "gasp", "prop", "vhea", "vmtx"]

SYMBOLS = frozenset(
    {
        *range(0x20, 0x7F),
        *range(0xA0, 0x250),  # Latin, for names in other alphabets
        *range(0x370, 0x400),
        *range(0x2000, 0x2070),
        *range(0x2100, 0x2700),
        *range(0x3000, 0x3100),
        *range(0xFF00, 0xFFEF),
    }
)
SPACES = frozenset({0x20, 0x3000})  # in every font: the shaper leaves a space in the run of the character before it
IDEOGRAPHS = frozenset({*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)})
EXTENSIONS_B_TO_F = frozenset(range(0x20000, 0x2EBF0))


@dataclass(frozen=True)
class Face:
    """One file of ours. A family and weight name one file only, or WeasyPrint prints wrong characters."""

    file: str
    family: str
    weight: int
    source: str
    number: int
    licence: str


SERIF, SERIF_BOLD = f"{NOTO}/NotoSerifCJK-Regular.ttc", f"{NOTO}/NotoSerifCJK-Bold.ttc"
SANS = f"{NOTO}/NotoSansCJK-Regular.ttc"

SONG = Face("YizhanSong-Regular.otf", "Yizhan Song", 400, SERIF, SIMPLIFIED, "OFL-Noto.txt")
SONG_BOLD = Face("YizhanSong-Bold.otf", "Yizhan Song", 700, SERIF_BOLD, SIMPLIFIED, "OFL-Noto.txt")
SONG_EXTRA = Face("YizhanSongExtra-Regular.otf", "Yizhan Song Extra", 400, SERIF, SIMPLIFIED, "OFL-Noto.txt")
HEI = Face("YizhanHei-Regular.otf", "Yizhan Hei", 400, SANS, SIMPLIFIED, "OFL-Noto.txt")
KAI = Face(
    "YizhanKai-Regular.ttf",
    "Yizhan Kai",
    400,
    "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    -1,
    "OFL-LXGW.txt",
)
RARE = Face(
    "YizhanRare-Regular.ttf",
    "Yizhan Rare",
    400,
    "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    -1,
    "OFL-Hanazono.txt",
)


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        packages = Path(temporary)
        unpack(packages)
        core = SYMBOLS | gb2312() | general_standard(packages)
        in_song = frozenset(font(packages, SONG).getBestCmap())
        wanted = {
            SONG: core,
            SONG_BOLD: core,
            HEI: core,
            KAI: core,
            SONG_EXTRA: SPACES | (in_song & (IDEOGRAPHS | EXTENSIONS_B_TO_F) - core),
            RARE: SPACES | (in_chinese_standards(packages) & EXTENSIONS_B_TO_F - in_song),
        }
        entries = [make(packages, face, characters, folder) for face, characters in wanted.items()]
    manifest = {"packages": list(PACKAGES), "fonts": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def unpack(into: Path) -> None:
    subprocess.run(["apt-get", "download", "--quiet", *PACKAGES], cwd=into, check=True)
    for package in sorted(into.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, into], check=True)


def gb2312() -> frozenset[int]:
    """GB 2312, the characters of everyday print."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(text) for pair in pairs if len(text := pair.decode("gb2312", errors="ignore")) == 1)


def general_standard(packages: Path) -> frozenset[int]:
    """通用规范汉字表 (2013): the 8,105 characters that names given since may use."""
    return _unihan(packages, "OtherMappings", {"kTGH"})


def in_chinese_standards(packages: Path) -> frozenset[int]:
    """Ideographs that a standard of the mainland, Hong Kong or Macao contributed."""
    return _unihan(packages, "IRGSources", {"kIRG_GSource", "kIRG_HSource", "kIRG_MSource"})


def _unihan(packages: Path, file: str, properties: set[str]) -> frozenset[int]:
    with bz2.open(packages / f"usr/share/unicode/Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines if line.startswith("U+"))
        return frozenset(int(row[0].replace("U+", "0x"), 0) for row in rows if row[1] in properties)


def font(packages: Path, face: Face) -> TTFont:
    return TTFont(packages / face.source, fontNumber=face.number, lazy=True, recalcTimestamp=False)


def make(packages: Path, face: Face, wanted: frozenset[int], folder: Path) -> dict[str, object]:
    opened = font(packages, face)
    characters = wanted & opened.getBestCmap().keys()
    options = subset.Options()
    options.layout_features, options.drop_tables = [], [*options.drop_tables, *UNUSED]
    options.hinting, options.desubroutinize, options.notdef_outline = False, True, True
    options.glyph_names, options.name_IDs = False, [0, 13, 14]  # copyright and licence stay; the names are ours
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(opened)
    rename(opened, face)
    opened.save(folder / face.file, reorderTables=True)
    digest = hashlib.sha256((folder / face.file).read_bytes()).hexdigest()
    print(f"{face.file}: {len(characters)} characters, {(folder / face.file).stat().st_size:,} bytes", flush=True)
    return {
        "file": face.file,
        "family": face.family,
        "weight": face.weight,
        "characters": len(characters),
        "made_from": Path(face.source).name,
        "licence": face.licence,
        "sha256": digest,
    }


def rename(opened: TTFont, face: Face) -> None:
    """A changed font may not keep a reserved name; a private one also never meets a font of the machine."""
    style = "Bold" if face.weight == SONG_BOLD.weight else "Regular"
    postscript = f"{face.family.replace(' ', '')}-{style}"
    names = {1: face.family, 2: style, 3: f"{postscript};Yizhan", 4: f"{face.family} {style}", 6: postscript}
    for identifier, text in names.items():
        opened["name"].setName(text, identifier, 3, 1, 0x409)
    opened["OS/2"].usWeightClass = face.weight
    if "CFF " in opened:
        cff = opened["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName, top.Weight = face.family, f"{face.family} {style}", style


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE)

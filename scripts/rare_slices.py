"""Cuts the font of rare characters into small files for the pages, and writes the sheet that names them.

A page with a rare character in a name fetches only the slice that holds it; a page without one fetches nothing.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
RARE = ROOT / "templates" / "docs" / "fonts" / "YizhanRare-Regular.ttf"
FONTS = ROOT / "web" / "static" / "fonts"
SHEET = ROOT / "frontend" / "scss" / "_rare.scss"
SLICE = 0x200
BEYOND = 0x20000  # what the readers' own fonts seldom have


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    slices: dict[int, list[int]] = {}
    for point in sorted(TTFont(RARE, lazy=True).getBestCmap()):
        if point >= BEYOND:
            slices.setdefault(point // SLICE, []).append(point)
    faces = []
    for number, points in slices.items():
        name = f"rare-{number * SLICE:x}.woff2"
        _cut(points, FONTS / name)
        faces.append(_face(name, number * SLICE))
    SHEET.write_text("// Written by scripts/rare_slices.py.\n" + "".join(faces), encoding="utf-8")


def _cut(points: list[int], path: Path) -> None:
    options = subset.Options(flavor="woff2", layout_features=[], notdef_outline=True, hinting=False)
    font = subset.load_font(str(RARE), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the same file each time
    subset.save_font(font, str(path), options)


def _face(name: str, start: int) -> str:
    return (
        f'@font-face {{ font-family: "Yizhan Rare"; src: url("fonts/{name}") format("woff2"); '
        f"unicode-range: U+{start:x}-{start + SLICE - 1:x}; font-display: swap; }}\n"
    )


if __name__ == "__main__":
    main()

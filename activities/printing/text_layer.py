"""What a PDF really says: the glyphs drawn on its pages, read back through its fonts in the order of its structure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

from weasyprint import Document

FONT = re.compile(rb"^/(\w+) [\d.]+ Tf$")
GLYPHS = re.compile(r"<([0-9a-f]*)>")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"

# One piece of tagged content: the page it is on and its number there.
Piece: TypeAlias = tuple[bytes, int]


@dataclass(frozen=True)
class Drawn:
    """One glyph of one font, and the character that a reader who copies it gets."""

    family: str
    weight: int
    glyph: int
    text: str


@dataclass(frozen=True)
class TextLayer:
    glyphs: tuple[Drawn, ...]
    text: str  # without white space; running headers and page numbers are outside the structure


class Written(Protocol):
    """A PDF being finished, its pages not compressed yet."""

    objects: Sequence[Any]
    catalog: dict[str, Any]


def read(document: Document, pdf: Written) -> TextLayer:
    meanings: dict[str, dict[int, str]] = {}
    drawn = []
    for font in document.fonts.values():
        meanings.setdefault(font.hash, {}).update(font.to_unicode)
        drawn += [Drawn(font.family, font.weight, glyph, text) for glyph, text in font.to_unicode.items()]
    said = {
        piece: "".join(meanings[font].get(glyph, UNREADABLE) for font, glyph in glyphs)
        for piece, glyphs in _pieces(pdf).items()
    }
    in_order = _in_order(pdf, pdf.catalog["StructTreeRoot"], b"")
    return TextLayer(tuple(drawn), squeezed("".join(said.get(piece, "") for piece in in_order)))


def squeezed(text: str) -> str:
    """Without white space: lines break anywhere in Chinese, and a break says nothing."""
    return "".join(text.split())


def _pieces(pdf: Written) -> dict[Piece, list[tuple[str, int]]]:
    pages: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    return {
        (page.reference, number): glyphs
        for page in pages
        for number, glyphs in _marked(_object(pdf, page["Contents"]).stream).items()
    }


def _marked(operations: Sequence[Any]) -> dict[int, list[tuple[str, int]]]:
    """The glyphs of each numbered piece of a page. Pieces do not nest, so no stack is needed."""
    font, glyphs = "", list[tuple[str, int]]()
    pieces: dict[int, list[tuple[str, int]]] = {}
    for before, operation in pairwise(operations):
        if operation == b"BDC":
            glyphs = pieces[before["MCID"]] = []
        elif isinstance(operation, bytes) and (match := FONT.match(operation)):
            font = match[1].decode()
        elif isinstance(operation, bytes) and operation.endswith(b"] TJ"):
            glyphs += [(font, glyph) for glyph in _glyphs(operation.decode("ascii"))]
    return pieces


def _glyphs(operation: str) -> Iterator[int]:
    for run in GLYPHS.findall(operation):
        yield from (int(run[at : at + 4], 16) for at in range(0, len(run), 4))


def _in_order(pdf: Written, reference: bytes, page: bytes) -> Iterator[Piece]:
    element = _object(pdf, reference)
    page = element.get("Pg", page)
    for kid in element.get("K", ()):
        if isinstance(kid, int):
            yield page, kid
        else:
            yield from _in_order(pdf, kid, page)


def _object(pdf: Written, reference: bytes) -> Any:  # noqa: ANN401  (pydyf's objects have no types)
    return pdf.objects[int(reference.split()[0])]

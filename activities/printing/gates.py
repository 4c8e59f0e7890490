"""What a printed paper is checked for before it leaves the press."""

from collections.abc import Iterator

from activities.printing.faults import (
    ForeignFont,
    LayoutWarned,
    PlaceholderLeft,
    SignatureBoxAstray,
    ValueMissing,
    WrongGlyph,
    WrongPageCount,
)
from activities.printing.fonts import Fonts
from activities.printing.layout import LaidOut
from activities.printing.templates import PaperTemplate
from activities.printing.text_layer import TextLayer, squeezed
from activities.printing.wordings import shown
from cases.papers import Leaf, Paper, leaves

PLACEHOLDERS = ("{{", "}}", "{%", "None", "undefined", "Undefined")
# Kept in the facts and not told on paper: the English of a wording, and the law that the paper was checked against.
UNTOLD = ("law.", "wording.en")


def pass_gates(laid: LaidOut, template: PaperTemplate, paper: Paper, fonts: Fonts) -> None:
    """Raise the first fault; the order goes from the layout to the meaning."""
    no_warning(laid)
    own_glyphs(laid.layer, fonts)
    page_count(laid, template)
    signature_boxes(laid, template)
    values_told(laid.layer, paper)
    no_placeholder(laid.layer, paper)


def no_warning(laid: LaidOut) -> None:
    if laid.warnings:
        raise LayoutWarned(f"The layout gave {laid.warnings} warnings; try the template by itself to see them.")


def own_glyphs(layer: TextLayer, fonts: Fonts) -> None:
    for drawn in layer.glyphs:
        face = fonts.find(drawn.family, drawn.weight)
        if face is None:
            raise ForeignFont(f"The paper uses {drawn.family} {drawn.weight}, which is not one of the project's fonts.")
        if len(drawn.text) != 1 or face.glyphs.get(ord(drawn.text)) != drawn.glyph:
            raise WrongGlyph(f"Glyph {drawn.glyph} of {drawn.family} draws another character than the text names.")


def page_count(laid: LaidOut, template: PaperTemplate) -> None:
    if not 1 <= laid.pages <= template.most_pages:
        raise WrongPageCount(f"{laid.pages} pages; a {template.kind} has 1 to {template.most_pages}.")


def signature_boxes(laid: LaidOut, template: PaperTemplate) -> None:
    on_last = {box.id for box in laid.boxes if box.page == laid.pages and box.right > box.left and box.top > box.bottom}
    for name in template.signatures:
        if name not in on_last:
            raise SignatureBoxAstray(f"The box {name} is not on the last page of the {template.kind}.")


def values_told(layer: TextLayer, paper: Paper) -> None:
    for leaf, text in _told(paper):
        if squeezed(text) not in layer.text:
            raise ValueMissing(f"The paper does not show {leaf.path}.")


def no_placeholder(layer: TextLayer, paper: Paper) -> None:
    """A trace that is part of a value is that value's own."""
    said = "".join(squeezed(text) for _, text in _told(paper))
    for trace in PLACEHOLDERS:
        if trace in layer.text and trace not in said:
            raise PlaceholderLeft(f"The text of the paper contains “{trace}”.")


def _told(paper: Paper) -> Iterator[tuple[Leaf, str]]:
    for leaf in leaves(paper):
        if not any(part in leaf.path for part in UNTOLD) and (text := shown(leaf)):
            yield leaf, text

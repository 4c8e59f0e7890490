from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from activities.printing import gates
from activities.printing.faults import (
    ForeignFont,
    LayoutWarned,
    PlaceholderLeft,
    PrintFault,
    SignatureBoxAstray,
    ValueMissing,
    WrongGlyph,
    WrongPageCount,
)
from activities.printing.fonts import Fonts
from activities.printing.layout import LaidOut, Layout
from activities.printing.printed import Box
from activities.printing.templates import NOTICE, TEMPLATES, environment, fill_in
from activities.printing.text_layer import Drawn, TextLayer
from cases.papers import PaperKind
from tests.paper_builders import an_exit_notice

# WeasyPrint leaves the file of its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

PAPER = an_exit_notice()
TEMPLATE = TEMPLATES[PaperKind.EXIT_NOTICE]


@pytest.fixture(scope="module")
def good(layout: Layout) -> LaidOut:
    html = fill_in(environment(), TEMPLATE, "exit-notice@0", PAPER, "0" * 64)
    return layout.lay_out(html, NOTICE, b"{}", PAPER.issued_on)


def test_a_good_paper_passes(good: LaidOut, fonts: Fonts) -> None:
    gates.pass_gates(good, TEMPLATE, PAPER, fonts)


def swapped(glyphs: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    """What WeasyPrint does with two files of one family: the right text over the wrong outlines."""
    one, other = glyphs[:2]
    return (replace(one, glyph=other.glyph), replace(other, glyph=one.glyph), *glyphs[2:])


def doubled(glyphs: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    return (replace(glyphs[0], text=glyphs[0].text * 2), *glyphs[1:])


def reads(laid: LaidOut, text: str) -> LaidOut:
    return replace(laid, layer=replace(laid.layer, text=text))


def draws(laid: LaidOut, glyphs: tuple[Drawn, ...]) -> LaidOut:
    return replace(laid, layer=replace(laid.layer, glyphs=glyphs))


def boxed(laid: LaidOut, change: Callable[[Box], Box]) -> LaidOut:
    return replace(laid, boxes=tuple(change(box) for box in laid.boxes))


Damage: TypeAlias = Callable[[LaidOut], LaidOut]
DAMAGES: dict[str, tuple[Damage, type[PrintFault]]] = {
    "a warning": (lambda laid: replace(laid, warnings=1), LayoutWarned),
    "a font of the machine": (
        lambda laid: draws(laid, (*laid.layer.glyphs, Drawn("DejaVu Sans", 400, 5, "A"))),
        ForeignFont,
    ),
    "a weight that no file has": (
        lambda laid: draws(laid, (*laid.layer.glyphs, Drawn("Yizhan Kai", 700, 5, "A"))),
        ForeignFont,
    ),
    "another outline under a character": (lambda laid: draws(laid, swapped(laid.layer.glyphs)), WrongGlyph),
    "a character too many under a glyph": (lambda laid: draws(laid, doubled(laid.layer.glyphs)), WrongGlyph),
    "no page": (lambda laid: replace(laid, pages=0), WrongPageCount),
    "more pages than such a paper has": (
        lambda laid: replace(laid, pages=TEMPLATE.most_pages + 1),
        WrongPageCount,
    ),
    "a box on an earlier page": (lambda laid: boxed(laid, lambda box: replace(box, page=1)), SignatureBoxAstray),
    "a box without width": (lambda laid: boxed(laid, lambda box: replace(box, right=box.left)), SignatureBoxAstray),
    "a box that is gone": (
        lambda laid: boxed(laid, lambda box: replace(box, id=box.id.replace("worker", "w"))),
        SignatureBoxAstray,
    ),
    "a name with another character": (lambda laid: reads(laid, laid.layer.text.replace("𠅤", "惠")), ValueMissing),
    "a day with another figure": (lambda laid: reads(laid, laid.layer.text.replace("月20日", "月21日")), ValueMissing),
    "a trace of the template": (lambda laid: reads(laid, laid.layer.text + "{{paper.name}}"), PlaceholderLeft),
    "a trace of a missing value": (lambda laid: reads(laid, laid.layer.text + "自None起"), PlaceholderLeft),
}


@pytest.mark.parametrize(("damage", "fault"), DAMAGES.values(), ids=DAMAGES)
def test_each_gate_closes(good: LaidOut, fonts: Fonts, damage: Damage, fault: type[PrintFault]) -> None:
    with pytest.raises(fault) as caught:
        gates.pass_gates(damage(good), TEMPLATE, PAPER, fonts)
    assert "赵" not in str(caught.value)


def test_a_trace_that_a_value_brings_along_is_no_trace() -> None:
    paper = an_exit_notice(findings=("None 有限公司推荐的岗位，本人未到场。",))
    gates.no_placeholder(TextLayer((), "None有限公司"), paper)


def test_a_box_is_compared_by_its_own_page() -> None:
    laid = LaidOut(b"", 1, (Box("sig-station", 1, 0, 0, 9, 9), Box("sig-worker", 1, 0, 0, 9, 9)), TextLayer((), ""), 0)
    gates.signature_boxes(laid, TEMPLATE)
    with pytest.raises(SignatureBoxAstray, match="sig-worker"):
        gates.signature_boxes(replace(laid, boxes=laid.boxes[:1]), TEMPLATE)

"""The papers as a reader's programs see them. `UPDATE_GOLDENS=1` writes the expected texts and digests anew."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from activities import paper_facts
from activities.papers import Press, RenderedPaper
from cases.contract_parts import Term
from cases.papers import LONGEST_NAME, PaperKind
from cases.parties import Addressee
from tests.paper_builders import (
    ADDRESSEE,
    EMPLOYER,
    EVERY_PAPER,
    LOCAL_RULE,
    PERSON,
    STATION,
    a_closing_notice,
    a_labour_contract,
    a_referral_letter,
    an_exit_notice,
)

GOLDENS = Path(__file__).parent / "goldens"
UPDATE = os.environ.get("UPDATE_GOLDENS") == "1"
OWN_FONTS = re.compile(r"[A-Z]{6}\+Yizhan-(Song|Song-Bold|Song-Extra|Rare|Hei|Kai) ")

Rendered: TypeAlias = dict[PaperKind, RenderedPaper]

each_kind = pytest.mark.parametrize("kind", PaperKind)


def program(name: str, *arguments: str | Path) -> str:
    """Run one of the reader's programs; what it complains of is part of its answer."""
    if shutil.which(name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing; the set-up for tests installs it.")
        pytest.skip(f"{name} is missing")
    ran = subprocess.run([name, *map(str, arguments)], check=True, capture_output=True, text=True)
    return ran.stdout + ran.stderr


def text_of(pdf: bytes, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return program("pdftotext", "-layout", file, "-").replace("\f", "\n\f")


def flat(text: str) -> str:
    """Without white space and what stands at the foot of each page."""
    return re.sub(r"数据摘要[0-9a-f]{16}|—[0-9]+—", "", "".join(text.split()))


@each_kind
def test_the_text_is_the_expected_one(rendered: Rendered, kind: PaperKind, tmp_path: Path) -> None:
    text, golden = text_of(rendered[kind].pdf, tmp_path), GOLDENS / f"{kind}.txt"
    if UPDATE:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@each_kind
def test_the_bytes_are_the_expected_ones(rendered: Rendered, kind: PaperKind) -> None:
    """Across processes, machines and years, as long as the versions behind them are the same."""
    file, paper = GOLDENS / "digests.json", rendered[kind]
    goldens = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if UPDATE:
        goldens |= {"engines": paper.engines, kind.value: paper.sha256}
        file.write_text(json.dumps(goldens, indent=2) + "\n", encoding="utf-8")
    if goldens["engines"] != paper.engines:
        pytest.skip(f"The digests were taken with {goldens['engines']}; here is {paper.engines}.")
    assert paper.sha256 == goldens[kind.value]


@each_kind
def test_readers_find_nothing_wrong(rendered: Rendered, kind: PaperKind, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(rendered[kind].pdf)
    assert "No syntax or stream encoding errors found" in program("qpdf", "--check", file)
    assert program("pdftoppm", "-r", "20", "-gray", file, tmp_path / "page") == ""


@each_kind
def test_every_font_is_ours_and_inside(rendered: Rendered, kind: PaperKind, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(rendered[kind].pdf)
    fonts = program("pdffonts", file).splitlines()[2:]
    assert fonts
    for font in fonts:
        assert OWN_FONTS.match(font), font
        assert re.search(r" yes yes yes ", font), font  # embedded, a subset, with a text layer


@each_kind
def test_the_facts_inside_print_the_same_paper(press: Press, rendered: Rendered, kind: PaperKind) -> None:
    reader = PdfFileReader(BytesIO(rendered[kind].pdf))
    facts = attached(reader)
    assert facts["/AFRelationship"] == "/Source"
    inside = facts["/EF"]["/F"].data.decode()
    assert inside == paper_facts.write(EVERY_PAPER[kind])
    assert press.print_paper(paper_facts.read(inside)).sha256 == rendered[kind].sha256


@each_kind
def test_the_file_says_what_it_is(rendered: Rendered, kind: PaperKind) -> None:
    reader = PdfFileReader(BytesIO(rendered[kind].pdf))
    xmp = reader.root["/Metadata"].data.decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert f"Yizhan {rendered[kind].template_version}" in xmp
    assert kind.wording.en in xmp
    assert f"{EVERY_PAPER[kind].issued_on}T00:00:00+08:00" in xmp
    assert reader.root["/Lang"] == "zh-CN"
    assert reader.root["/MarkInfo"]["/Marked"]


@each_kind
def test_signatures_find_their_boxes(rendered: Rendered, kind: PaperKind) -> None:
    paper = rendered[kind]
    assert not list(enumerate_sig_fields(PdfFileReader(BytesIO(paper.pdf))))
    writer = IncrementalPdfFileWriter(BytesIO(paper.pdf))
    for box in paper.signature_boxes:
        edges = (round(box.left), round(box.bottom), round(box.right), round(box.top))
        append_signature_field(writer, SigFieldSpec(box.id, on_page=box.page - 1, box=edges))
        assert box.right - box.left > 120
        assert box.top - box.bottom > 45
    signed = BytesIO()
    writer.write(signed)  # type: ignore[no-untyped-call]  # pyHanko's own omission
    names = [name for name, _, _ in enumerate_sig_fields(PdfFileReader(signed))]
    assert names == [box.id for box in paper.signature_boxes]


def attached(reader: PdfFileReader) -> Any:
    (file,) = reader.root["/AF"]
    return file.get_object()


def test_rare_names_are_on_the_page(press: Press, tmp_path: Path) -> None:
    """Also in the bold head, where the rarest are drawn in the only weight that exists."""
    names = ("张𬭊", "王䶮", "李㛃", "赵𠅤", "阿不都·买买提", "周龍峯", "吴𡋾", "钱𪸩")
    paper = an_exit_notice(findings=names, station=replace(STATION, name="𪸩𬭊零工驿站"))
    text = flat(text_of(press.print_paper(paper).pdf, tmp_path))
    for name in (*names, "𪸩𬭊零工驿站"):
        assert name in text


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        (Term(date(2026, 4, 1), date(2027, 3, 31)), "本合同为固定期限合同，自2026年4月1日起至2027年3月31日止。"),
        (Term(date(2026, 4, 1)), "本合同为无固定期限合同，自2026年4月1日起。"),
        (Term(date(2026, 4, 1), task="望江小区外墙清洗"), "至下列工作任务完成时止：望江小区外墙清洗。"),
    ],
    ids=["fixed", "open-ended", "until a task is done"],
)
def test_the_term_of_a_contract(press: Press, tmp_path: Path, term: Term, sentence: str) -> None:
    paper = a_labour_contract(term=term, probation_months=0, probation_fen=None)
    text = flat(text_of(press.print_paper(paper).pdf, tmp_path))
    assert sentence in text
    assert "双方不约定试用期。" in text


def test_a_letter_to_a_household_says_no_more_than_is_known(press: Press, tmp_path: Path) -> None:
    letter = a_referral_letter(employer=Addressee("周龍峯"), verified=False, talk_at=None, skills=())
    text = flat(text_of(press.print_paper(letter).pdf, tmp_path))
    assert "您在本站发布的下列岗位，现推荐赵𠅤前来应聘" in text
    assert "核实" not in text
    assert "贵单位" not in text
    assert "统一社会信用代码" not in text


def test_unverified_authorities_are_marked(press: Press, tmp_path: Path) -> None:
    text = flat(text_of(press.print_paper(a_closing_notice()).pdf, tmp_path))
    assert f"{LOCAL_RULE.clause}〔※未经核实〕" in text
    assert "※表示本站尚未核对该依据的原文。" in text
    assert "三（四）〔已核全文〕" in text


def test_verified_authorities_need_no_mark(press: Press, tmp_path: Path) -> None:
    text = flat(text_of(press.print_paper(a_referral_letter()).pdf, tmp_path))
    assert "〔已核转载摘录〕" in text
    assert "※" not in text


def test_a_letter_and_a_notice_tell_no_identity_number() -> None:
    for paper in (a_referral_letter(), a_closing_notice(), an_exit_notice()):
        assert "identity" not in paper_facts.write(paper)


def test_a_notice_says_where_to_object(press: Press, tmp_path: Path) -> None:
    for paper in (a_closing_notice(), an_exit_notice()):
        text = flat(text_of(press.print_paper(paper).pdf, tmp_path))
        for value in ("15日内（至2026年4月17日）", paper.review.body, paper.review.address, paper.review.phone):
            assert value in text


def test_hostile_text_is_printed_as_text(press: Press, tmp_path: Path) -> None:
    hostile = '<link rel=attachment href="file:///etc/passwd"><img src=x>{{ 7*7 }}{% raw %}&lt;'
    paper = a_closing_notice(
        next_steps=(hostile,),
        worker=replace(PERSON, name="张<b>三</b>"),
    )
    rendered = press.print_paper(paper)
    text = flat(text_of(rendered.pdf, tmp_path))
    assert flat(hostile) in text
    assert "张<b>三</b>" in text
    assert len(PdfFileReader(BytesIO(rendered.pdf)).root["/AF"]) == 1


WORD = re.compile(r'<word xMin="([0-9.]+)" yMin="[0-9.]+" xMax="([0-9.]+)"')
LEFT_EDGE, RIGHT_EDGE = 24 / 25.4 * 72, (210 - 24) / 25.4 * 72  # the narrowest margins of any paper, in points


@each_kind
def test_nothing_runs_off_the_paper(press: Press, kind: PaperKind, tmp_path: Path) -> None:
    paper, name = EVERY_PAPER[kind], "A" * (LONGEST_NAME - 30) + "国" * 30
    named = [party for party in ("station", "worker", "employer") if hasattr(paper, party)]
    long = replace(paper, **{party: replace(getattr(paper, party), name=name) for party in named})
    file = tmp_path / "paper.pdf"
    file.write_bytes(press.print_paper(long).pdf)
    for left, right in WORD.findall(program("pdftotext", "-bbox", file, "-")):
        assert float(left) > LEFT_EDGE - 1
        assert float(right) < RIGHT_EDGE + 1


def test_long_names_stay_inside_their_boxes(press: Press) -> None:
    employer = replace(EMPLOYER, name="示例区" + "国际" * 45 + "有限公司")
    assert press.print_paper(a_labour_contract(employer=employer)).pages <= 4
    assert press.print_paper(a_referral_letter(employer=replace(ADDRESSEE, name=employer.name))).pages <= 2

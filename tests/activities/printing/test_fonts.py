import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from activities.printing.faults import FontsAltered, NoGlyph
from activities.printing.fonts import FOLDER, Fonts, load, refuse_missing
from tests.paper_builders import PERSON, a_closing_notice

RARE = "𬭊䶮㛃𠅤峯龍𡋾𪸩·"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one font, so that the test stays quick."""
    name = "YizhanHei-Regular.otf"
    entries = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["fonts"]
    (tmp_path / "manifest.json").write_text(json.dumps({"fonts": [e for e in entries if e["file"] == name]}))
    shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def test_one_family_and_weight_is_one_file(fonts: Fonts) -> None:
    files = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["fonts"]
    assert len(fonts.faces) == len(files)
    assert {family for family, _ in fonts.faces} == {
        "Yizhan Song",
        "Yizhan Song Extra",
        "Yizhan Rare",
        "Yizhan Hei",
        "Yizhan Kai",
    }


def test_every_font_has_its_licence_beside_it() -> None:
    for entry in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["fonts"]:
        licence = (FOLDER / entry["licence"]).read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert entry["family"] in licence


def test_rare_names_can_be_printed(fonts: Fonts) -> None:
    assert {ord(character) for character in RARE} <= fonts.characters


def test_what_no_font_has_is_named_by_its_place_only(fonts: Fonts) -> None:
    paper = a_closing_notice(worker=replace(PERSON, name="赵\U00030ede"))
    with pytest.raises(NoGlyph, match=r"worker\.name: .* character 2") as caught:
        refuse_missing(paper, fonts.characters)
    assert "赵" not in str(caught.value)
    assert "\U00030ede" not in str(caught.value)


def test_an_untouched_folder_is_accepted(folder: Path) -> None:
    assert ("Yizhan Hei", 400) in load(folder).faces


def test_an_altered_font_is_refused(folder: Path) -> None:
    with (folder / "YizhanHei-Regular.otf").open("ab") as font:
        font.write(b"\0")
    with pytest.raises(FontsAltered, match="not the file of the manifest"):
        load(folder)


def test_a_strange_font_is_refused(folder: Path) -> None:
    (folder / "Other.ttf").write_bytes(b"x")
    with pytest.raises(FontsAltered, match=r"Other\.ttf"):
        load(folder)


def test_a_missing_font_is_refused(folder: Path) -> None:
    (folder / "YizhanHei-Regular.otf").unlink()
    with pytest.raises(FontsAltered, match=r"YizhanHei-Regular\.otf"):
        load(folder)


def test_two_files_of_one_family_and_weight_are_refused(folder: Path) -> None:
    """WeasyPrint would paint the glyph numbers of one with the outlines of the other, without a warning."""
    manifest = json.loads((folder / "manifest.json").read_text())
    shutil.copy(folder / "YizhanHei-Regular.otf", folder / "Twin.otf")
    manifest["fonts"].append({**manifest["fonts"][0], "file": "Twin.otf"})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(FontsAltered, match="may have one only"):
        load(folder)

"""A policy file is read as it was typed, and refused where YAML would guess."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import rules.loading
from rules.errors import PolicyRefused
from rules.loading import Mapping, Scalar, Sequence, load, load_file
from rules.places import Place


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(rules.loading, "Loader", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)


def text_of(document: Mapping, *path: str) -> str:
    node: object = document
    for step in path:
        assert isinstance(node, Mapping)
        node = node.entries[step]
    assert isinstance(node, Scalar)
    return node.text


@pytest.mark.parametrize("typed", ["no", "on", "~", "12:30", "500_000", "0x10", "1e3", "2024-01-01", "null", "010"])
def test_every_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    assert text_of(load(f"value: {typed}\non: {typed}", "p.yaml"), "on") == typed


def test_places_count_characters_also_after_chinese() -> None:
    document = load('规则: {困难: "待工 >= 长", 乙: x}\nlist: [1, 二]\n', "p.yaml")
    first = document.entries["规则"]
    assert isinstance(first, Mapping)
    quoted = first.entries["困难"]
    assert isinstance(quoted, Scalar)
    assert quoted.place == Place(1, 10, 1, "p.yaml")
    assert quoted.origin.place(1, 3 + 1, 1) == Place(1, 14, 1, "p.yaml")
    assert first.keys["乙"] == Place(1, 21, 1, "p.yaml")
    listed = document.entries["list"]
    assert isinstance(listed, Sequence)
    assert [item.place.column for item in listed.items] == [8, 11]


def test_a_block_keeps_the_place_of_each_line() -> None:
    when = load("when: |\n  age >= 50\n  and out_of_work\n", "p.yaml").entries["when"]
    assert isinstance(when, Scalar)
    assert when.text == "age >= 50\nand out_of_work"
    assert when.origin.place(1, 1, 1) == Place(2, 3, 1, "p.yaml")
    assert when.origin.place(2, 5, 1) == Place(3, 7, 1, "p.yaml")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3", (3, 1), "twice, first on line 1", id="a key twice"),
        pytest.param("a: {b: 1, b: 2}", (1, 11), "twice", id="a key twice inside"),
        pytest.param("a: >\n  x\n  y", (1, 4), "folded", id="folded"),
        pytest.param("a: x\n  y", (1, 4), "folded", id="plain over two lines"),
        pytest.param('a: "x\n  y"', (1, 4), "folded", id="quoted over two lines"),
        pytest.param("a: {when: any(p in x, not p)}", (1, 29), "quotes", id="a comma inside braces"),
        pytest.param("a:", (1, 3), "missing", id="no value"),
        pytest.param("a: &x 1\nb: *x", (1, 4), "anchors", id="an anchor"),
        pytest.param("a: !!int 1", (1, 4), "tags", id="a tag"),
        pytest.param("a: !!python/object:os.system {}", (1, 4), "tags", id="a Python object"),
        pytest.param("a: 1\n---\nb: 2", (2, 1), "one document", id="two documents"),
        pytest.param("- a", (1, 1), "mapping", id="a list"),
        pytest.param("", (1, 1), "empty", id="nothing"),
        pytest.param("a: b: c", (1, 5), "not YAML", id="no YAML"),
        pytest.param("a: " + "[" * 40 + "]" * 40, (1, 28), "nested", id="too deep"),
    ],
)
def test_what_is_refused_says_where(text: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        load(text, "p.yaml")
    (problem,) = refused.value.errors
    assert words in str(problem)
    assert (problem.place.line, problem.place.column) == place
    assert str(problem).startswith("p.yaml:")


def test_a_character_yaml_does_not_know_is_refused() -> None:
    with pytest.raises(PolicyRefused, match="not YAML"):
        load("a: \x07", "p.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("标题: 困难".encode("gbk"))
    with pytest.raises(PolicyRefused, match=r"gbk\.yaml:1:1: the file is not UTF-8"):
        load_file(tmp_path / "gbk.yaml")


@given(st.text(alphabet=":{}[],&*!|>'\"#%@`-? \nab困", max_size=40))
def test_no_text_breaks_the_loader(text: str) -> None:
    try:
        assert isinstance(load(text, "p.yaml"), Mapping)
    except PolicyRefused:
        return

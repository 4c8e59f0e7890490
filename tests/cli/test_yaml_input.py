"""What a reader typed is read as it was typed, and what cannot be read is said with its place."""

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cases.days import day_of
from cases.refusals import Refused
from cli.yaml_input import LARGEST_BYTES, read_fields

TODAY = date(2026, 11, 25)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "act.yaml"


def read(file: Path, text: str | bytes) -> dict[str, Any]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_fields(file, TODAY)


def refused(file: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read_fields(file, TODAY)
    [reason] = refused.value.refusals
    return reason.code, reason.wording.en


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("today", "2026-11-25"),
        ('"today"', "today"),
        ("Today", "Today"),
        ("today's", "today's"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-02 09:00:00", "2026-11-02 09:00:00"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("方示例", "方示例"),
    ],
)
def test_a_scalar_is_read_as_it_was_typed(file: Path, typed: str, value: object) -> None:
    found = read(file, f"a: {typed}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_today_is_the_stations_day_also_within_a_list(file: Path) -> None:
    assert read(file, "a: [today, {b: today}]\n") == {"a": ["2026-11-25", {"b": "2026-11-25"}]}


def test_without_a_day_given_today_is_today(file: Path) -> None:
    file.write_text("a: today\n", encoding="utf-8")
    before = day_of(datetime.now(UTC))
    found = read_fields(file)["a"]
    assert found in (before.isoformat(), day_of(datetime.now(UTC)).isoformat())


def test_a_mark_of_byte_order_is_no_text(file: Path) -> None:
    assert read(file, b"\xef\xbb\xbfa: 1\n") == {"a": 1}


def test_standard_input_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("a: 例\n".encode())))
    assert read_fields(Path("-")) == {"a": "例"}


def test_a_field_stands_once(file: Path) -> None:
    file.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    code, said = refused(file)
    assert code == "bad-yaml"
    assert said == f"{file}:3:1 is not valid YAML: “a” stands twice."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "“a”出现两次。"),
        ("[a, b]: 1\n", "字段名应是一个词。"),
        ("a: [1\n", "请检查缩进、括号和引号（"),
        ("a: \x00\n", "有文本中不能出现的字符。"),
    ],
)
def test_a_mistake_is_told_in_chinese_too(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_fields(file)
    assert said in refused.value.refusals[0].wording.zh


def test_a_field_stands_once_within_another_too(file: Path) -> None:
    file.write_text("worker:\n  name: a\n  name: b\n", encoding="utf-8")
    assert ":3:3 " in refused(file)[1]


@pytest.mark.parametrize(
    "text",
    [
        "a: [1, 2\n",
        "a: b: c\n",
        "? [a, b]\n: c\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "a: !secret x\n",
        "a: *nobody\n",
        "a: 1\n---\nb: 2\n",
        "a: \0\n",
    ],
    ids=[
        "an open bracket",
        "two colons",
        "a list as a field's name",
        "a program",
        "an unknown tag",
        "an alias of nothing",
        "two documents",
        "a character that is none",
    ],
)
def test_what_is_not_plain_yaml_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert refused(file)[0] == "bad-yaml"


def test_too_deep_is_refused(file: Path) -> None:
    file.write_text("a: " + "[" * 50_000, encoding="utf-8")
    assert refused(file)[0] == "bad-yaml"


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "3\n"])
def test_fields_are_named(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert refused(file)[0] == "not-fields"


def test_a_file_has_its_limit(file: Path) -> None:
    start = b"a: "
    assert len(read(file, start + b"x" * (LARGEST_BYTES - len(start)))["a"]) == LARGEST_BYTES - len(start)
    file.write_bytes(start + b"x" * (LARGEST_BYTES - len(start) + 1))
    assert refused(file)[0] == "too-large"


def test_only_text_is_read(file: Path) -> None:
    file.write_bytes("a: 例\n".encode("gb18030"))
    assert refused(file)[0] == "not-utf8"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.yaml"
    assert refused(missing) == ("no-file", f"Cannot read {missing}: there is no such file or folder.")
    assert refused(tmp_path)[0] == "no-file"

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from cli.logs import HIDDEN, write_logs_to


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _lines(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "test.log").read_text(encoding="utf-8").splitlines()]


def test_ours_and_the_libraries_lines_are_json(tmp_path: Path) -> None:
    write_logs_to(tmp_path, "test")
    structlog.get_logger("ours").info("step done", case="01HX")
    logging.getLogger("theirs").warning("hello %s", "there")
    ours, theirs = _lines(tmp_path)
    assert (ours["event"], ours["case"], ours["level"], ours["logger"]) == ("step done", "01HX", "info", "ours")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("hello there", "warning", "theirs")


@pytest.mark.parametrize(
    "number",
    ["990102199003070015", "99010219900307001X", "13800000000", "+86 138 0000 0000", "138-0000-0000"],
)
def test_personal_numbers_are_hidden_wherever_they_stand(tmp_path: Path, number: str) -> None:
    write_logs_to(tmp_path, "test")
    structlog.get_logger("ours").info(f"for {number}.", detail=f"({number})")
    logging.getLogger("theirs").error("for %s", number)
    text = (tmp_path / "test.log").read_text(encoding="utf-8")
    assert number not in text
    assert text.count(HIDDEN) == 3


@pytest.mark.parametrize(
    "kept", ["01HXJ3V7Z9", "2026-11-25T22:54:42", "5f0c1d2e-1234-4abc-8def-123456789012", "took 1234567890 ns"]
)
def test_what_is_no_personal_number_stays(tmp_path: Path, kept: str) -> None:
    write_logs_to(tmp_path, "test")
    structlog.get_logger("ours").info(kept)
    assert _lines(tmp_path)[0]["event"] == kept


def test_a_failure_is_told_by_its_place_and_not_in_its_words(tmp_path: Path) -> None:
    write_logs_to(tmp_path, "test")
    try:
        os.environ["张三"]
    except KeyError:
        logging.getLogger("theirs").exception("failed")
    (line,) = _lines(tmp_path)
    assert line["exception"].startswith("KeyError at ")
    assert "张三" not in json.dumps(line, ensure_ascii=False)

"""A reader's own input: YAML from a file or standard input, with every scalar as it was typed, and `today` as a day."""

import re
import sys
from collections.abc import Hashable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from cases.days import day_of
from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording
from cli.file_errors import unreadable

LARGEST_BYTES: Final = 1_000_000
TODAY: Final = "!today"
NAME_OF_ONE_WORD: Final = "a field's name is one word"
TWICE: Final = "twice: "


class _Plain(yaml.SafeLoader):
    """Whole numbers, true and false are read; all else stays text (typed by what it is for), and a key stands once."""

    def __init__(self, text: str, today: date) -> None:
        super().__init__(text)
        self.today = today

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, Any]:  # PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem=NAME_OF_ONE_WORD, problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=TWICE + key.value, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_today(self, _: yaml.Node) -> str:
        return self.today.isoformat()


_Plain.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    # Not all that YAML 1.1 calls a number or a boolean: 12:30 is a time, 007 a code, and no is a word.
    ("tag:yaml.org,2002:int", r"[-+]?(0|[1-9][0-9]*)", [*"-+0123456789"]),
    ("tag:yaml.org,2002:bool", r"true|false", [*"tf"]),
    ("tag:yaml.org,2002:null", r"~|null|", [*"~n", ""]),
    (TODAY, r"today", ["t"]),
):
    _Plain.add_implicit_resolver(tag, re.compile(f"(?:{pattern})$"), first)
_Plain.add_constructor(TODAY, _Plain.construct_today)


def read_fields(path: Path, today: date | None = None) -> dict[str, Any]:
    """The fields of a registration or an act. Raises Refused with file, line and what to do."""
    fields = _parsed(path, _text(path), today or day_of(datetime.now(UTC)))
    if not isinstance(fields, dict):
        raise Refused(
            (refusal("not-fields", f"{path} 须为“字段: 值”的形式。", f"{path} must be made of “field: value” lines."),)
        )
    return fields


def _parsed(path: Path, text: str, today: date) -> Any:  # noqa: ANN401  # whatever the reader wrote
    try:
        loader = _Plain(text, today)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise Refused((_unreadable(path, error),)) from None
    except RecursionError:
        raise Refused((refusal("bad-yaml", f"{path} 嵌套过深。", f"{path} is nested too deeply."),)) from None


def _text(path: Path) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST_BYTES + 1) if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise Refused((unreadable(path, error),)) from None
    if len(raw) > LARGEST_BYTES:
        raise Refused((refusal("too-large", f"{path} 超过1MB。", f"{path} is larger than 1 MB."),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused((refusal("not-utf8", f"{path} 不是UTF-8编码。", f"{path} is not UTF-8 text."),)) from None


def _unreadable(path: Path, error: yaml.YAMLError) -> Refusal:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    why = _why(getattr(error, "problem", None))
    return refusal("bad-yaml", f"{where} 不是有效的YAML：{why.zh}。", f"{where} is not valid YAML: {why.en}.")


def _why(problem: str | None) -> Wording:
    """Ours in both languages; the YAML reader's own is English, and told as such."""
    if problem is None:  # What could not be read at all is told without its text: it may be anything.
        return Wording("有文本中不能出现的字符", "a character that no text holds")
    if problem == NAME_OF_ONE_WORD:
        return Wording("字段名应是一个词", problem)
    if problem.startswith(TWICE):
        name = problem.removeprefix(TWICE)
        return Wording(f"“{name}”出现两次", f"“{name}” stands twice")
    return Wording(f"请检查缩进、括号和引号（{problem}）", problem)

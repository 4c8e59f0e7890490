"""The file of a month's applications (申领清单): one application in JSON on each line, read one line at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from activities.subsidy_intake import read_application
from cases.applications import Application
from cases.refusals import Refusal, Refused, refusal

MOST_BYTES: Final = 1 << 20  # of one line: an application is a hundredth of it


@dataclass(frozen=True)
class Line:
    """One application as the file has it, or why it cannot be read; lines count from 1."""

    number: int
    application: Application | None
    refused: tuple[Refusal, ...] = ()


def lines_of(path: Path) -> Iterator[Line]:
    """Empty lines are passed over, and counted. Nothing of what a line holds stands in a refusal."""
    with path.open("rb") as file:
        number = 0
        while text := file.readline(MOST_BYTES + 1):
            number += 1
            if len(text) > MOST_BYTES:
                while text and not text.endswith(b"\n"):
                    text = file.readline(MOST_BYTES)
                yield Line(number, None, (_unreadable("太长", "it is too long"),))
            elif text.strip():
                yield _line(number, text)


def _line(number: int, text: bytes) -> Line:
    try:
        fields = json.loads(text.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once_each)
        json.dumps(fields, ensure_ascii=False).encode()  # half a character can be written in JSON, and kept nowhere
    except (ValueError, RecursionError):
        return Line(number, None, (_unreadable("不是JSON", "it is not JSON"),))
    if not isinstance(fields, dict):
        return Line(number, None, (_unreadable("不是一份申请", "it is not an application"),))
    try:
        return Line(number, read_application(fields))
    except Refused as refused:
        return Line(number, None, refused.refusals)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a field that stands there twice nobody can say which is meant."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError
    return fields


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _unreadable(zh: str, en: str) -> Refusal:
    return refusal(
        "unreadable-line",
        f"这一行读不出申请：{zh}。每行应为一份申请（JSON，UTF-8），请改正后再导入；已受理的不会重复受理。",
        f"This line cannot be read: {en}. Each line is one application (JSON, UTF-8): correct it and take the file "
        "again; what was taken is not taken twice.",
    )

"""A policy's text from a reader's own file."""

from pathlib import Path

from cases.refusals import Refused, refusal
from cli.file_errors import unreadable


def read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        zh, en = f"{file} 不是UTF-8编码的文本。", f"{file} is not a text in UTF-8."
        raise Refused((refusal("not-utf-8", zh, en),)) from None
    except OSError as error:
        raise Refused((unreadable(file, error),)) from None

"""A workbook that somebody uploads, looked into before anything reads it: an XLSX is a ZIP, and a small one can burst.

What a reader gets is a copy of our own making, no larger than was counted.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from cases.refusals import Refused, refusal

MAX_BYTES: Final = 2 << 20
MAX_UNPACKED: Final = 40 << 20
MAX_PARTS: Final = 200
MAX_COLUMNS: Final = 100
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SHEETS: Final = "xl/worksheets/"
# How spreadsheets pack their parts. ZIP knows other ways, which fail in ways of their own and can take far more memory.
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


class WorkbookRefused(Refused):
    """The file as a whole cannot be read; nothing of it was."""


def no_workbook() -> WorkbookRefused:
    return _refused(
        "not-a-workbook",
        "这个文件不是 Excel 工作簿（.xlsx），或者已经损坏。请另存为 .xlsx 后再上传。",
        "This file is no Excel workbook (.xlsx), or is damaged. Save it as .xlsx and send it again.",
    )


def unpacked(data: bytes, max_rows: int) -> tuple[bytes, frozenset[str]]:
    """A safe copy of a workbook, and the cells of its first sheet that hold formulas (`B3`).

    Raises WorkbookRefused, with what would make it right.
    """
    if len(data) > MAX_BYTES:
        raise _refused(
            "workbook-too-big",
            f"文件超过 {MAX_BYTES >> 20} MB，请分成几份上传。",
            f"The file is larger than {MAX_BYTES >> 20} MB: send it in parts.",
        )
    try:
        parts = _parts(data)
        formulas = {name: _cells_with_formulas(text, max_rows) for name, text in parts.items() if _is_sheet(name)}
        first = _first_sheet(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, LookupError, OSError):
        raise no_workbook() from None
    except (RuntimeError, ValueError):  # a password, or names that are none
        raise no_workbook() from None
    return _packed(parts), formulas.get(first, frozenset())


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MAX_PARTS:
            raise _bursting()
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.compress_type not in _PACKED:
                raise no_workbook()
            with archive.open(info) as part:
                text = part.read(left + 1)
            left -= len(text)
            if left < 0:
                raise _bursting()
            parts[info.filename] = text
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return whole.getvalue()


def _is_sheet(name: str) -> bool:
    return name.startswith(_SHEETS) and name.endswith(".xml")


def _cells_with_formulas(text: bytes, max_rows: int) -> frozenset[str]:
    """Counts the sheet too: one cell far away would make a reader fill everything before it."""
    formulas: set[str] = set()
    row = column = 0
    for name, attributes in _elements(text):
        match name:
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
            case "c":
                row, column = _place(attributes["r"]) if "r" in attributes else (row, column + 1)
            case "v" | "is" | "f":
                # Cells that are only formatted hold nothing, however far down they go.
                if row > max_rows + 1 or column > MAX_COLUMNS:
                    raise _too_far(max_rows)
                if name == "f":
                    formulas.add(cell_name(row, column))
            case _:
                continue
    return frozenset(formulas)


def _first_sheet(parts: dict[str, bytes]) -> str:
    sheets = [_relation(attributes) for name, attributes in _elements(parts[_WORKBOOK]) if name == "sheet"]
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for name, attributes in _elements(parts[_RELATIONS])
        if name == "Relationship"
    }
    if not sheets:
        raise no_workbook()
    target = targets[sheets[0]]
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _relation(attributes: dict[str, str]) -> str:
    """The id of a sheet's relation; the letters before the colon are the file's own to choose."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _elements(text: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element's name, without its prefix, and its attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    def begun(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(":")[2], attributes))

    def declared(*_: object) -> None:
        raise no_workbook()

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.EntityDeclHandler = declared
    parser.Parse(text, True)  # noqa: FBT003 -- positional only
    yield from found


def _place(cell: str) -> tuple[int, int]:
    found = _CELL.fullmatch(cell)
    if found is None:
        raise no_workbook()
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def cell_name(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: row 3, column 2 is B3."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _bursting() -> WorkbookRefused:
    return _refused(
        "workbook-unpacks-too-big",
        "文件解开后过大，不予读取。请只保留需要的工作表，另存后再上传。",
        "The file unpacks to more than is read. Keep only the sheet that is needed, save it anew and send it again.",
    )


def _too_far(max_rows: int) -> WorkbookRefused:
    return _refused(
        "sheet-too-long",
        f"工作表超过 {max_rows} 行或 {MAX_COLUMNS} 列，请分成几份上传。",
        f"The sheet has more than {max_rows} rows or {MAX_COLUMNS} columns: send it in parts.",
    )


def _refused(code: str, zh: str, en: str) -> WorkbookRefused:
    return WorkbookRefused((refusal(code, zh, en),))

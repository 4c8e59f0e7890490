"""Spreadsheets (XLSX) that come in; `web.workbooks` writes those that go out.

    sheet = read_sheet(data, COLUMNS)                       # raises WorkbookRefused
    for row in sheet.rows:
        name = row.text("name", required=True)
        held_on = row.day("held_on")
    sheet.errors                                            # all that is wrong, cell by cell, and never a value

Reading a cell never raises, as with a form.
"""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook
from starlette.datastructures import UploadFile

from cases.refusals import refusal
from cases.wording import Wording
from web.unpacking import MAX_BYTES, WorkbookRefused, cell_name, no_workbook, unpacked
from web.visit import Visit

MAX_ROWS: Final = 2_000
Value: TypeAlias = str | int | float | bool | date | time | timedelta | None

# Excel's day 1 is 1900-01-01; it also counts a 29 February 1900, so that days from March 1900 on are one more.
_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465
_EXACT: Final = 10**15  # digits that a spreadsheet's numbers can hold for certain
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}")
_DAY: Final = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_COMPACT_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MOST_DIGITS: Final = 12
_CENT_PLACES: Final = 2

EMPTY: Final = Wording("请填写这一格", "Fill this cell in")
FORMULA: Final = Wording(
    "这一格是公式，请复制后“选择性粘贴”为数值", "This cell holds a formula: paste its value instead"
)
LOST_DIGITS: Final = Wording(
    "这一格是数字格式，长号码的后几位已丢失（显示为 4.2E+17 之类）。请把该列设为“文本”格式后重新填写",
    "This cell is a number, and a long number's last digits are lost (it shows as 4.2E+17). "
    "Format the column as text and enter it again",
)
NO_DAY: Final = Wording("请填写日期，例如 2026-03-02", "Enter a day, such as 2026-03-02")
NOT_WHOLE: Final = Wording("请填写整数", "Enter a whole number")
NOT_MONEY: Final = Wording("请填写金额（元），例如 2300 或 2300.50", "Enter an amount in yuan, such as 2300 or 2300.50")
NOT_LISTED: Final = Wording("请按说明页中列出的写法填写", "Enter one of the values listed on the notes sheet")


@dataclass(frozen=True)
class Column:
    """A column of a sheet that comes in, known by its header in either language, or by another it goes by."""

    name: str
    title: Wording
    also: tuple[str, ...] = ()
    needed: bool = False

    @property
    def headers(self) -> frozenset[str]:
        return frozenset(_header(text) for text in (self.title.zh, self.title.en, self.name, *self.also))


@dataclass(frozen=True)
class CellError:
    """`row` as the spreadsheet numbers it; `column` is a Column's name, or empty for the row as a whole."""

    row: int
    column: str
    wording: Wording


@dataclass
class Row:
    number: int
    cells: Mapping[str, Value] = field(repr=False)
    formulas: frozenset[str] = frozenset()
    errors: list[CellError] = field(default_factory=list)

    def wrong(self, column: str, wording: Wording) -> None:
        self.errors.append(CellError(self.number, column, wording))

    def text(self, column: str, *, required: bool = False) -> str:
        """The cell as text: numbers as their digits, full-width characters as plain ones, spaces around it gone."""
        value = self._value(column)
        if isinstance(value, bool):
            text = "是" if value else "否"
        elif isinstance(value, int | float):
            text = self._digits(column, value)
        elif isinstance(value, date):
            text = value.isoformat()[:10]
        else:
            text = _clean(str(value or ""))
        if _SCIENTIFIC.fullmatch(text):
            self.wrong(column, LOST_DIGITS)
            return ""
        if required and not text and not self._is_wrong(column):
            self.wrong(column, EMPTY)
        return text

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day, whether the cell holds a date, its serial number, or text."""
        value = self._value(column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
            return _DAY_ZERO + timedelta(days=int(value))
        text = self.text(column, required=required)
        if not text:
            return None
        found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
        try:
            if found:
                year, month, on = (int(part) for part in found.groups())
                return date(year, month, on)
        except ValueError:
            pass
        self.wrong(column, NO_DAY)
        return None

    def whole(self, column: str, *, required: bool = False) -> int | None:
        text = self.text(column, required=required).replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
            self.wrong(column, NOT_WHOLE)
            return None
        return int(text)

    def fen(self, column: str, *, required: bool = False) -> int | None:
        """An amount in yuan with at most two decimals, as whole fen."""
        text = self.text(column, required=required).replace(",", "").removesuffix("元").strip()
        if not text:
            return None
        yuan, _, cents = text.partition(".")
        digits = yuan + cents
        if not (digits.isascii() and digits.isdecimal() and len(cents) <= _CENT_PLACES and len(yuan) <= _MOST_DIGITS):
            self.wrong(column, NOT_MONEY)
            return None
        return int(yuan or "0") * 100 + int(cents.ljust(_CENT_PLACES, "0"))

    def listed(self, column: str, known: Mapping[str, str], *, required: bool = False) -> str | None:
        """What a word stands for, of a list of words; case and spaces do not matter."""
        text = self.text(column, required=required)
        if not text:
            return None
        folded = {_header(word): meant for word, meant in known.items()}
        meant = folded.get(_header(text))
        if meant is None:
            self.wrong(column, NOT_LISTED)
        return meant

    def _value(self, column: str) -> Value:
        if column in self.formulas:
            if not self._is_wrong(column):
                self.wrong(column, FORMULA)
            return None
        return self.cells.get(column)

    def _digits(self, column: str, value: float) -> str:
        if abs(value) >= _EXACT:
            self.wrong(column, LOST_DIGITS)
            return ""
        return str(int(value)) if value == int(value) else repr(value)

    def _is_wrong(self, column: str) -> bool:
        return any(error.column == column for error in self.errors)


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]

    @property
    def errors(self) -> tuple[CellError, ...]:
        return tuple(error for row in self.rows for error in row.errors)


def uploaded(visit: Visit, name: str) -> bytes | None:
    """The bytes of a file that a form sent, at most one more than is read; None: no file was chosen."""
    file: UploadFile | None = visit.files.get(name)
    if file is None or not file.filename:
        return None
    file.file.seek(0)
    return file.file.read(MAX_BYTES + 1)


def read_sheet(data: bytes, columns: Sequence[Column], *, max_rows: int = MAX_ROWS) -> Sheet:
    """The rows below the headers of a workbook's first sheet, without empty ones. Raises WorkbookRefused."""
    safe, formulas = unpacked(data, max_rows)
    try:
        grid = CalamineWorkbook.from_filelike(io.BytesIO(safe)).get_sheet_by_index(0)
        lines = grid.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError):
        raise no_workbook() from None
    places = _places(lines[0] if lines else [], columns)
    rows = [
        Row(
            number,
            {name: line[place] for name, place in places.items() if line[place] != ""},
            frozenset(name for name, place in places.items() if cell_name(number, place + 1) in formulas),
        )
        for number, line in enumerate(lines[1:], start=2)
    ]
    kept = tuple(row for row in rows if row.formulas or any(_clean(str(value)) for value in row.cells.values()))
    if not kept:
        raise WorkbookRefused((refusal("no-rows", "表头下面没有内容。", "There is nothing below the headers."),))
    return Sheet(kept)


def _places(headers: Sequence[Value], columns: Sequence[Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in columns:
        at = [place for place, header in enumerate(headers) if _header(str(header)) in column.headers]
        if len(at) > 1:
            raise WorkbookRefused(
                (
                    refusal(
                        "column-twice",
                        f"有两列都叫“{column.title.zh}”，请只留一列。",
                        f"Two columns are called “{column.title.en}”: keep one.",
                    ),
                )
            )
        if at:
            found[column.name] = at[0]
    missing = [column.title for column in columns if column.needed and column.name not in found]
    if missing:
        zh, en = "、".join(title.zh for title in missing), ", ".join(title.en for title in missing)
        raise WorkbookRefused(
            (
                refusal(
                    "columns-missing",
                    f"第一行表头缺少：{zh}。请用下载的模板填写。",
                    f"The first row lacks these headers: {en}. Use the template.",
                ),
            )
        )
    return found


def _header(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    # What stands in brackets after a header explains it; a star marks what must be filled in.
    return re.sub(r"\s|\*|\(.*\)$", "", folded)


def _clean(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf") or c in "\n\t").strip()

"""Spreadsheets (XLSX) that go out; `web.spreadsheets` reads those that come in.

    return spreadsheet("workers", [Leaf("零工 / Workers", headers, rows), watermark(visit)])

Whatever is written is text, a number or a day: never a formula.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from starlette.responses import Response
from xlsxwriter import Workbook

from web.shown import instant
from web.spreadsheets import Value
from web.visit import Visit

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_USUAL_WIDTH: Final = 16
_FORMULA_SIGNS: Final = frozenset("=+-@|%")


@dataclass(frozen=True)
class Leaf:
    """A sheet that goes out; `widths` in characters, for the columns that need more than the usual."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def written(leaves: Sequence[Leaf]) -> bytes:
    whole = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(whole, options) as book:
        # Text stays text when somebody types into the cell later: an identity number keeps its last digits.
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for leaf in leaves:
            sheet = book.add_worksheet(leaf.title)
            for place in range(len(leaf.headers)):
                sheet.set_column(place, place, leaf.widths[place] if place < len(leaf.widths) else _USUAL_WIDTH, text)
            sheet.freeze_panes(1, 0)
            for number, line in enumerate([leaf.headers, *leaf.rows]):
                for place, value in enumerate(line):
                    match value:
                        case None | "":
                            sheet.write_blank(number, place, None, text)
                        case bool():
                            sheet.write_string(number, place, "是" if value else "否", text)
                        case date():
                            sheet.write_datetime(number, place, value, day)
                        case int() | float():
                            sheet.write_number(number, place, value)
                        case _:
                            sheet.write_string(number, place, safe_text(str(value)), text if number else head)
    return whole.getvalue()


def safe_text(value: str) -> str:
    """Text that no spreadsheet takes for a formula, not even once it is saved as CSV; what cannot be seen is gone."""
    seen = "".join(c for c in value if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    first = unicodedata.normalize("NFKC", seen.lstrip())[:1]
    return f"'{seen}" if first in _FORMULA_SIGNS else seen


def watermark(visit: Visit) -> Leaf:
    """Who took the file out, and when: on a sheet of its own."""
    when = instant(visit.now, visit.language)
    rows = [
        ["导出人 / Exported by", visit.me.name],
        ["账号 / Account", visit.me.staff_id],
        ["时间 / Time", f"{when} ({visit.now.isoformat(timespec='seconds')})"],
        ["提示 / Note", "含个人信息，仅限所选用途 / Holds personal data: for the stated purpose only"],
    ]
    return Leaf("导出说明 About", ["项目 / Item", "内容 / Content"], rows, (24, 60))


def spreadsheet(filename: str, leaves: Sequence[Leaf]) -> Response:
    """A workbook as a download; nothing about a person is in its name."""
    disposition = f"attachment; filename*=UTF-8''{quote(filename)}.xlsx"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(written(leaves), media_type=XLSX, headers=headers)

"""Spreadsheets: what comes in is read as it was meant or refused in words; what goes out can do nothing."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from cases.wording import Wording
from web.spreadsheets import EMPTY, FORMULA, LOST_DIGITS, MAX_ROWS, NO_DAY, NOT_LISTED, Column, Row, Sheet, read_sheet
from web.unpacking import MAX_BYTES, MAX_UNPACKED, WorkbookRefused
from web.workbooks import Leaf, safe_text, written

COLUMNS = (
    Column("name", Wording("姓名", "Name"), needed=True),
    Column("number", Wording("证件号码", "Identity number"), also=("身份证号",)),
    Column("day", Wording("日期", "Day")),
    Column("pay", Wording("报酬", "Pay")),
)
HEADERS = ["姓名", "证件号码", "日期", "报酬"]


def a_workbook(rows: list[list[Any]], headers: list[str] | None = None) -> bytes:
    whole = io.BytesIO()
    with Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate([headers or HEADERS, *rows]):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, as_day)
                else:
                    sheet.write(number, place, value)
    return whole.getvalue()


def the_row(*cells: Any) -> Row:
    (row,) = read_sheet(a_workbook([list(cells)]), COLUMNS).rows
    return row


def code(data: bytes) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        read_sheet(data, COLUMNS)
    return refused.value.refusals[0].code


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param("  周铉 \u3000", "周铉", id="spaces around"),
        pytest.param("１３９００００００１", "1390000001", id="full-width digits"),
        pytest.param("\ufeff\u200b周", "周", id="what cannot be seen"),
        pytest.param(13900000001, "13900000001", id="a phone kept as a number"),
        pytest.param(2.5, "2.5", id="a decimal"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(cell: Any, text: str) -> None:
    assert the_row("甲", cell).text("number") == text


@pytest.mark.parametrize("cell", [990101199001011234, "9.90101E+17"], ids=["as a number", "as text"])
def test_a_long_number_that_lost_its_last_digits_is_refused(cell: Any) -> None:
    row = the_row("甲", cell)
    assert row.text("number", required=True) == ""
    assert [error.wording for error in row.errors] == [LOST_DIGITS]


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 2),
        datetime(2026, 3, 2, 9, 30),  # noqa: DTZ001 -- a spreadsheet's times have no zone
        46083,
        "2026-03-02",
        "2026年3月2日",
        "2026/3/2",
        "20260302",
    ],
)
def test_a_day_is_read_however_it_was_entered(cell: Any) -> None:
    assert the_row("甲", "", cell).day("day") == date(2026, 3, 2)


@pytest.mark.parametrize("cell", ["2026-02-30", "昨天", 59])
def test_a_day_that_is_none_is_refused(cell: Any) -> None:
    row = the_row("甲", "", cell)
    assert row.day("day") is None
    assert [error.wording for error in row.errors] == [NO_DAY]


def test_a_formula_is_never_read() -> None:
    whole = io.BytesIO()
    with Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_string(1, 0, "甲")
        sheet.write_formula(1, 1, "=1+1", None, "13900000001")
    (row,) = read_sheet(whole.getvalue(), COLUMNS).rows
    assert row.text("number", required=True) == ""
    assert [(error.row, error.column, error.wording) for error in row.errors] == [(2, "number", FORMULA)]


def test_money_is_read_in_fen_and_words_from_a_list() -> None:
    row = the_row("甲", "Male ", "", "2,300.5元")
    assert row.fen("pay") == 230050
    assert row.listed("number", {"男": "male", "male": "male"}) == "male"
    assert row.listed("name", {"乙": "b"}) is None
    assert [error.wording for error in row.errors] == [NOT_LISTED]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them_and_empty_ones_skipped() -> None:
    sheet = read_sheet(a_workbook([["甲"], ["", " "], ["乙"]]), COLUMNS)
    assert [row.number for row in sheet.rows] == [2, 4]


def test_what_is_missing_is_said_once() -> None:
    row = the_row("", "1")
    row.text("name", required=True)
    assert [error.wording for error in Sheet((row,)).errors] == [EMPTY]


def test_columns_are_known_in_both_languages_and_in_any_order() -> None:
    data = a_workbook([["13900000001", "Ali"]], ["Identity number (18)", " NAME*"])
    (row,) = read_sheet(data, COLUMNS).rows
    assert (row.text("name"), row.text("number")) == ("Ali", "13900000001")


def test_a_file_that_cannot_be_read_is_refused_with_the_reason() -> None:
    assert code(b"nonsense") == "not-a-workbook"
    assert code(b"PK" + b"\0" * 100) == "not-a-workbook"
    assert code(a_workbook([["1"]], ["证件号码"])) == "columns-missing"
    assert code(a_workbook([["1", "2"]], ["姓名", "Name"])) == "column-twice"
    assert code(a_workbook([])) == "no-rows"
    assert code(b"\0" * (MAX_BYTES + 1)) == "workbook-too-big"


def test_one_row_more_than_the_limit_is_too_long() -> None:
    assert len(read_sheet(a_workbook([["甲"]] * MAX_ROWS), COLUMNS).rows) == MAX_ROWS
    assert code(a_workbook([["甲"]] * (MAX_ROWS + 1))) == "sheet-too-long"


def with_part(name: str, text: bytes) -> bytes:
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook([["甲"]]))) as made,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for part in made.namelist():
            if part != name:
                changed.writestr(part, made.read(part))
        changed.writestr(name, text)
    return whole.getvalue()


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(b"<workbook/>", id="without a sheet"),
        pytest.param(b'<?xml version="1.0" encoding="UTF-80"?><workbook/>', id="in letters that nobody knows"),
    ],
)
def test_a_workbook_that_is_none_inside_is_refused(book: bytes) -> None:
    assert code(with_part("xl/workbook.xml", book)) == "not-a-workbook"


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_a_way_of_no_spreadsheet_is_refused(way: int) -> None:
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook([["甲"]]))) as made,
        zipfile.ZipFile(whole, "w", way) as packed,
    ):
        for part in made.namelist():
            packed.writestr(part, made.read(part))
    assert code(whole.getvalue()) == "not-a-workbook"


def a_sheet(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part("xl/worksheets/sheet1.xml", text.encode())


def test_a_zip_that_bursts_is_not_unpacked() -> None:
    assert code(with_part("xl/media/noise.bin", b"\0" * (MAX_UNPACKED + 1))) == "workbook-unpacks-too-big"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    ],
)
def test_one_cell_far_away_does_not_fill_the_memory(rows: str) -> None:
    assert code(a_sheet(rows)) == "sheet-too-long"


def test_a_document_that_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    assert code(with_part("xl/worksheets/sheet1.xml", bomb)) == "not-a-workbook"


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\u200b=1", "\ufeff@x", "＝1", "\u202e=1", " =1", "\x00=1"],
)
def test_what_goes_out_is_never_a_formula(hostile: str) -> None:
    assert safe_text(hostile).startswith("'")
    data = written([Leaf("a", ["x"], [[hostile]])])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_names_go_out_as_they_are() -> None:
    names = ["龚䶮", "阿依古丽·买买提", "\U00031350", "O'Neil"]
    data = written([Leaf("a", ["x", "on"], [[name, date(2026, 3, 2)] for name in names])])
    grid = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert grid[1:] == [[name, date(2026, 3, 2)] for name in names]

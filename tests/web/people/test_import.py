"""Reading in workers: looked through row by row, and then all of them or none, once."""

import io
from datetime import date
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import func, select
from xlsxwriter import Workbook

from store.engine import read
from store.tables.access import import_run
from store.tables.cases import audit_event
from store.tables.people import worker as worker_table
from tests.registrations import an_identity_number
from tests.web.counter import Browser, Counter
from tests.web.people.registered import a_case, person_of
from web.people.sheet import COLUMNS, MOST_WORKERS

HEADERS = [column.title.zh for column in COLUMNS]


def a_row(number: int, **changes: Any) -> list[Any]:
    row = {
        "姓名": f"周示{number}",
        "证件号码": an_identity_number(number),
        "电话": f"1371234{number:04}",
        "住址": "示例街道",
        "会做的工种": "保洁",
        "程度": "熟练",
        "愿意做的工种": "门卫",
        "开始待工日期": date(2026, 3, 2),
    }
    return list((row | changes).values())


def a_workbook(*rows: list[Any]) -> bytes:
    whole = io.BytesIO()
    with Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate([HEADERS, *rows]):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, place, value, as_day)
                else:
                    sheet.write(at, place, value)
    return whole.getvalue()


def looked_through(browser: Browser, data: bytes, **fields: str) -> Response:
    return browser.send(
        "/workers/import",
        {"step": "check", "station": "station-1", **fields},
        files={"file": ("workers.xlsx", data, "application/octet-stream")},
    )


def confirmed(browser: Browser) -> Response:
    return browser.send("/workers/import", {"step": "import"}, follow_redirects=False)


def count(counter: Counter, table: Any = worker_table) -> int:
    with read(counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_all_rows_are_imported_once_they_were_looked_through(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    checked = looked_through(browser, a_workbook(a_row(101), a_row(102), a_row(103)))
    assert checked.status_code == 200
    assert "3 人，登记到" in checked.text
    assert count(counter) == 0
    assert confirmed(browser).headers["location"] == "/workers?said=workers-imported"
    assert count(counter) == 3
    page = browser.send("/find", {"q": "周示101"}).text
    assert "周***" in page
    with read(counter.office.station.engine) as connection:
        query = select(audit_event.c.reason).where(audit_event.c.kind == "import-workers")
        assert list(connection.scalars(query)) == ["3"]


def test_the_same_file_and_the_same_click_do_nothing_twice(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    data = a_workbook(a_row(101))
    looked_through(browser, data)
    confirmed(browser)
    assert confirmed(browser).status_code == 303
    again = looked_through(browser, data)
    assert again.status_code == 422
    assert "已经导入过" in again.text
    assert (count(counter), count(counter, import_run)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        pytest.param({"姓名": ""}, "姓名", "请填写这一格", id="a name is missing"),
        pytest.param({"证件号码": 990101199001011234}, "证件号码", "4.2E+17", id="a number without its last digits"),
        pytest.param({"证件号码": "110101900101123"}, "证件号码", "15位的旧号码", id="an old number"),
        pytest.param({"电话": "12"}, "电话", "11位手机号码", id="no phone"),
        pytest.param({"开始待工日期": "昨天"}, "开始待工日期", "请填写日期", id="no day"),
        pytest.param({"开始待工日期": date(2199, 1, 1)}, "开始待工日期", "不能晚于今天", id="a day to come"),
        pytest.param({"程度": ""}, "程度", "填了工种就要填程度", id="a trade without its level"),
        pytest.param({"证件号码": an_identity_number(101)}, "证件号码", "与第 2 行相同", id="the same person twice"),
    ],
)
def test_one_wrong_cell_keeps_everybody_out_and_is_named(
    counter: Counter, changes: dict[str, Any], column: str, words: str
) -> None:
    browser = counter.signed_in("caseworker-1")
    checked = looked_through(browser, a_workbook(a_row(101), a_row(102, **changes)))
    assert checked.status_code == 422
    report = checked.text[checked.text.index('id="report"') :]
    assert "<span>3</span>" in report
    assert column in report
    assert words in report
    assert "周示10" not in checked.text
    assert "1371234" not in checked.text
    confirmed(browser)
    assert count(counter) == 0


def test_people_of_the_ledger_are_reported_without_saying_who_they_are(counter: Counter) -> None:
    person = person_of(counter, a_case(counter, "caseworker-3", station="station-3"))
    data = a_workbook(a_row(101, 证件号码=person.identity), a_row(102, 电话=person.phone))
    checked = looked_through(counter.signed_in("caseworker-1"), data)
    assert checked.status_code == 422
    assert "该证件号码已在台账中" in checked.text
    assert "台账中已有人使用这个电话" in checked.text
    for hidden in (person.name, person.identity, person.phone, person.id):
        assert hidden not in checked.text


def test_somebody_registered_meanwhile_keeps_everybody_out(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    looked_through(browser, a_workbook(a_row(101), a_row(102)))
    a_case(counter, worker={"name": "周示102", "identity_number": an_identity_number(102), "phone": "13712349999"})
    answer = confirmed(browser)
    assert answer.status_code == 422
    assert "该证件号码已在台账中" in answer.text
    assert count(counter) == 1


def test_a_file_that_is_none_and_one_that_is_too_long(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    assert "不是 Excel 工作簿" in looked_through(browser, b"name,phone\n").text
    assert "请选择要上传的表格" in browser.send("/workers/import", {"step": "check", "station": "station-1"}).text
    rows = [a_row(101)] * (MOST_WORKERS + 1)
    assert f"超过 {MOST_WORKERS} 行" in looked_through(browser, a_workbook(*rows)).text
    assert looked_through(browser, a_workbook(a_row(101)), station="station-3").status_code == 422


def test_the_template_can_be_filled_in_and_read(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    template = browser.get("/workers/import/template")
    assert template.status_code == 200
    assert "没有内容" in looked_through(browser, template.content).text


def test_the_page_is_whole_in_english(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en"}, form_at="/find")
    checked = looked_through(browser, a_workbook(a_row(101, 姓名="")))
    assert "1 rows to mend" in checked.text
    assert "Fill this cell in" in checked.text


def test_only_caseworkers_import(counter: Counter) -> None:
    for reader in ("guide-1", "manager-1", "auditor-1"):
        assert counter.signed_in(reader).get("/workers/import").status_code == 403

"""Vacancies in and out by spreadsheet: looked through row by row, entered whole or not at all, and once."""

import io
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from httpx2 import Response
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from cases.constraints import HealthDemand, PayUnit
from cases.days import day_of
from cases.hours import Hours, Shift
from store.engine import read
from store.tables.access import import_run
from store.tables.cases import audit_event
from store.tables.vacancies import vacancy as table
from store.vacancies import vacancy
from tests.web.counter import Browser, Counter, csrf_of
from tests.web.spoken import chinese_words, english_words
from web.vacancies.sheet import COLUMNS
from web.workbooks import Leaf, written

KEY = "9" * 32


def row(today: date, **changes: Any) -> list[Any]:
    values = {
        "uscc": "91999999MA000001XE",
        "title": "包装工",
        "trade": "制造",
        "headcount": 4,
        "pay_min": "180.05",
        "pay_max": 200.1,
        "pay_unit": "天",
        "hours": "周一至周五 08:00-17:00",
        "health": "长时间站立、粉尘、有害气体",
        "place": "示例街道",
        "address": "示例路3号",
        "fits_older": "是",
        "fits_hard": "否",
        "received_on": today,
        "expires_on": today + timedelta(days=30),
        **changes,
    }
    return [values[column.name] for column in COLUMNS]


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    return written([Leaf("岗位", [column.title.zh for column in COLUMNS], rows)])


def checked(browser: Browser, data: bytes, key: str = KEY, station: str = "station-1") -> Response:
    fields = {"act": "check", "station": station, "key": key}
    return browser.send("/vacancies/import", fields, files={"file": ("offers.xlsx", data)})


def confirmed(browser: Browser, key: str = KEY) -> Response:
    return browser.send("/vacancies/import", {"act": "import", "key": key}, form_at="/vacancies/import")


def number(counter: Counter) -> int:
    with read(counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def titled(counter: Counter, title: str) -> str:
    with read(counter.office.station.engine) as connection:
        return str(connection.scalars(select(table.c.id).where(table.c.title == title)).one())


def test_rows_are_entered_once_they_were_looked_at(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, today, before = counter.signed_in("caseworker-1"), day_of(counter.hands()), number(counter)
    silent = row(today, title="收银员", hours="", health="", place="", pay_min="", pay_max="", pay_unit="元/月")
    looked = checked(browser, workbook([row(today), silent]))
    assert looked.status_code == 200, looked.text
    assert "还没有写入" in looked.text
    assert number(counter) == before
    assert confirmed(browser).status_code == 200
    assert number(counter) == before + 2
    with read(counter.office.station.engine) as connection:
        first = vacancy(connection, titled(counter, "包装工"))
        second = vacancy(connection, titled(counter, "收银员"))
        written_down = select(audit_event.c.kind).where(audit_event.c.kind.contains("vacanc"))
        kinds = connection.scalars(written_down).all()
    assert first is not None
    assert second is not None
    assert (first.employer_id, first.station_id, first.headcount) == ("employer-1", "station-1", 4)
    assert (first.pay_min_fen, first.pay_max_fen, first.pay_unit) == (18_005, 20_010, PayUnit.DAY)
    assert first.hours == Hours((Shift(frozenset(range(1, 6)), time(8), time(17)),))
    assert first.health_demands == frozenset({HealthDemand.LONG_STANDING, HealthDemand.DUST_OR_FUMES})
    assert (first.place_node_id, first.fits_older, first.fits_hard_to_place) == ("cn-50-99-01", True, False)
    assert (first.received_on, first.expires_on) == (today, today + timedelta(days=30))
    assert (second.hours, second.health_demands, second.pay_min_fen, second.pay_unit) == (
        None,
        None,
        None,
        PayUnit.MONTH,
    )
    assert sorted(kinds) == ["import-vacancies", "post-vacancy", "post-vacancy"]


def test_the_same_sending_twice_enters_the_rows_once(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    checked(browser, workbook([row(today)]))
    confirmed(browser)
    after = number(counter)
    again = confirmed(browser)
    assert again.status_code == 200
    assert "全部岗位已导入" in again.text
    assert number(counter) == after
    with read(counter.office.station.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(import_run)) == 1


def test_the_same_file_is_not_read_in_again(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    data = workbook([row(today)])
    checked(browser, data)
    confirmed(browser)
    again = checked(browser, data, key="8" * 32)
    assert again.status_code == 422
    assert "已经导入过" in again.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"uscc": "91999999MA000001XX"}, "校验位不符", id="no such code"),
        pytest.param({"uscc": "91999999MA000005XJ"}, "本地没有登记这个代码", id="an employer of another place"),
        pytest.param({"uscc": 91999999000001.0}, "应为18位", id="a code that lost its digits"),
        pytest.param({"title": "仓库分拣员"}, "已有在招的同名岗位", id="brought before"),
        pytest.param({"title": ""}, "请填写这一格", id="no title"),
        pytest.param({"headcount": 0}, "请填写 1 至", id="for nobody"),
        pytest.param({"pay_min": "180.055"}, "请填写金额", id="a third decimal"),
        pytest.param({"pay_min": "200.11"}, "最高报酬不能低于", id="a fen above the most"),
        pytest.param({"pay_unit": "周"}, "说明页", id="no such unit"),
        pytest.param({"hours": "白天"}, "周一至周五 08:00-17:00", id="hours that say nothing"),
        pytest.param({"health": "力气大"}, "说明页", id="no such demand"),
        pytest.param({"place": "别处街道"}, "没有这个地名", id="no such place"),
        pytest.param({"expires_on": date(2020, 1, 1)}, "有效期不能早于今天", id="expired"),
        pytest.param({"received_on": date(2999, 1, 1)}, "不能晚于今天", id="not received yet"),
    ],
)
def test_one_wrong_cell_keeps_every_row_out(counter: Counter, changes: dict[str, Any], said: str) -> None:
    browser, today, before = counter.signed_in("caseworker-1"), day_of(counter.hands()), number(counter)
    answer = checked(browser, workbook([row(today), row(today, title="另一个"), row(today, **changes)]))
    assert answer.status_code == 422
    assert said in answer.text
    assert ">4<" in answer.text  # the row as the spreadsheet numbers it
    assert "一行也没有导入" in answer.text
    confirmed(browser)
    assert number(counter) == before


def test_two_rows_of_the_same_offer(counter: Counter) -> None:
    today = day_of(counter.hands())
    answer = checked(counter.signed_in("caseworker-1"), workbook([row(today), row(today, title="包 装工")]))
    assert "与第 2 行重复" in answer.text


def test_a_day_as_a_serial_number_is_a_day(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    serial = (today - date(1899, 12, 30)).days
    assert checked(browser, workbook([row(today, received_on=serial)])).status_code == 200
    confirmed(browser)
    with read(counter.office.station.engine) as connection:
        found = vacancy(connection, titled(counter, "包装工"))
    assert found is not None
    assert found.received_on == today


def test_what_changed_between_looking_and_confirming_is_seen(counter: Counter) -> None:
    """Somebody else enters the same offer after the file was checked: nothing of the file is entered."""
    first, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    second = counter.signed_in("guide-1")
    checked(first, workbook([row(today), row(today, title="另一个岗位")]))
    checked(second, workbook([row(today)]), key="7" * 32)
    confirmed(second, key="7" * 32)
    after = number(counter)
    answer = confirmed(first)
    assert answer.status_code == 422
    assert "已有在招的同名岗位" in answer.text
    assert number(counter) == after


def test_a_checked_file_waits_and_can_be_dropped(counter: Counter) -> None:
    browser, today, before = counter.signed_in("caseworker-1"), day_of(counter.hands()), number(counter)
    checked(browser, workbook([row(today)]))
    assert "包装工" in browser.get("/vacancies/import").text
    browser.send("/vacancies/import", {"act": "drop"})
    assert "包装工" not in browser.get("/vacancies/import").text
    assert confirmed(browser).status_code == 422
    assert number(counter) == before


@pytest.mark.parametrize("file", ["not a file", "bm90IGEgZmlsZQ=="])
def test_a_draft_that_is_no_file_is_not_read(counter: Counter, file: str) -> None:
    browser = counter.signed_in("caseworker-1")
    fields = {"form": "/vacancies/import", "file": file, "station": "station-1", "key": KEY}
    browser.send("/drafts", fields, form_at="/vacancies/import")
    assert browser.get("/vacancies/import").status_code in (200, 422)
    assert confirmed(browser).status_code in (409, 422)


def test_no_file_and_no_spreadsheet(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    none = browser.send("/vacancies/import", {"act": "check", "station": "station-1"})
    assert (none.status_code, "请选择填好的表格" in none.text) == (422, True)
    picture = checked(browser, b"\x89PNG")
    assert (picture.status_code, "不是 Excel 工作簿" in picture.text) == (422, True)


def test_another_stations_rows_are_not_entered(counter: Counter) -> None:
    answer = checked(counter.signed_in("caseworker-2"), workbook([row(day_of(counter.hands()))]))
    assert answer.status_code == 422
    assert 'href="#station"' in answer.text


def test_the_template_is_what_is_read_in(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/vacancies/import/template").content))
    assert book.get_sheet_by_index(0).to_python()[0] == [column.title.zh for column in COLUMNS]
    notes = [cells[1] for cells in book.get_sheet_by_index(1).to_python() if len(cells) > 1]
    assert {"搬运重物", "元/天", "示例区 示例街道"} <= set(notes)


def test_the_list_goes_out_as_it_is_filtered_and_is_written_down(counter: Counter) -> None:
    browser = counter.signed_in("auditor-1")
    answer = browser.get("/vacancies/export?state=all&trade=家政")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in lines[1:]] == ["家庭照护"]
    assert "许**" in lines[1]
    assert "180.00" in lines[1]
    with read(counter.office.station.engine) as connection:
        event = connection.execute(select(audit_event).where(audit_event.c.kind == "export-vacancies")).one()
    assert (event.actor, event.reason) == ("auditor-1", "1")


def test_what_goes_out_can_be_read_in_elsewhere(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    data = browser.get("/vacancies/export?words=分拣").content
    browser.send("/vacancies/vacancy-1/close", {"because": "filled"})
    looked = checked(browser, data)
    assert looked.status_code == 200, looked.text
    assert csrf_of(looked.text)


def test_the_pages_speak_both_languages(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    for data in (b"", workbook([row(today)])):
        if data:
            checked(browser, data)
        browser.client.cookies.set("yizhan-language", "zh")
        assert english_words(browser.get("/vacancies/import").text) == set()
        browser.client.cookies.set("yizhan-language", "en")
        assert chinese_words(browser.get("/vacancies/import").text) == set()

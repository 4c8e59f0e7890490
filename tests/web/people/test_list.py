"""The list of workers, and the list as a spreadsheet."""

import io
import re
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import select

from store.engine import read
from store.tables.cases import audit_event
from tests.web.counter import Browser, Counter
from tests.web.people.registered import a_case, person_of


def counts(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'yz-bucket__count">(\d+)<', page)]


def rows(page: str) -> int:
    return page.count('<tr id="')


def test_the_list_shows_masked_workers_with_their_cases(counter: Counter) -> None:
    case = a_case(counter)
    person = person_of(counter, case)
    page = counter.signed_in("caseworker-1").get("/workers").text
    assert f'href="/workers/{person.id}"' in page
    assert f"/cases/{case.id}?back=" in page
    for hidden in (person.name, person.phone, person.identity):
        assert hidden not in page


def test_counts_equal_their_rows(counter: Counter) -> None:
    for _ in range(3):
        a_case(counter)
    browser = counter.signed_in("caseworker-1")
    assert counts(browser.get("/workers").text) == [3, 0, 0, 3]
    for having, number in (("open", 3), ("closed", 0), ("none", 0), ("", 3)):
        assert rows(browser.get(f"/workers?having={having}").text) == number


def test_filters_stand_in_the_address_and_narrow_the_rows(counter: Counter) -> None:
    a_case(counter)
    a_case(counter, skills=[{"trade": "搬运", "level": "熟练"}], wishes=[])
    browser = counter.signed_in("caseworker-1")
    assert rows(browser.get("/workers?trade=搬运").text) == 1
    assert rows(browser.get("/workers?trade=门卫").text) == 1
    assert rows(browser.get("/workers?from=2999-01-01").text) == 0
    assert rows(browser.get("/workers?until=2999-01-01&station=station-1").text) == 2
    assert rows(browser.get("/workers?from=nonsense&page=99999&order=x&having=x").text) == 2


def test_a_list_reaches_as_far_as_its_reader(counter: Counter) -> None:
    a_case(counter)
    a_case(counter, "caseworker-3", station="station-3")
    for reader, number in (("caseworker-1", 1), ("caseworker-2", 0), ("caseworker-3", 1), ("auditor-1", 2)):
        assert rows(counter.signed_in(reader).get("/workers").text) == number, reader


def exported(browser: Browser, path: str = "/workers/export", **fields: str) -> list[list[Any]]:
    answer = browser.send(path, {"masked": "yes", "purpose": "return", **fields})
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert "周经办" in str(book.get_sheet_by_index(1).to_python()) or "杨负责" in str(
        book.get_sheet_by_index(1).to_python()
    )
    return book.get_sheet_by_index(0).to_python()[1:]


def test_an_export_is_masked_says_who_made_it_and_is_written_down(counter: Counter) -> None:
    person = person_of(counter, a_case(counter))
    (row,) = exported(counter.signed_in("caseworker-1"))
    assert not [value for value in (person.name, person.identity, person.phone) if value in row]
    with read(counter.office.station.engine) as connection:
        reasons = connection.scalars(select(audit_event.c.reason).where(audit_event.c.kind == "export-workers")).all()
    assert reasons == ["return:1"]


def test_only_those_who_lead_export_unmasked(counter: Counter) -> None:
    person = person_of(counter, a_case(counter))
    fields = {"masked": "no", "purpose": "contact"}
    refused = counter.signed_in("caseworker-1").send("/workers/export", fields)
    assert refused.status_code == 422
    assert "主管或负责人" in refused.text
    (row,) = exported(counter.signed_in("manager-1"), masked="no")
    assert [person.name, person.identity, person.phone] == row[:3]


def test_an_export_needs_a_purpose_and_keeps_the_filters(counter: Counter) -> None:
    a_case(counter)
    browser = counter.signed_in("caseworker-1")
    assert browser.send("/workers/export", {"masked": "yes"}).status_code == 422
    assert exported(browser, "/workers/export?trade=%E6%90%AC%E8%BF%90") == []


def test_both_pages_are_whole_in_english(counter: Counter) -> None:
    a_case(counter)
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"language": "en"}, form_at="/find")
    assert "With an open case" in browser.get("/workers").text
    assert "What it is for" in browser.get("/workers/export").text

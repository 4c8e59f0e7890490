"""Training courses at the counter: entered once, corrected with what stood before, seen in their place only."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from cases.days import day_of
from store.changes import Changed, changes
from store.courses import Course, course
from store.engine import read, write
from store.tables.cases import training
from tests.store.casework import opened_case
from tests.web.counter import Browser, Counter
from tests.web.spoken import chinese_words, english_words
from tests.web.vacancies.filled import day


def filled(today: date, **changes: str) -> dict[str, str]:
    return {
        "key": "d" * 32,
        "station": "station-1",
        "title": "中式面点",
        "provider": "示例职业培训学校",
        "trade": "餐饮",
        "place": "示例实训基地",
        "hours": "40",
        "minimum_hours": "32",
        "seats": "20",
        "free": "yes",
        **day("begins_on", today + timedelta(days=3)),
        **day("ends_on", today + timedelta(days=9)),
        **changes,
    }


def known(counter: Counter, course_id: str) -> Course:
    with read(counter.office.station.engine) as connection:
        found = course(connection, course_id)
    assert found is not None
    return found


def corrected(browser: Browser, counter: Counter, revision: str = "0", **changed: str) -> int:
    fields = filled(day_of(counter.hands()), revision=revision, reason="机构来函更正", **changed)
    return browser.send("/courses/course-1/edit", fields).status_code


def test_a_course_is_entered_once_however_often_it_is_sent(counter_on_both: Counter) -> None:
    counter, today = counter_on_both, day_of(counter_on_both.hands())
    browser = counter.signed_in("guide-1")
    first, second = (browser.send("/courses/new", filled(today)) for _ in range(2))
    assert first.url == second.url
    found = known(counter, first.url.path.rpartition("/")[2])
    assert (found.title, found.seats, found.minimum_hours, found.free) == ("中式面点", 20, 32, True)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        pytest.param({"title": ""}, "title", id="no title"),
        pytest.param({"minimum_hours": "41"}, "minimum_hours", id="an hour more than there are"),
        pytest.param({"seats": "0"}, "seats", id="no seat"),
        pytest.param({"station": "station-3"}, "station", id="a station of another place"),
        pytest.param({"free": "perhaps"}, "free", id="neither free nor not"),
        pytest.param({"ends_on-year": "2019"}, "ends_on", id="ends before it begins"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(counter: Counter, changed: dict[str, str], at: str) -> None:
    answer = counter.signed_in("caseworker-1").send("/courses/new", filled(day_of(counter.hands()), **changed))
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.text


def test_a_correction_keeps_what_stood_before(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser = counter.signed_in("caseworker-1")
    assert corrected(browser, counter, title="家政服务员", trade="家政") == 200
    assert known(counter, "course-1").seats == 20
    with read(counter.office.station.engine) as connection:
        history = changes(connection, counter.office.station.keyring, Changed.COURSE, "course-1")
    seats = next(each for each in history if each.field == "seats")
    assert (seats.before, seats.after, seats.changed_by, seats.reason) == (40, 20, "caseworker-1", "机构来函更正")
    assert {each.field for each in history} == {"seats", "place", "begins_on", "ends_on"}
    page = browser.get("/courses/course-1").text
    assert "机构来函更正" in page


def test_an_edit_that_comes_second_is_told_and_loses_nothing(counter_on_both: Counter) -> None:
    counter = counter_on_both
    first, second = counter.signed_in("caseworker-1"), counter.signed_in("guide-1")
    assert corrected(first, counter, seats="30") == 200
    fields = filled(day_of(counter.hands()), revision="0", reason="另有通知", seats="25")
    told = second.send("/courses/course-1/edit", fields)
    assert told.status_code == 409
    assert "40 → 30" in told.text
    assert 'value="25"' in told.text
    assert known(counter, "course-1").seats == 30


def test_seats_are_not_fewer_than_the_enrolled(counter: Counter) -> None:
    station = counter.office.station
    with write(station.engine) as connection:
        case = opened_case(connection, station.keyring)
        row = {"course_id": "course-1", "enrolled_on": day_of(counter.hands()), "hours_attended": 0}
        for number in (1, 2):
            connection.execute(insert(training).values(case_id=case.id, id=f"training-{number}", **row))
    browser = counter.signed_in("caseworker-1")
    assert corrected(browser, counter, seats="1") == 422
    assert corrected(browser, counter, seats="2") == 200


@pytest.mark.parametrize(
    ("staff_id", "page", "form"),
    [
        pytest.param("caseworker-1", 200, 200, id="its station"),
        pytest.param("caseworker-2", 200, 404, id="a station beside it"),
        pytest.param("manager-1", 200, 403, id="a manager, who reads"),
        pytest.param("auditor-1", 200, 403, id="an auditor, who reads"),
        pytest.param("caseworker-3", 404, 404, id="another place"),
    ],
)
def test_who_sees_and_who_corrects(counter: Counter, staff_id: str, page: int, form: int) -> None:
    browser = counter.signed_in(staff_id)
    assert browser.get("/courses/course-1").status_code == page
    assert browser.get("/courses/course-1/edit").status_code == form
    assert ("course-1" in browser.get("/courses").text) is (page == 200)


def test_what_has_ended_is_in_its_own_list(counter: Counter) -> None:
    counter.hands.move(timedelta(days=14))
    browser = counter.signed_in("caseworker-1")
    assert "course-1" not in browser.get("/courses").text
    assert "course-1" in browser.get("/courses?ended=yes&trade=家政&free=yes").text
    assert "course-1" not in browser.get("/courses?ended=yes&words=面点").text


def test_every_page_speaks_both_languages(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    corrected(browser, counter)
    for path in ("/courses", "/courses/course-1", "/courses/new", "/courses/course-1/edit"):
        browser.client.cookies.set("yizhan-language", "zh")
        assert english_words(browser.get(path).text) == set(), path
        browser.client.cookies.set("yizhan-language", "en")
        assert chinese_words(browser.get(path).text) == set(), path

"""Truth checks, publishing, confirming and closing, at the counter of the vacancy's own station."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.days import day_of
from store.engine import read, write
from store.publications import latest_truth_check, publications, publish, standing, truth_checks
from store.tables.cases import audit_event
from store.tables.vacancies import CheckResult, Closing
from store.vacancies import vacancy
from tests.web.counter import Browser, Counter
from tests.web.vacancies.filled import day

KEY = "c" * 32


def check(
    browser: Browser,
    counter: Counter,
    vacancy_id: str = "vacancy-12",
    changes: dict[str, str | list[str]] | None = None,
) -> int:
    fields: dict[str, str | list[str]] = {
        "key": KEY,
        "evidence": "到现场看过\n问过负责人",
        "result": "passed",
        **day("checked_on", day_of(counter.hands())),
        **(changes or {}),
    }
    return browser.send(f"/vacancies/{vacancy_id}/check", fields).status_code


def kinds(counter: Counter, vacancy_id: str) -> list[str]:
    with read(counter.office.station.engine) as connection:
        query = select(audit_event.c.kind).where(audit_event.c.about_id == vacancy_id).order_by(audit_event.c.at)
        return list(connection.scalars(query))


def test_a_check_is_kept_with_its_evidence_once(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    assert check(browser, counter) == 200
    assert check(browser, counter) == 200
    with read(counter.office.station.engine) as connection:
        (found,) = truth_checks(connection, "vacancy-12")
    assert (found.checked_by, found.checked_on, found.passed) == ("caseworker-1", today, True)
    assert found.evidence == ("到现场看过", "问过负责人")
    assert kinds(counter, "vacancy-12") == ["check-vacancy"]
    assert "到现场看过" in browser.get("/vacancies/vacancy-12").text


def test_what_fails_its_check_is_shown_nowhere(counter: Counter) -> None:
    browser, today = counter.signed_in("guide-1"), day_of(counter.hands())
    changes: dict[str, str | list[str]] = {
        "result": "failed",
        "findings": ["限性别"],
        "other_findings": "要求先垫付体检费",
    }
    assert check(browser, counter, "vacancy-1", changes) == 200
    with read(counter.office.station.engine) as connection:
        found = latest_truth_check(connection, "vacancy-1", today)
        stands = standing(connection, "vacancy-1", today)
    assert found is not None
    assert stands is not None
    assert (found.result, found.discrimination_findings) == (CheckResult.FAILED, ("限性别", "要求先垫付体检费"))
    assert stands.channels == ()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"evidence": " \n "}, id="no evidence"),
        pytest.param({"findings": ["限年龄"]}, id="passed in spite of what was found"),
        pytest.param({"result": ""}, id="no result"),
        pytest.param({"checked_on-year": "2019"}, id="before it was received"),
        pytest.param({"evidence": "长" * 201}, id="a line too long"),
    ],
)
def test_a_check_that_is_not_one(counter: Counter, changes: dict[str, str | list[str]]) -> None:
    assert check(counter.signed_in("caseworker-1"), counter, changes=changes) == 422
    assert kinds(counter, "vacancy-12") == []


def test_only_what_passed_is_published_and_one_channel_once(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    assert browser.send("/vacancies/vacancy-12/publish", {"channel": "小程序"}).status_code == 422
    check(browser, counter)
    for _ in range(2):
        assert browser.send("/vacancies/vacancy-12/publish", {"channel": "小程序"}).status_code == 200
    written = {"channel": "other", "other": "村口喇叭"}
    assert browser.send("/vacancies/vacancy-12/publish", written).status_code == 200
    with read(counter.office.station.engine) as connection:
        shown = {each.channel: each.published_on for each in publications(connection, "vacancy-12")}
    assert shown == {"小程序": today, "村口喇叭": today}


def test_what_is_withdrawn_is_shown_again_from_the_next_day(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    assert browser.send("/vacancies/vacancy-1/publish", {"withdraw": "大屏"}).status_code == 200
    with read(counter.office.station.engine) as connection:
        (was,) = publications(connection, "vacancy-1")
    assert was.withdrawn_on == today
    browser.send("/vacancies/vacancy-1/publish", {"withdraw": "大屏"})
    assert kinds(counter, "vacancy-1") == ["withdraw-vacancy"]
    again = browser.send("/vacancies/vacancy-1/publish", {"channel": "大屏"})
    assert again.status_code == 422
    assert "明天起可以再发布" in again.text
    counter.hands.move(timedelta(days=1))
    browser = counter.signed_in("caseworker-1")
    assert browser.send("/vacancies/vacancy-1/publish", {"channel": "大屏"}).status_code == 200


def test_a_confirmation_counts_once_a_day_and_only_of_what_is_live(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    for _ in range(2):
        assert browser.send("/vacancies/vacancy-1/confirm", day("confirmed_on", today)).status_code == 200
    assert kinds(counter, "vacancy-1") == ["confirm-vacancy"]
    tomorrow = day("confirmed_on", today + timedelta(days=1))
    assert browser.send("/vacancies/vacancy-1/confirm", tomorrow).status_code == 422
    assert browser.send("/vacancies/vacancy-11/confirm", day("confirmed_on", today)).status_code == 422


def test_two_who_close_a_vacancy_at_once_one_does_and_one_is_told(counter_on_both: Counter) -> None:
    counter = counter_on_both
    first, second = counter.signed_in("caseworker-1"), counter.signed_in("guide-1")
    # Both have the form open before either sends it.
    for browser in (first, second):
        assert browser.get("/vacancies/vacancy-1/close").status_code == 200
    assert first.send("/vacancies/vacancy-1/close", {"because": "filled"}).status_code == 200
    told = second.send("/vacancies/vacancy-1/close", {"because": "withdrawn"})
    assert told.status_code == 409
    assert "周经办已于" in told.text
    assert "没有改变什么" in told.text
    with read(counter.office.station.engine) as connection:
        found = vacancy(connection, "vacancy-1")
    assert found is not None
    assert (found.closed_because, found.closed_by) == (Closing.FILLED, "caseworker-1")
    assert kinds(counter, "vacancy-1") == ["close-vacancy"]


def test_a_closing_that_is_sent_twice_is_one(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    for _ in range(2):
        assert browser.send("/vacancies/vacancy-1/close", {"because": "untrue"}).status_code == 200
    assert kinds(counter, "vacancy-1") == ["close-vacancy"]


def test_what_is_closed_is_withdrawn_and_not_published_again(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    browser.send("/vacancies/vacancy-1/close", {"because": "filled"})
    with read(counter.office.station.engine) as connection:
        assert [each.withdrawn_on for each in publications(connection, "vacancy-1")] == [today]
    assert browser.send("/vacancies/vacancy-1/publish", {"channel": "小程序"}).status_code == 422


@pytest.mark.parametrize("act", ["check", "publish", "confirm", "close"])
@pytest.mark.parametrize(
    ("staff_id", "status"),
    [
        pytest.param("caseworker-1", 200, id="its own station's caseworker"),
        pytest.param("guide-1", 200, id="the county's guide"),
        pytest.param("caseworker-2", 404, id="another station of the place"),
        pytest.param("caseworker-3", 404, id="another place"),
        pytest.param("manager-1", 403, id="a manager, who reads"),
        pytest.param("auditor-1", 403, id="an auditor, who reads"),
    ],
)
def test_who_may_act(counter: Counter, act: str, staff_id: str, status: int) -> None:
    browser = counter.signed_in(staff_id)
    assert browser.get(f"/vacancies/vacancy-1/{act}").status_code == status
    if status != 200:
        answer = browser.send(f"/vacancies/vacancy-1/{act}", {"because": "filled"}, form_at="/status")
        assert answer.status_code == status
        with read(counter.office.station.engine) as connection:
            found = vacancy(connection, "vacancy-1")
        assert found is not None
        assert found.closed_on is None


def test_a_publication_in_the_record_says_who_put_it_there(counter: Counter) -> None:
    with write(counter.office.station.engine) as connection:
        publish(connection, "vacancy-1", "公告栏", day_of(counter.hands()), "guide-1", counter.hands())
    page = counter.signed_in("manager-1").get("/vacancies/vacancy-1")
    assert "公告栏" in page.text
    assert "王指导" in page.text

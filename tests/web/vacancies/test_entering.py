"""Entering a vacancy: once however often it is sent, never edited, and not twice under two names."""

from collections.abc import Mapping
from datetime import time, timedelta

import pytest
from httpx2 import Response
from sqlalchemy import func, select

from cases.constraints import HealthDemand
from cases.days import day_of
from cases.hours import Hours, Shift
from store.engine import read
from store.tables.cases import audit_event
from store.tables.vacancies import Closing
from store.tables.vacancies import vacancy as table
from store.vacancies import Vacancy, vacancy
from tests.web.counter import Browser, Counter
from tests.web.vacancies.filled import day, offer


def sent(browser: Browser, fields: Mapping[str, str | list[str]]) -> Response:
    return browser.send("/vacancies/new", fields, form_at="/vacancies/new?employer=employer-1")


def saved(counter: Counter, answer: Response) -> Vacancy:
    assert answer.status_code == 200, answer.text
    with read(counter.office.station.engine) as connection:
        found = vacancy(connection, answer.url.path.rpartition("/")[2])
    assert found is not None
    return found


def number(counter: Counter) -> int:
    with read(counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_an_offer_is_kept_as_it_was_filled_in(counter_on_both: Counter) -> None:
    counter, today = counter_on_both, day_of(counter_on_both.hands())
    answer = sent(counter.signed_in("caseworker-1"), offer(today))
    found = saved(counter, answer)
    assert "岗位已登记" in answer.text
    assert (found.title, found.trade, found.headcount, found.station_id) == ("叉车工", "搬运", 3, "station-1")
    assert (found.pay_min_fen, found.pay_max_fen) == (20_000, 23_050)
    assert found.hours == Hours((Shift(frozenset({1, 2, 3}), time(22), time(6)),))
    assert found.health_demands == frozenset({HealthDemand.DRIVING})
    assert found.expires_on == today + timedelta(days=30)
    with read(counter.office.station.engine) as connection:
        event = connection.execute(select(audit_event).where(audit_event.c.about_id == found.id)).one()
    assert (event.kind, event.actor, event.station_id) == ("post-vacancy", "caseworker-1", "station-1")


def test_what_the_employer_did_not_say_stays_unknown(counter: Counter) -> None:
    today = day_of(counter.hands())
    silent = offer(today, hours_said="no", health_said="unknown", pay_min="", pay_max="", place="", address="")
    found = saved(counter, sent(counter.signed_in("caseworker-1"), silent))
    assert (found.hours, found.health_demands, found.pay_min_fen, found.place_node_id) == (None, None, None, None)
    nothing = offer(today, health_said="none", key="b" * 32, title="另一个岗位")
    assert saved(counter, sent(counter.signed_in("caseworker-1"), nothing)).health_demands == frozenset()


def test_a_form_that_is_sent_twice_enters_one_vacancy(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, fields, before = counter.signed_in("caseworker-1"), offer(day_of(counter.hands())), number(counter)
    first, second = sent(browser, fields), sent(browser, fields)
    assert first.url == second.url
    assert number(counter) == before + 1


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        pytest.param({"title": " "}, "title", id="no title"),
        pytest.param({"title": "长" * 81}, "title", id="a title too long"),
        pytest.param({"station": "station-2"}, "station", id="another station's"),
        pytest.param({"station": "station-3"}, "station", id="a station of another place"),
        pytest.param({"place": "cn-42-99"}, "place", id="a workplace elsewhere"),
        pytest.param({"pay_min": "2,30.505"}, "pay_min", id="a third decimal"),
        pytest.param({"pay_min": "230.51"}, "pay_max", id="a fen above the most"),
        pytest.param({"pay_unit": "week"}, "pay_unit", id="no such unit"),
        pytest.param({"headcount": "0"}, "headcount", id="for nobody"),
        pytest.param({"headcount": "10000"}, "headcount", id="for too many"),
        pytest.param({"begin1": "25:00"}, "begin1", id="no such hour"),
        pytest.param({"days1": []}, "days1", id="hours on no day"),
        pytest.param({"days1": [], "begin1": "", "until1": ""}, "days1", id="hours said, and none given"),
        pytest.param({"health": []}, "health", id="demands said, and none given"),
        pytest.param({"health": ["strength"]}, "health", id="a demand that is not listed"),
        pytest.param({"received_on-day": "32"}, "received_on", id="no such day"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(
    counter: Counter, changed: Mapping[str, str | list[str]], at: str
) -> None:
    browser, before = counter.signed_in("caseworker-1"), number(counter)
    answer = sent(browser, offer(day_of(counter.hands()), **changed))
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.text
    assert "示例路9号" in answer.text
    assert number(counter) == before
    # What was filled in is there again, on whatever page of the form.
    assert "示例路9号" in browser.get("/vacancies/new").text


def test_days_that_cannot_be(counter: Counter) -> None:
    today, browser = day_of(counter.hands()), counter.signed_in("caseworker-1")
    tomorrow = sent(browser, offer(today, **day("received_on", today + timedelta(days=1))))
    assert "不能晚于今天" in tomorrow.text
    expired = sent(browser, offer(today, **day("expires_on", today - timedelta(days=1))))
    assert "有效期不能早于今天" in expired.text


def test_an_offer_brought_twice_is_looked_at_first(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    twice = sent(browser, offer(today, title="仓库分拣员"))
    assert twice.status_code == 422
    assert 'href="/vacancies/vacancy-1"' in twice.text
    assert sent(browser, offer(today, title="仓库分拣员", another="yes")).status_code == 200


def test_an_employer_of_another_place_does_not_exist(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    assert browser.get("/vacancies/new?employer=employer-5").status_code == 404
    assert sent(browser, offer(today, employer="employer-5")).status_code == 404


def test_a_changed_offer_closes_the_old_one_and_links_to_it(counter_on_both: Counter) -> None:
    counter = counter_on_both
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    form = browser.get("/vacancies/new?replaces=vacancy-8")
    assert "夜班装卸工" in form.text
    assert 'value="22:00"' in form.text
    newer = saved(counter, sent(browser, offer(today, title="夜班装卸工", replaces="vacancy-8")))
    with read(counter.office.station.engine) as connection:
        older = vacancy(connection, "vacancy-8")
    assert older is not None
    assert (older.closed_on, older.closed_because, older.closed_by) == (today, Closing.CHANGED, "caseworker-1")
    assert newer.replaces_id == "vacancy-8"
    assert f"/vacancies/{newer.id}" in browser.get("/vacancies/vacancy-8").text
    assert "/vacancies/vacancy-8" in browser.get(f"/vacancies/{newer.id}").text


def test_an_offer_that_is_closed_is_not_changed(counter: Counter) -> None:
    browser, today, before = counter.signed_in("caseworker-1"), day_of(counter.hands()), number(counter)
    browser.send("/vacancies/vacancy-8/close", {"because": "filled"})
    answer = sent(browser, offer(today, replaces="vacancy-8"))
    assert answer.status_code == 422
    assert "关闭" in answer.text
    assert number(counter) == before


def test_an_offer_of_another_station_is_not_changed_here(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-2")
    assert browser.get("/vacancies/new?replaces=vacancy-8").status_code == 404
    fields = offer(day_of(counter.hands()), station="station-2", replaces="vacancy-8")
    assert sent(browser, fields).status_code == 404


def test_an_offer_of_one_employer_does_not_take_the_place_of_anothers(counter: Counter) -> None:
    browser, before = counter.signed_in("caseworker-1"), number(counter)
    fields = offer(day_of(counter.hands()), employer="employer-2", replaces="vacancy-8")
    assert sent(browser, fields).status_code == 404
    assert number(counter) == before


def test_first_the_employer_is_found(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").get("/vacancies/new?find=餐饮")
    assert "employer=employer-2" in page.text
    assert "employer=employer-1" not in page.text


def test_a_half_filled_form_is_kept_by_itself_and_comes_back(counter: Counter) -> None:
    browser, today = counter.signed_in("caseworker-1"), day_of(counter.hands())
    form = "/vacancies/new?employer=employer-1"
    kept = browser.send("/drafts", {**offer(today, title="半个岗位"), "form": "/vacancies/new"}, form_at=form)
    assert kept.status_code == 200
    assert 'value="半个岗位"' in browser.get("/vacancies/new").text
    # Another employer's form begins empty; the draft stays.
    assert "半个岗位" not in browser.get("/vacancies/new?employer=employer-2").text
    assert 'value="半个岗位"' in browser.get(form).text

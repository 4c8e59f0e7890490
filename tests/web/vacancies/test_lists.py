"""The list and the page of a vacancy: for those who work in its place, in both languages."""

import pytest

from tests.web.counter import Counter
from tests.web.spoken import chinese_words, english_words


@pytest.mark.parametrize(
    ("staff_id", "sees"),
    [
        pytest.param("caseworker-1", True, id="its station"),
        pytest.param("caseworker-2", True, id="a station beside it"),
        pytest.param("manager-1", True, id="its manager"),
        pytest.param("auditor-1", True, id="an auditor"),
        pytest.param("caseworker-3", False, id="another place"),
        pytest.param("manager-3", False, id="a manager of another place"),
    ],
)
def test_a_vacancy_is_seen_in_its_place_only(counter: Counter, staff_id: str, sees: bool) -> None:
    browser = counter.signed_in(staff_id)
    assert ("vacancy-1" in browser.get("/vacancies?state=all").text) is sees
    assert browser.get("/vacancies/vacancy-1").status_code == (200 if sees else 404)


def test_the_list_shows_what_is_live_and_counts_the_rest(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    live = browser.get("/vacancies").text
    assert "/vacancies/vacancy-1" in live
    assert "/vacancies/vacancy-13" not in live
    failed = browser.get("/vacancies?state=failed").text
    assert "/vacancies/vacancy-13" in failed
    assert "/vacancies/vacancy-2" not in failed


def test_filters_stand_in_the_address_and_can_be_taken_off(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").get("/vacancies?trade=餐饮&unit=day&pay=200").text
    assert "/vacancies/vacancy-2" in page
    assert "/vacancies/vacancy-1&" not in page
    assert 'href="/vacancies?unit=day&amp;pay=200"' in page


@pytest.mark.parametrize("query", ["page=0", "page=99999999999", "pay=x&unit=y", "state=nothing", "order=up"])
def test_an_address_that_asks_nonsense_is_answered(counter: Counter, query: str) -> None:
    assert counter.signed_in("caseworker-1").get(f"/vacancies?{query}").status_code == 200


def test_who_only_reads_is_offered_no_act(counter: Counter) -> None:
    assert "/vacancies/vacancy-1/close" in counter.signed_in("caseworker-1").get("/vacancies/vacancy-1").text
    for staff_id in ("caseworker-2", "manager-1", "auditor-1"):
        assert "/vacancies/vacancy-1/close" not in counter.signed_in(staff_id).get("/vacancies/vacancy-1").text


def test_a_household_is_named_by_its_mask(counter: Counter) -> None:
    for path in ("/vacancies?words=家庭", "/vacancies/vacancy-4", "/vacancies/new?employer=employer-8"):
        page = counter.signed_in("caseworker-1").get(path).text
        assert "许**" in page
        assert "许示例" not in page


PAGES = (
    "/vacancies",
    "/vacancies?state=all",
    "/vacancies/vacancy-1",
    "/vacancies/vacancy-13",
    "/vacancies/new",
    "/vacancies/new?employer=employer-1",
    "/vacancies/new?replaces=vacancy-8",
    "/vacancies/vacancy-1/check",
    "/vacancies/vacancy-1/publish",
    "/vacancies/vacancy-1/confirm",
    "/vacancies/vacancy-1/close",
)


def test_every_page_speaks_both_languages(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    for path in PAGES:
        browser.client.cookies.set("yizhan-language", "zh")
        assert english_words(browser.get(path).text) == set(), path
        browser.client.cookies.set("yizhan-language", "en")
        assert chinese_words(browser.get(path).text) == set(), path

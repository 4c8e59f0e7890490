"""How pages look to their reader: text size, contrast and language are theirs; the frame says whose station it is."""

import pytest

from store.engine import read
from store.sessions import IDLE
from tests.web.counter import Counter


def root_of(page: str) -> str:
    return page.split("<html", 1)[1].split(">", 1)[0]


def test_a_choice_is_kept_with_the_account_and_comes_along_to_another_browser(counter: Counter) -> None:
    counter.signed_in("caseworker-1").send("/preferences", {"text_size": "c", "contrast": "high"}, form_at="/help")
    root = root_of(counter.signed_in("caseworker-1").get("/help").text)
    assert 'data-text="c"' in root
    assert 'data-contrast="high"' in root
    assert 'data-text="a"' in root_of(counter.browser().get("/help").text)


def test_somebody_without_an_account_keeps_a_choice_in_the_browser(counter: Counter) -> None:
    browser = counter.browser()
    browser.send("/preferences", {"language": "en", "text_size": "b"}, form_at="/help")
    root = root_of(browser.get("/sign-in").text)
    assert 'lang="en"' in root
    assert 'data-text="b"' in root


def test_one_choice_leaves_the_others_as_they_are(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    browser.send("/preferences", {"text_size": "b"}, form_at="/help")
    browser.send("/preferences", {"language": "en"}, form_at="/help")
    root = root_of(browser.get("/help").text)
    assert 'data-text="b"' in root
    assert 'lang="en"' in root


@pytest.mark.parametrize("choice", [{"text_size": "huge"}, {"language": "fr"}, {"contrast": "pink"}, {}])
def test_what_is_no_choice_changes_nothing(counter: Counter, choice: dict[str, str]) -> None:
    browser = counter.browser()
    before = root_of(browser.get("/help").text)
    browser.send("/preferences", choice, form_at="/help")
    assert root_of(browser.get("/help").text) == before


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_a_choice_leads_back_to_our_own_pages_only(counter: Counter, back: str) -> None:
    answer = counter.browser().send("/preferences", {"back": back}, form_at="/help", follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_the_frame_says_whose_station_it_is_and_when_the_session_ends(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").get("/help").text
    with read(counter.office.station.engine) as connection:
        name = connection.exec_driver_sql("select name from station where id = 'station-1'").scalar_one()
    assert name in page
    assert f'data-session-seconds="{int(IDLE.total_seconds())}"' in root_of(page)
    assert "data-session-seconds" not in counter.browser().get("/help").text


def test_a_page_can_ask_to_stay_signed_in(counter: Counter) -> None:
    assert counter.signed_in("caseworker-1").get("/still-here").status_code == 204
    assert counter.browser().get("/still-here").status_code == 401

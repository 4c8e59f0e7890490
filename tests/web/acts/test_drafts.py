"""What is half filled in survives an error, an ended session and a restart, and is its owner's alone."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from cases.hardship.needing import OpenNeed
from store.engine import read
from store.tables.access import DraftState
from store.tables.access import draft as drafts
from store.tables.keys import person_key as keys
from tests.activities.office import Office
from tests.web.acts.at_counter import SAYING, AtCounter, hidden
from tests.web.acts.at_once import answers_at_once
from tests.web.counter import Browser, Counter, csrf_of
from web.app import create_app
from web.settling import KEPT_FOR, purge

FORM = "record-guidance"


@pytest.fixture
def at(counter: Counter, helped: Office) -> AtCounter:
    return AtCounter(counter, helped.case.id)


def half_filled(at: AtCounter, browser: Browser) -> dict[str, str]:
    """Everything but the guide."""
    return at.filled(browser, FORM, content=SAYING, **at.today("held_on"))


def autosaved(at: AtCounter, browser: Browser, **typed: str) -> str:
    answer = browser.send("/drafts", {"form": at.form(FORM), **typed}, form_at=at.form(FORM))
    assert answer.status_code in (200, 204), answer.text
    return answer.text


def test_an_error_keeps_what_was_filled_in(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    answer = browser.send(at.form(FORM), half_filled(at, browser))
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "<title>错误：" in page
    assert 'href="#guide"' in page
    assert SAYING in page
    assert SAYING in browser.get(at.form(FORM)).text  # and still, when they come back
    assert at.drafts() == [(f"/do/{FORM}", DraftState.KEPT)]


def test_what_is_typed_is_kept_by_itself_and_shown_again(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    said = autosaved(at, browser, content=SAYING)
    assert "自动存过一次" in said
    page = unescape(browser.get(at.form(FORM)).text)
    assert SAYING in page
    assert "留下的草稿" in page


def test_an_empty_form_leaves_nothing(at: AtCounter) -> None:
    assert autosaved(at, at.counter.signed_in("caseworker-1"), content=" ") == ""
    assert at.drafts() == []


def test_what_the_script_still_had_on_the_way_is_no_draft_once_the_form_went_out(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = half_filled(at, browser) | {"guide": "guide-1"}
    browser.send(at.form(FORM), fields, follow_redirects=False)  # nobody is at the workflow server: it waits
    autosaved(at, browser, **fields)
    assert at.drafts() == [(f"/sent/{fields['key']}", DraftState.SENT)]
    answers_at_once(at.counter)
    other = half_filled(at, browser) | {"guide": "guide-1", "content": "另一次"}
    browser.send(at.form(FORM), other, follow_redirects=False)
    autosaved(at, browser, **other)
    assert at.drafts() == [(f"/sent/{fields['key']}", DraftState.SENT)]


def test_a_draft_is_given_up_by_its_owner(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    autosaved(at, browser, content=SAYING)
    page = unescape(browser.send(at.form(FORM), {"press": "discard"}).text)
    assert SAYING not in page
    assert at.drafts() == []


def test_another_person_never_sees_it(at: AtCounter) -> None:
    autosaved(at, at.counter.signed_in("caseworker-1"), content=SAYING)
    for other in ("guide-1", "supervisor-1"):
        assert SAYING not in at.counter.signed_in(other).get(at.form(FORM)).text
    with read(at.counter.office.station.engine) as connection:
        row = connection.execute(select(drafts)).mappings().one()
    assert SAYING.encode() not in row["fields_sealed"]


def test_an_ended_session_keeps_what_was_sent(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = half_filled(at, browser)
    token = csrf_of(browser.get(at.form(FORM)).text)
    at.counter.hands.move(timedelta(hours=13))
    answer = browser.client.post(at.form(FORM), data={"csrf": token, **fields}, follow_redirects=False)
    assert answer.headers["location"].startswith("/sign-in?next=")
    page = at.counter.signed_in("caseworker-1").get(at.form(FORM))
    assert SAYING in page.text


def test_what_a_check_held_as_the_session_ended_is_in_the_form(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = half_filled(at, browser)
    token = csrf_of(browser.get(at.form(FORM)).text)
    at.counter.hands.move(timedelta(hours=13))
    browser.client.post(f"{at.form(FORM)}/check", data={"csrf": token, **fields}, follow_redirects=False)
    page = at.counter.signed_in("caseworker-1").get(f"{at.form(FORM)}/check")
    assert SAYING in page.text
    assert page.url.path == at.form(FORM)


def test_a_restart_of_the_pages_keeps_it(at: AtCounter) -> None:
    autosaved(at, at.counter.signed_in("caseworker-1"), content=SAYING)
    office = at.counter.office
    app = create_app(office.settings, office)
    with TestClient(app):
        again = Counter(office, at.counter.hands, app)
        assert SAYING in again.signed_in("caseworker-1").get(at.form(FORM)).text


@pytest.mark.parametrize(
    "address",
    ["", "/nowhere", "https://elsewhere/", "//elsewhere", "/cases/{case}/sent/{key}", "/queue\n", "/static/x"],
)
def test_only_our_own_forms_have_drafts(at: AtCounter, address: str) -> None:
    browser = at.counter.signed_in("caseworker-1")
    form = address.format(case=at.case_id, key="0" * 32)
    answer = browser.send("/drafts", {"form": form, "content": SAYING}, form_at=at.form(FORM))
    assert answer.status_code == 422
    assert at.drafts() == []


def test_a_draft_about_something_else_is_not_shown_for_this(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    form = at.form("record-referral")
    browser.send("/drafts", {"form": form, "vacancy": "vacancy-2", "made_on-day": "7"}, form_at=form)
    assert 'value="vacancy-2" checked' in browser.get(f"{form}?about=vacancy-2").text
    other = browser.get(f"{form}?about=vacancy-3").text
    assert 'value="vacancy-3" checked' in other
    assert 'value="vacancy-2" checked' not in other


def test_after_thirty_days_it_is_forgotten_and_its_key_destroyed(at: AtCounter) -> None:
    office, browser = at.counter.office, at.counter.signed_in("caseworker-1")
    before = number_of_keys(at)
    autosaved(at, browser, content=SAYING)
    assert number_of_keys(at) == before + 1
    at.counter.hands.move(KEPT_FOR - timedelta(seconds=1))
    assert purge(office) == 0
    at.counter.hands.move(timedelta(seconds=2))
    assert purge(office) == 1
    assert at.drafts() == []
    assert number_of_keys(at) == before


def number_of_keys(at: AtCounter) -> int:
    with read(at.counter.office.station.engine) as connection:
        return connection.scalar(select(func.count()).select_from(keys)) or 0


def test_what_was_sent_is_never_forgotten_before_it_is_answered(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = half_filled(at, browser) | {"guide": "guide-1"}
    browser.send(at.form(FORM), fields, follow_redirects=False)  # nobody is at the workflow server
    at.counter.hands.move(2 * KEPT_FOR)
    assert purge(at.counter.office) == 0
    assert at.drafts() == [(f"/sent/{fields['key']}", DraftState.SENT)]


def test_who_comes_back_to_a_draft_is_told_what_happened_meanwhile(at: AtCounter, helped: Office) -> None:
    browser = at.counter.signed_in("caseworker-1")
    browser.send(at.form(FORM), half_filled(at, browser))
    helped.does(OpenNeed("孩子无人看管"), "guide-1")
    page = unescape(browser.get(at.form(FORM)).text)
    assert "您填写期间，个案有了变动" in page
    assert "王指导" in page
    assert "登记需求或困难" in page
    assert SAYING in page
    assert hidden(page, "revision") == str(at.case.revision)

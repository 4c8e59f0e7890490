"""A form counts only if it was sent from our own page, in the session that the page was shown in."""

import pytest

from tests.web.counter import Browser, Counter, csrf_of

SENT = 303


@pytest.fixture
def browser(counter: Counter) -> Browser:
    return counter.signed_in("caseworker-1")


def sends(browser: Browser, token: str | None, headers: dict[str, str] | None = None) -> int:
    data = {"session": "none"} | ({} if token is None else {"csrf": token})
    return browser.client.post("/sessions", data=data, headers=headers, follow_redirects=False).status_code


def token_of(browser: Browser) -> str:
    return csrf_of(browser.get("/sessions").text)


def test_our_own_form_counts(browser: Browser) -> None:
    assert sends(browser, token_of(browser)) == SENT


@pytest.mark.parametrize("token", [None, "", "0" * 64, "中文", "\x00", "x" * 10_000])
def test_a_form_without_its_token_or_with_another_does_not(browser: Browser, token: str | None) -> None:
    assert sends(browser, token) == 403


def test_the_token_of_another_session_does_not(counter: Counter, browser: Browser) -> None:
    assert sends(browser, token_of(counter.signed_in("guide-1"))) == 403
    assert sends(browser, token_of(counter.browser().sign_in("caseworker-1"))) == 403


def test_the_token_of_a_visitor_does_not_once_one_is_signed_in(counter: Counter) -> None:
    visitor = counter.browser()
    before = csrf_of(visitor.get("/sign-in").text)
    counter.signed_in("caseworker-1")
    visitor.sign_in("caseworker-1")
    assert sends(visitor, before) == 403


def test_signing_in_needs_a_token_too(counter: Counter) -> None:
    """Else somebody could be signed in to an account that is not theirs."""
    data = {"login": "caseworker-1", "password": "x"}
    assert counter.browser().client.post("/sign-in", data=data).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_a_form_from_another_site_does_not_whatever_it_carries(browser: Browser, site: str) -> None:
    assert sends(browser, token_of(browser), {"sec-fetch-site": site}) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        "http://testserver.evil.example",
        "http://testserver:81",
        "::",
        "http://[",
        "testserver",
    ],
)
def test_a_form_of_another_origin_does_not(browser: Browser, origin: str) -> None:
    assert sends(browser, token_of(browser), {"origin": origin}) == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
def test_a_browser_that_says_it_is_ours_is_believed_with_the_token(browser: Browser, headers: dict[str, str]) -> None:
    assert sends(browser, token_of(browser), headers) == SENT
    assert sends(browser, "0" * 64, headers) == 403


def test_browsers_are_told_to_name_our_own_origin(browser: Browser) -> None:
    """Under "no-referrer" they send our own forms with the origin "null", and every one would be refused."""
    assert browser.get("/sessions").headers["referrer-policy"] == "same-origin"


def test_the_token_may_come_in_a_header_as_scripts_send_it(browser: Browser) -> None:
    assert sends(browser, None, {"x-csrf": token_of(browser)}) == SENT


def test_the_token_does_not_tell_the_session(browser: Browser) -> None:
    assert browser.client.cookies["yizhan"] not in browser.get("/sessions").text


def test_what_is_sent_as_something_else_than_a_form_carries_no_token(browser: Browser) -> None:
    answer = browser.client.post("/sessions", json={"csrf": token_of(browser), "session": "everywhere"})
    assert answer.status_code == 403


def test_looking_at_a_page_changes_nothing(browser: Browser) -> None:
    for path in ("/sign-out", "/preferences"):
        assert browser.get(path).status_code == 405
    assert browser.get("/sessions").status_code == 200

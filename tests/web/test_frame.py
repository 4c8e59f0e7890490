"""The frame of every page: signing in, and what a reader meets who may not see it."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError
from starlette.responses import PlainTextResponse, Response

from tests.web.counter import Counter, csrf_of
from web.roles import SIGNED_IN
from web.serving import Page
from web.visit import Visit


def second_by_a_moment(times: int) -> Callable[[Visit], Response]:
    """A page to which, so many times, somebody else's row comes first."""
    asked = 0

    def handler(_: Visit) -> Response:
        nonlocal asked
        asked += 1
        if asked <= times:
            raise IntegrityError("INSERT", {}, Exception("the row is there already"))
        return PlainTextResponse(f"asked {asked} times")

    return handler


def test_somebody_who_is_not_signed_in_is_asked_to_and_comes_back(counter: Counter) -> None:
    answer = counter.browser().get("/sign-out-of-nothing")
    assert answer.status_code == 404


def test_a_signed_in_caseworker_is_greeted_by_name(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").get("/status")
    assert "周经办" in page.text


def test_a_wrong_password_lets_nobody_in(counter: Counter) -> None:
    counter.signed_in("caseworker-1")
    answer = counter.browser().send("/sign-in", {"login": "caseworker-1", "password": "guess"})
    assert answer.status_code == 422
    assert "账号或密码不正确" in answer.text


def test_a_form_without_its_token_is_refused(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    assert browser.client.post("/sign-out", data={"csrf": "0" * 64}).status_code == 403
    assert browser.send("/sign-out", form_at="/status", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("method", "times", "status"), [("POST", 1, 200), ("POST", 2, 500), ("GET", 1, 500)])
def test_a_form_whose_row_somebody_entered_in_the_same_moment_is_looked_at_once_more(
    counter: Counter, method: str, times: int, status: int
) -> None:
    browser = counter.signed_in("caseworker-1")
    counter.app.router.routes.insert(0, Page("/moment", second_by_a_moment(times), SIGNED_IN, methods=(method,)))
    fields = {"csrf": csrf_of(browser.get("/sessions").text)} if method == "POST" else None
    assert browser.client.request(method, "/moment", data=fields).status_code == status


@pytest.mark.parametrize(
    ("staff_id", "path"),
    [
        ("caseworker-1", "/queue"),
        ("supervisor-1", "/queue"),
        ("manager-1", "/overview"),
        ("auditor-1", "/audit/decisions"),
        ("administrator-1", "/running"),
        ("policy-officer-1", "/policies"),
    ],
)
def test_everybody_lands_where_their_work_is(counter: Counter, staff_id: str, path: str) -> None:
    assert counter.signed_in(staff_id).get("/").url.path == path

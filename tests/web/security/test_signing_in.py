"""Signing in: who comes in, who waits, and what a session is."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from store.accounts import account, add_account, disable_account
from store.audit import AuditEvent
from store.engine import read, write
from store.sessions import ABSOLUTE, IDLE, sessions_of
from store.sign_ins import ADDRESS_LIMITS, FIRST_WAIT, WRONG_IN_A_ROW
from store.tables.access import sign_in_attempt, web_session
from store.tables.cases import audit_event
from store.tables.organisation import staff
from tests.demo_record import PASSWORD
from tests.web.counter import Browser, Counter
from web.settling import purge

WHO = "caseworker-1"
SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(counter: Counter) -> Counter:
    """A counter at which caseworker-1 has an account, since a moment ago."""
    with write(counter.office.station.engine) as connection:
        add_account(connection, WHO, WHO, PASSWORD, counter.hands())
    counter.hands.move(SECOND)
    return counter


def guess(counter: Counter, browser: Browser, login: str = WHO, password: str = "guess") -> int:  # noqa: S107 - a wrong one
    counter.hands.move(SECOND)
    return browser.send("/sign-in", {"login": login, "password": password}, follow_redirects=False).status_code


def is_out(counter: Counter, token: str) -> bool:
    """Whether a browser that holds this token is sent to the sign-in page."""
    browser = counter.browser()
    browser.client.cookies.set("yizhan", token)
    return browser.get("/password", follow_redirects=False).status_code == 303


def kinds(counter: Counter) -> list[str]:
    with read(counter.office.station.engine) as connection:
        return list(connection.scalars(select(audit_event.c.kind).order_by(audit_event.c.id)))


def test_five_wrong_passwords_in_a_row_lock_the_account_for_a_quarter_of_an_hour(desk: Counter) -> None:
    browser = desk.browser()
    assert [guess(desk, browser) for _ in range(WRONG_IN_A_ROW)] == [422] * WRONG_IN_A_ROW
    desk.hands.move(SECOND)
    answer = browser.send("/sign-in", {"login": WHO, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= FIRST_WAIT.total_seconds()
    assert "请 15 分钟后再试" in answer.text
    assert "系统管理员" in answer.text  # what to do if it is urgent
    assert "lock-account" in kinds(desk)
    desk.hands.move(FIRST_WAIT)
    assert guess(desk, browser, password=PASSWORD) == 303


def test_an_account_that_nobody_has_is_locked_in_the_same_words(desk: Counter) -> None:
    def words(login: str) -> tuple[list[int], str]:
        browser = desk.browser()
        statuses = [guess(desk, browser, login) for _ in range(WRONG_IN_A_ROW + 1)]
        page = browser.send("/sign-in", {"login": login, "password": "x"}).text
        return statuses, re.sub(r"value=\"[^\"]*\"|\d\d:\d\d", "", page)  # tokens, and the minute it is

    assert words(WHO) == words("nobody-at-all")


def test_others_come_in_while_one_account_is_locked(desk: Counter) -> None:
    browser = desk.browser()
    for _ in range(WRONG_IN_A_ROW + 1):
        guess(desk, browser)
    desk.signed_in("guide-1")


def test_an_address_that_tries_account_after_account_waits(desk: Counter) -> None:
    browser = desk.browser()
    most, _ = ADDRESS_LIMITS[0]
    for number in range(most):
        assert guess(desk, browser, f"login-{number}") == 422
    answer = browser.send("/sign-in", {"login": "guide-1", "password": "x"})
    assert answer.status_code == 429
    assert "从这里登录" in answer.text


def test_signing_in_gives_a_new_token_and_ends_the_session_that_the_browser_had(desk: Counter) -> None:
    browser = desk.browser().sign_in(WHO)
    first = browser.client.cookies["yizhan"]
    page = browser.get("/password").text
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token
    answer = browser.client.post(
        "/sign-in", data={"csrf": token[1], "login": WHO, "password": PASSWORD}, follow_redirects=False
    )
    assert answer.status_code == 303
    second = browser.client.cookies["yizhan"]
    assert first != second
    assert is_out(desk, first)
    assert not is_out(desk, second)


def test_a_session_that_a_visitor_brings_along_is_not_taken_up(desk: Counter) -> None:
    """Session fixation: whoever plants a token gains nothing."""
    planted = "planted" * 7
    browser = desk.browser()
    browser.client.headers["cookie"] = f"yizhan={planted}; yizhan-visitor=visitor"
    answer = browser.send("/sign-in", {"login": WHO, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 303
    assert planted not in answer.headers["set-cookie"]
    assert is_out(desk, planted)


def test_the_cookie_is_for_this_server_and_no_script(desk: Counter) -> None:
    answer = desk.browser().send("/sign-in", {"login": WHO, "password": PASSWORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie  # gone when the browser closes


@pytest.mark.parametrize("after", [IDLE, ABSOLUTE])
def test_an_ended_session_leads_to_the_sign_in_page_and_says_so(desk: Counter, after: timedelta) -> None:
    browser = desk.browser().sign_in(WHO)
    desk.hands.move(after)
    answer = browser.get("/password", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fpassword&said=expired"
    assert "长时间未操作" in browser.get("/password").text


def test_a_page_says_how_long_the_session_lasts(desk: Counter) -> None:
    browser = desk.browser().sign_in(WHO)
    assert f'data-session-seconds="{int(IDLE.total_seconds())}"' in browser.get("/password").text
    with write(desk.office.station.engine) as connection:  # the working day ends in five minutes
        connection.execute(update(web_session).values(ends_at=desk.hands() + timedelta(minutes=5)))
    assert 'data-session-seconds="300"' in browser.get("/password").text


def test_a_disabled_account_is_out_at_the_next_page_and_does_not_come_in_again(desk: Counter) -> None:
    browser = desk.browser().sign_in(WHO)
    with write(desk.office.station.engine) as connection:
        disable_account(connection, WHO, desk.hands())
    assert browser.get("/password", follow_redirects=False).status_code == 303
    answer = desk.browser().send("/sign-in", {"login": WHO, "password": PASSWORD})
    assert answer.status_code == 422
    assert "已停用" in answer.text


def test_who_has_left_is_out_and_does_not_come_in(desk: Counter) -> None:
    browser = desk.browser().sign_in(WHO)
    with write(desk.office.station.engine) as connection:
        gone = desk.hands.today - timedelta(days=2)
        connection.execute(update(staff).where(staff.c.id == WHO).values(left_on=gone))
    assert browser.get("/password", follow_redirects=False).status_code == 303
    assert guess(desk, desk.browser(), password=PASSWORD) == 422


def test_signing_out_ends_the_session_and_clears_the_browser(desk: Counter) -> None:
    browser = desk.browser().sign_in(WHO)
    token = browser.client.cookies["yizhan"]
    answer = browser.send("/sign-out", form_at="/password", follow_redirects=False)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert is_out(desk, token)
    assert sorted(kinds(desk)) == ["sign-in", "sign-out"]


def test_after_signing_in_one_goes_to_where_one_was_going_and_nowhere_else(desk: Counter) -> None:
    for wanted, lands in (
        ("%2Fsessions", "/sessions"),
        ("%2F%2Fevil.example%2F", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("%2F%09%2Fevil.example", "/"),
    ):
        browser = desk.browser()
        answer = browser.send(f"/sign-in?next={wanted}", {"login": WHO, "password": PASSWORD}, follow_redirects=False)
        assert answer.headers["location"] == lands


def test_one_sees_ones_own_sessions_and_ends_one_or_all(desk: Counter) -> None:
    here, there = desk.browser().sign_in(WHO), desk.browser().sign_in(WHO)
    stranger = desk.signed_in("guide-1")
    page = here.get("/sessions").text
    handles = re.findall(r'name="session" value="([0-9a-f]{16})"', page)
    assert len(handles) == 2
    assert here.client.cookies["yizhan"] not in page
    mine = re.search(r"<strong>这里</strong>.*?value=\"([0-9a-f]{16})\"", page, re.DOTALL)
    assert mine
    other = next(handle for handle in handles if handle != mine[1])
    # A handle of somebody else's ends nothing.
    stranger.send("/sessions", {"session": other})
    assert there.get("/password", follow_redirects=False).status_code == 200
    here.send("/sessions", {"session": other})
    assert there.get("/password", follow_redirects=False).status_code == 303
    answer = here.send("/sessions", {"session": "everywhere"}, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?said=signed-out-everywhere"
    with read(desk.office.station.engine) as connection:
        assert sessions_of(connection, WHO, desk.hands()) == ()
    assert stranger.get("/password", follow_redirects=False).status_code == 200


def test_the_password_hash_and_the_note_of_an_event_are_in_no_repr(desk: Counter) -> None:
    with read(desk.office.station.engine) as connection:
        assert "argon2" not in repr(account(connection, WHO))
    assert "secret" not in repr(AuditEvent("x", "y", desk.hands(), note="secret"))


def test_what_is_long_past_is_forgotten_and_the_rest_is_not(desk: Counter) -> None:
    desk.browser().sign_in(WHO)
    guess(desk, desk.browser())

    def kept() -> tuple[int, int]:
        purge(desk.office)
        with read(desk.office.station.engine) as connection:
            tables = (web_session, sign_in_attempt)
            sessions, attempts = (connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
            return sessions, attempts

    assert kept() == (1, 2)
    desk.hands.move(ABSOLUTE + timedelta(days=2))
    assert kept() == (0, 2)
    desk.hands.move(timedelta(days=184))
    assert kept() == (0, 0)

"""Passwords: long, and not what is tried first; changing one, and having to."""

import pytest
from sqlalchemy.schema import DropTable

from store.accounts import account, add_account, right_password
from store.drafts import draft
from store.engine import read, write
from store.tables.cases import audit_event
from tests.demo_record import PASSWORD
from tests.web.counter import Browser, Counter
from web.password_rules import TOO_COMMON, TOO_LONG, TOO_SHORT, password_error

NEW = "江边第三棵柳树下放着一只空船"
WHO = "caseworker-1"


@pytest.mark.parametrize("password", ["", "short", "十一个字还差一个字啊啊"[:11], "Tr0ub4dor&3"])
def test_a_short_password_is_refused_whatever_it_is_made_of(password: str) -> None:
    assert password_error(password) == TOO_SHORT


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rdP@ssw0rd",
        "123456789012",
        "111111111111",
        "qwertyuiop[]",
        "1qaz2wsx3edc4rfv",
        "abcdefghijkl",
        "aaaabbbbcccc",
        "woaini1314520",
        "yizhan20261126",
        "驿站驿站驿站驿站驿站驿站",
        "admin@yizhan.2026",
        "chongqing123456",
        "zhoujing19900101",
        "caseworker-1!!!!",
        "ZhouJing.ZhouJing",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert password_error(password, about=("zhoujing", "caseworker-1")) == TOO_COMMON


@pytest.mark.parametrize(
    "password",
    [
        NEW,
        "correct horse battery staple",
        "the kettle sings before rain",
        "ui8Ohm2eekoh",
        "我家楼下的早点铺五点半开门",
        "      spaces count too as typed      ",
    ],
)
def test_a_sentence_of_ones_own_is_taken_and_no_kind_of_character_is_asked_for(password: str) -> None:
    assert password_error(password) is None


def test_a_password_may_be_long_and_not_endless() -> None:
    sentence = "每天早上六点半站里的灯先亮，" * 9
    assert password_error(sentence[:128]) is None
    assert password_error(sentence + sentence) == TOO_LONG


def change(browser: Browser, current: str = PASSWORD, new: str = NEW, repeated: str | None = None) -> tuple[int, str]:
    fields = {"password": current, "new-password": new, "repeated": new if repeated is None else repeated}
    answer = browser.send("/password", fields, follow_redirects=False)
    return answer.status_code, answer.text


def test_a_changed_password_signs_out_everywhere_else_and_here_goes_on_under_a_new_token(counter: Counter) -> None:
    here = counter.signed_in(WHO)
    there = counter.browser().sign_in(WHO)
    before = here.client.cookies["yizhan"]
    assert change(here)[0] == 303
    assert here.client.cookies["yizhan"] != before
    assert here.get("/sessions", follow_redirects=False).status_code == 200
    assert there.get("/sessions", follow_redirects=False).status_code == 303
    counter.browser().sign_in(WHO, NEW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"current": "wrong"}, "现在的密码不正确"),
        ({"new": "short"}, "至少要 12 个字符"),
        ({"new": "password2026!"}, "太常见"),
        ({"repeated": "something else"}, "不一样"),
        ({"new": "", "repeated": ""}, "请填写这一项"),
    ],
)
def test_a_change_that_is_refused_says_why_at_the_field(counter: Counter, fields: dict[str, str], words: str) -> None:
    browser = counter.signed_in(WHO)
    status, page = change(browser, **fields)
    assert status == 422
    assert words in page
    with read(counter.office.station.engine) as connection:
        assert right_password(account(connection, WHO), PASSWORD)


def test_a_change_that_cannot_be_written_down_is_not_made(counter: Counter) -> None:
    browser = counter.signed_in(WHO)
    with write(counter.office.station.engine) as connection:
        connection.execute(DropTable(audit_event))
    status, _ = change(browser, new=NEW)
    assert status == 500
    with read(counter.office.station.engine) as connection:
        assert right_password(account(connection, WHO), PASSWORD)


def test_a_password_is_in_no_draft(counter: Counter) -> None:
    browser = counter.signed_in(WHO)
    fields = {"form": "/password", "password": PASSWORD, "new-password": NEW, "repeated": NEW}
    assert browser.send("/drafts", fields, form_at="/password").status_code == 204
    station = counter.office.station
    with read(station.engine) as connection:
        assert draft(connection, station.keyring, WHO, "/password") is None


def test_no_page_shows_a_password_that_was_typed(counter: Counter) -> None:
    _, page = change(counter.signed_in(WHO), current="typed-by-mistake", new=NEW)
    assert "typed-by-mistake" not in page
    assert NEW not in page


def test_guessing_the_password_of_a_session_left_open_is_counted_too(counter: Counter) -> None:
    browser = counter.signed_in(WHO)
    counter.hands.move(counter.office.patience)
    for _ in range(5):
        counter.hands.move(counter.office.patience)
        change(browser, current="guess")
    status, page = change(browser)
    assert status == 429
    assert "锁定" in page


def test_a_password_that_somebody_else_chose_is_changed_before_anything_else(counter: Counter) -> None:
    with write(counter.office.station.engine) as connection:
        add_account(connection, WHO, WHO, PASSWORD, counter.hands(), must_change=True)
    browser = counter.browser()
    answer = browser.send("/sign-in", {"login": WHO, "password": PASSWORD}, follow_redirects=False)
    assert answer.headers["location"] == "/password"
    assert browser.get("/sessions", follow_redirects=False).headers["location"] == "/password"
    assert change(browser)[0] == 303
    assert browser.get("/sessions", follow_redirects=False).status_code == 200


def test_a_password_is_not_kept_with_an_ended_sessions_form(counter: Counter) -> None:
    browser = counter.signed_in(WHO)
    page = browser.get("/password").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    counter.hands.move(counter.office.patience * 1_000)
    fields = {"csrf": token, "password": PASSWORD, "new-password": NEW, "repeated": NEW}
    answer = browser.client.post("/password", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    with read(counter.office.station.engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM draft").scalar() == 0

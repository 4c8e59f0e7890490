"""The frame of every page: signing in, and what a reader meets who may not see it."""

from tests.web.counter import Counter


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

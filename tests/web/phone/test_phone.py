"""A worker on a phone: one link, one case, and nothing of anybody else."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from cases.refusals import refusal
from store.cases import load_case
from store.drafts import sent_drafts, settle_draft
from store.engine import read, write
from store.erasure import erase_worker
from store.people import worker
from store.seed_past import demo_cases
from store.tables.access import DraftState
from tests.store.builders import an_erasure
from tests.web.counter import Browser, Counter, csrf_of


def lives(counter: Counter) -> Mapping[str, str]:
    with read(counter.office.station.engine) as connection:
        return demo_cases(connection)


def _case_of(counter: Counter, staff_id: str) -> str:
    """A case that a caseworker of station 1 can see, with a referral to answer."""
    browser = counter.signed_in(staff_id)
    return next(case for case in lives(counter).values() if browser.get(f"/cases/{case}/link").status_code == 200)


def link_for(counter: Counter, case_id: str) -> tuple[str, str]:
    """The address and the code that the caseworker reads out."""
    page = counter.signed_in("caseworker-1").send(f"/cases/{case_id}/link", {"act": "make"}).text
    address = re.search(r"http://testserver(/w/[A-Za-z0-9_-]+)", page)
    code = re.search(r'class="yz-code">(\d{4}) (\d{4})<', page)
    assert address
    assert code
    return address[1], code[1] + code[2]


def _tail(counter: Counter, case_id: str) -> str:
    with read(counter.office.station.engine) as connection:
        case = load_case(connection, case_id)
        person = worker(connection, counter.office.station.keyring, case.worker_id)
    assert person
    return person.phone[-4:]


@pytest.fixture
def case_id(demo: Counter) -> str:
    return _case_of(demo, "caseworker-1")


def test_a_link_opens_once(demo: Counter, case_id: str) -> None:
    address, _ = link_for(demo, case_id)
    phone = demo.browser()
    assert phone.get(address).status_code == 200  # looking at it uses nothing up
    assert phone.send(address).url.path == "/w/case"
    second = demo.browser()
    assert second.get(address).status_code == 410
    assert second.get("/w/case").url.path == "/w"


def test_a_code_opens_with_the_end_of_the_own_phone_and_no_other(demo: Counter, case_id: str) -> None:
    _, code = link_for(demo, case_id)
    tail = _tail(demo, case_id)
    wrong = f"{(int(tail) + 1) % 10_000:04}"
    assert demo.browser().send("/w", {"code": code, "tail": wrong}).status_code == 422
    assert demo.browser().send("/w", {"code": f"{code[:4]} {code[4:]}", "tail": tail}).url.path == "/w/case"


def test_who_guesses_codes_has_to_wait(demo: Counter, case_id: str) -> None:
    link_for(demo, case_id)
    guesser, tail = demo.browser(), _tail(demo, case_id)
    answers = [guesser.send("/w", {"code": f"{n:08}", "tail": tail}).status_code for n in range(8)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_a_link_that_is_old_or_withdrawn_opens_nothing(demo: Counter, case_id: str) -> None:
    first, _ = link_for(demo, case_id)
    second, _ = link_for(demo, case_id)
    assert demo.browser().get(first).status_code == 410  # replaced
    demo.signed_in("caseworker-1").send(f"/cases/{case_id}/link", {"act": "withdraw"})
    assert demo.browser().get(second).status_code == 410
    third, _ = link_for(demo, case_id)
    demo.hands.move(timedelta(days=4))
    assert demo.browser().get(third).status_code == 410


def test_a_worker_sees_their_own_case_and_no_page_of_the_staff(demo: Counter, case_id: str) -> None:
    phone = _phone(demo, case_id)
    assert "您好" in phone.get("/w/case").text
    for path in (f"/cases/{case_id}", "/queue", "/audit/events", "/sessions"):
        assert phone.get(path).url.path == "/sign-in", path
    assert phone.get("/w/referrals/referral-99").status_code == 404
    assert phone.get("/w/papers/paper-99").status_code == 404


def test_the_page_says_no_identity_number_and_no_phone_of_the_worker(demo: Counter, case_id: str) -> None:
    page = _phone(demo, case_id).get("/w/case").text
    assert not re.search(r"\d{17}[\dX]", page)
    assert _tail(demo, case_id) not in page


def test_a_caseworker_of_another_place_makes_no_link(demo: Counter, case_id: str) -> None:
    assert demo.signed_in("caseworker-3").get(f"/cases/{case_id}/link").status_code == 404


def test_contesting_needs_a_word_and_keeps_it(demo: Counter) -> None:
    phone, question = _asked(demo)
    page = phone.send(question, {"confirmed": "no", "reason": " "})
    assert page.status_code == 422
    assert "哪里不同" in page.text


def _phone(counter: Counter, case_id: str) -> Browser:
    address, _ = link_for(counter, case_id)
    phone = counter.browser()
    phone.send(address)
    return phone


def _asked(counter: Counter) -> tuple[Browser, str]:
    """A phone at a case of station 1 that asks about a referral, and the address of the question."""
    caseworker = counter.signed_in("caseworker-1")
    for case_id in lives(counter).values():
        if caseworker.get(f"/cases/{case_id}/link").status_code == 200:
            phone = _phone(counter, case_id)
            asked = re.search(r'action="(/w/referrals/[a-z0-9-]+)"', phone.get("/w/case").text)
            if asked:
                return phone, asked[1]
    raise AssertionError("no case of the demonstration has a referral to answer")


def test_an_answer_while_the_workflow_server_is_away_is_kept_and_said_to_be(demo: Counter) -> None:
    phone, question = _asked(demo)
    answer = phone.send(question, {"confirmed": "yes"}, form_at="/w/case")
    assert "正在登记，不用再填一次" in answer.text
    assert "已收到，谢谢您" not in answer.text  # it is not written yet


def test_an_answer_that_is_refused_in_the_end_is_told_with_its_reasons(demo: Counter) -> None:
    phone, question = _asked(demo)
    phone.send(question, {"confirmed": "yes"}, form_at="/w/case")
    with write(demo.office.station.engine) as connection:
        (waiting,) = sent_drafts(connection, demo.office.station.keyring, demo.hands() + timedelta(seconds=1))
        settle_draft(connection, waiting.id, DraftState.REFUSED, (refusal("paused", "本案已暂停。", "Paused."),))
    page = phone.get("/w/case").text
    assert "没有登记成" in page
    assert "本案已暂停" in page


def test_once_a_worker_is_erased_their_phone_shows_nothing_and_no_link_is_made(demo: Counter, case_id: str) -> None:
    address, _ = link_for(demo, case_id)
    phone = demo.browser()
    phone.send(address)
    with write(demo.office.station.engine) as connection:
        worker_id = load_case(connection, case_id).worker_id
        erase_worker(connection, demo.office.station.keyring, worker_id, an_erasure(at=demo.hands()))
    assert phone.get("/w/case").url.path == "/w"
    made = demo.signed_in("caseworker-1").send(f"/cases/{case_id}/link", {"act": "make"})
    assert made.status_code == 404


def test_behind_a_proxy_that_ends_https_the_link_says_https(demo: Counter, case_id: str) -> None:
    caseworker = demo.signed_in("caseworker-1")
    page = caseworker.get(f"/cases/{case_id}/link").text
    demo.office.settings = demo.office.settings.model_copy(update={"https": True})
    # Over HTTPS the same cookies bear another name.
    caseworker.client.cookies.update({f"__Host-{name}": value for name, value in caseworker.client.cookies.items()})
    made = caseworker.client.post(f"/cases/{case_id}/link", data={"csrf": csrf_of(page), "act": "make"})
    assert "https://testserver/w/" in made.text
    assert "http://testserver/w/" not in made.text

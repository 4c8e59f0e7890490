"""What was sent and not answered is sent again until it is; refused in the end, it comes back to its form."""

import asyncio
from datetime import timedelta
from html import unescape
from typing import cast

import pytest
from temporalio.client import Client

from activities.desk import EngineAway
from cases.hardship.moving import Pause, Resume
from store.tables.access import DraftState
from tests.activities.office import Office
from tests.activities.temporal import FakeServer
from tests.web.acts.at_counter import SAYING, AtCounter, hidden
from tests.web.acts.at_once import answers_at_once
from tests.web.counter import Browser, Counter
from web.settling import settle

FORM = "record-guidance"


@pytest.fixture
def at(counter: Counter, helped: Office) -> AtCounter:
    """Nobody is at the workflow server."""
    return AtCounter(counter, helped.case.id)


def sent(at: AtCounter, browser: Browser) -> str:
    """An act that was sent and not answered; its key."""
    fields = at.guidance(browser)
    answer = browser.send(at.form(FORM), fields, follow_redirects=False)
    assert answer.headers["location"] == f"{at.path}/sent/{fields['key']}"
    return fields["key"]


def settled(at: AtCounter) -> int:
    at.counter.hands.move(at.counter.office.patience + timedelta(seconds=1))
    return asyncio.run(settle(at.counter.office))


def test_what_a_page_still_waits_for_is_left_to_it(at: AtCounter) -> None:
    sent(at, at.counter.signed_in("caseworker-1"))
    answers_at_once(at.counter)
    assert asyncio.run(settle(at.counter.office)) == 0


def test_it_is_sent_again_under_its_key_and_done_once(at: AtCounter) -> None:
    key = sent(at, at.counter.signed_in("caseworker-1"))
    server = answers_at_once(at.counter)
    assert settled(at) == 1
    assert settled(at) == 0
    assert [(command.key, command.actor) for command in server.sent] == [(key, "caseworker-1")]
    assert [service.given_by for service in at.case.services] == ["guide-1"]
    assert at.drafts() == []


def test_a_server_that_is_still_away_is_asked_again(at: AtCounter) -> None:
    key = sent(at, at.counter.signed_in("caseworker-1"))
    at.counter.office._client = cast("Client", FakeServer(answer=EngineAway(key)))
    assert settled(at) == 0
    assert at.drafts() == [(f"/sent/{key}", DraftState.SENT)]


def test_refused_in_the_end_the_form_shows_why_and_what_was_filled_in(at: AtCounter, helped: Office) -> None:
    browser = at.counter.signed_in("caseworker-1")
    key = sent(at, browser)
    reasons = at.counter.office.station.policies.law(helped.case.jurisdiction, helped.case.applied_on).pause_reasons
    helped.does(Pause(next(iter(reasons))), "supervisor-1")
    answers_at_once(at.counter)
    assert settled(at) == 1
    assert at.case.services == ()
    assert at.drafts() == [(f"/sent/{key}", DraftState.REFUSED)]
    page = unescape(browser.get(f"{at.path}/sent/{key}").text)
    assert "没有办成，什么都没有改变" in page
    assert "本案已暂停" in page
    assert "refresh" not in browser.get(f"{at.path}/sent/{key}").headers

    helped.does(Resume("已康复"), "supervisor-1")
    form = f"{at.form(FORM)}?sent={key}"
    shown = browser.get(form).text
    assert SAYING in shown
    assert "本案已暂停" in unescape(shown)
    assert "沈主管" in shown  # who acted meanwhile
    again = at.guidance(browser) | {name: hidden(shown, name) for name in ("key", "revision")}
    assert again["key"] != key
    done = browser.send(form, again, form_at=form, follow_redirects=False)
    assert f"done={again['key']}" in done.headers["location"]
    assert at.drafts() == []


def test_what_was_refused_can_be_given_up(at: AtCounter, helped: Office) -> None:
    browser = at.counter.signed_in("caseworker-1")
    key = sent(at, browser)
    path = f"{at.path}/sent/{key}"
    browser.send(path, form_at="/queue")  # what is under way cannot be stopped
    assert at.drafts() == [(f"/sent/{key}", DraftState.SENT)]
    reasons = at.counter.office.station.policies.law(helped.case.jurisdiction, helped.case.applied_on).pause_reasons
    helped.does(Pause(next(iter(reasons))), "supervisor-1")
    answers_at_once(at.counter)
    settled(at)
    browser.send(path)
    assert at.drafts() == []


def test_nobody_else_finds_what_was_sent(at: AtCounter) -> None:
    key = sent(at, at.counter.signed_in("caseworker-1"))
    assert at.counter.signed_in("supervisor-1").get(f"{at.path}/sent/{key}").status_code == 404

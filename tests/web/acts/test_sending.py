"""Sending an act on a real workflow server: saved once it is written, settled by itself where the answer is late."""

import threading
from collections.abc import Callable, Iterator
from html import unescape
from time import monotonic

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from activities.engine_process import EngineProcess
from cases.hardship.stages import Stage
from store.tables.access import DraftState
from tests.web.acts.at_counter import SAYING, AtCounter, hidden, in_help
from tests.web.acts.backstage import Backstage, until
from tests.web.counter import Browser, Counter
from web.app import create_app

pytestmark = pytest.mark.server


@pytest.fixture
def live(live_counter: Counter, backstage: Backstage, rule_engine: EngineProcess) -> Iterator[AtCounter]:
    """On both databases, with a worker at work."""
    at = in_help(live_counter, rule_engine)
    worker = backstage.worker(live_counter.office.station).start()
    yield at
    worker.stop()


@pytest.fixture
def fragile(fragile_counter: Counter, rule_engine: EngineProcess) -> AtCounter:
    """With a workflow server of its own, and no worker yet."""
    return in_help(fragile_counter, rule_engine)


def done_key(answer: Response) -> str:
    location: str = answer.headers["location"]
    return location.partition("?done=")[2]


def save(at: AtCounter, browser: Browser, kind: str, fields: dict[str, str]) -> Response:
    return browser.send(at.form(kind), fields, follow_redirects=False)


def started(at: AtCounter, browser: Browser) -> None:
    """The case's workflow runs: its first act was answered."""
    fields = at.filled(browser, "open-need", what="孩子无人看管")

    def answered() -> bool:
        return bool(done_key(save(at, browser, "open-need", fields))) or bool(at.happened("open-need"))

    until(answered)
    until(lambda: at.happened("open-need"))


def test_saved_is_said_of_what_is_in_the_record(live: AtCounter) -> None:
    browser = live.counter.signed_in("caseworker-1")
    started(live, browser)
    fields = live.guidance(browser)
    answer = save(live, browser, "record-guidance", fields)
    assert answer.status_code == 303
    assert done_key(answer) == fields["key"]
    assert [service.given_by for service in live.case.services] == ["guide-1"]
    assert live.drafts() == []
    again = save(live, browser, "record-guidance", fields)
    assert done_key(again) == fields["key"]
    assert len(live.happened("record-guidance")) == 1


def both(*acts: Callable[[], Response]) -> list[Response]:
    """Two people press at the same moment."""
    gate, answers = threading.Barrier(len(acts)), dict[int, Response]()

    def press(place: int) -> None:
        gate.wait()
        answers[place] = acts[place]()

    people = [threading.Thread(target=press, args=(place,)) for place in range(len(acts))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return [answers[place] for place in range(len(acts))]


def pressed(at: AtCounter, browser: Browser, kind: str, fields: dict[str, str]) -> Callable[[], Response]:
    return lambda: save(at, browser, kind, fields)


def test_of_two_who_edit_at_once_one_wins_and_the_other_is_told_and_loses_nothing(live: AtCounter) -> None:
    mine, theirs = live.counter.signed_in("caseworker-1"), live.counter.signed_in("guide-1")
    started(live, mine)
    first, second = live.guidance(mine, "甲写的"), live.guidance(theirs, "乙写的")
    answers = both(
        pressed(live, mine, "record-guidance", first),
        pressed(live, theirs, "record-guidance", second),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(live.happened("record-guidance")) == 1
    lost = next(place for place, answer in enumerate(answers) if answer.status_code == 409)
    page = unescape(answers[lost].text)
    winner, words = [("王指导", "甲写的"), ("周经办", "乙写的")][lost]
    assert "您填写期间，个案有了变动" in page
    assert winner in page
    assert "登记职业指导" in page
    assert words in page
    assert "<title>错误：" in page

    # Sent again with what the page now carries, it is done too.
    browser = [mine, theirs][lost]
    fields = live.guidance(browser, words)
    answer = save(live, browser, "record-guidance", fields)
    assert done_key(answer) == fields["key"], unescape(answer.text)
    assert len(live.happened("record-guidance")) == 2


def test_of_two_who_move_a_case_at_once_one_wins(live: AtCounter) -> None:
    lead, mine = live.counter.signed_in("supervisor-1"), live.counter.signed_in("caseworker-1")
    started(live, mine)
    away = live.filled(lead, "propose-transfer", to_station="station-2", reason="迁居")
    other = live.filled(mine, "propose-transfer", to_station="station-3", reason="回乡")
    answers = both(pressed(live, lead, "propose-transfer", away), pressed(live, mine, "propose-transfer", other))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(live.happened("propose-transfer")) == 1
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert "已有移交" in unescape(lost.text) or "有了变动" in unescape(lost.text)


def test_of_two_who_close_at_once_one_wins_and_the_other_is_told(live: AtCounter) -> None:
    mine, theirs = live.counter.signed_in("caseworker-1"), live.counter.signed_in("officer-1")
    started(live, mine)
    leaving = live.filled(mine, "hand-over", body="示例区残联", matter="托养服务")
    looked = browse_to_confirm(live, mine, "hand-over", leaving)
    fact = {"name": "veteran", "value": "yes", "source": "record", "detail": "查验证件", **live.today("established_on")}
    fact = live.filled(theirs, "record-fact", about="veteran", **fact)
    answers = both(
        lambda: mine.client.post(live.form("hand-over") + "/confirm", data=looked, follow_redirects=False),
        pressed(live, theirs, "record-fact", fact),
    )
    assert min(answer.status_code for answer in answers) == 303
    outcomes = (live.case.stage is Stage.CLOSING, bool(live.happened("record-fact")))
    assert outcomes in ((True, False), (False, True))
    refused = next(answer for answer in answers if answer.status_code != 303)
    assert refused.status_code == 409
    assert ("托养服务" if outcomes[1] else "查验证件") in unescape(refused.text)


def browse_to_confirm(at: AtCounter, browser: Browser, kind: str, fields: dict[str, str]) -> dict[str, str]:
    """Save, and come to the page that asks once more; what its form would send."""
    answer = browser.send(at.form(kind), fields)
    assert "将会发生" in unescape(answer.text), unescape(answer.text)
    return {name: hidden(answer.text, name) for name in ("csrf", "key", "seen")}


def test_with_the_server_killed_it_is_not_said_to_be_saved_and_settles_once_the_server_is_back(
    fragile: AtCounter, own_backstage: Backstage
) -> None:
    station = fragile.counter.office.station
    worker = own_backstage.worker(station).start()
    browser = fragile.counter.signed_in("caseworker-1")
    started(fragile, browser)
    fields = fragile.guidance(browser)
    own_backstage.kill_server()

    began = monotonic()
    answer = save(fragile, browser, "record-guidance", fields)
    assert monotonic() - began < 15
    assert answer.headers["location"] == f"{fragile.path}/sent/{fields['key']}"
    waiting = browser.get(answer.headers["location"])
    page = unescape(waiting.text)
    assert "正在处理" in page
    assert "已保存" not in page
    assert int(waiting.headers["refresh"]) > 0  # a browser without JavaScript looks again by itself
    assert fragile.case.services == ()
    assert fragile.drafts() == [(f"/sent/{fields['key']}", DraftState.SENT)]

    own_backstage.start_server()
    until(lambda: fragile.case.services)
    until(lambda: fragile.drafts() == [])
    settled = browser.get(answer.headers["location"], follow_redirects=False)
    assert done_key(settled) == fields["key"]
    assert len(fragile.happened("record-guidance")) == 1
    worker.stop()


def test_a_worker_that_starts_late_does_what_was_sent_before_it_came(
    fragile: AtCounter, own_backstage: Backstage
) -> None:
    browser = fragile.counter.signed_in("caseworker-1")
    fields = fragile.guidance(browser)
    answer = save(fragile, browser, "record-guidance", fields)
    assert answer.headers["location"].endswith(f"/sent/{fields['key']}")
    worker = own_backstage.worker(fragile.counter.office.station).start()
    until(lambda: fragile.case.services)
    until(lambda: fragile.drafts() == [])
    worker.stop()


def test_what_was_sent_is_settled_by_the_pages_that_start_after_a_restart(
    fragile: AtCounter, own_backstage: Backstage
) -> None:
    office = fragile.counter.office
    browser = fragile.counter.signed_in("caseworker-1")
    fields = fragile.guidance(browser)
    own_backstage.kill_server()
    save(fragile, browser, "record-guidance", fields)
    own_backstage.start_server()
    worker = own_backstage.worker(office.station).start()
    with TestClient(create_app(office.settings, office)):  # the pages come up anew, on the same record
        until(lambda: fragile.case.services)
    worker.stop()


def test_what_is_refused_later_comes_back_to_its_form_with_the_reasons(
    fragile: AtCounter, own_backstage: Backstage
) -> None:
    worker = own_backstage.worker(fragile.counter.office.station).start()
    browser, other = fragile.counter.signed_in("caseworker-1"), fragile.counter.signed_in("supervisor-1")
    started(fragile, browser)
    worker.stop()
    # Somebody else's act waits on the server, and is done first when a worker comes.
    first = fragile.filled(other, "pause", reason=next(iter(pause_reasons(fragile))))
    assert "/sent/" in save(fragile, other, "pause", first).headers["location"]
    fields = fragile.guidance(browser)
    sent = save(fragile, browser, "record-guidance", fields).headers["location"]
    worker.start()
    until(lambda: (f"/sent/{fields['key']}", DraftState.REFUSED) in fragile.drafts())
    assert fragile.case.paused
    page = unescape(browser.get(sent).text)
    assert "没有办成，什么都没有改变" in page
    worker.stop()

    # Resumed, the form shows what was filled in and takes it again.
    shown = unescape(browser.get(f"{fragile.form('record-guidance')}?sent={fields['key']}").text)
    assert "本案已暂停" in shown or SAYING in shown


def pause_reasons(at: AtCounter) -> list[str]:
    case = at.case
    return list(at.counter.office.station.policies.law(case.jurisdiction, case.applied_on).pause_reasons)

"""Several cases at once: what cannot be is said before, what became of each after, and twice is as once."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from activities.records import Records
from cases.commands import Command, Receipt
from cases.hardship.moving import Assign
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import Step
from store.cases import load_case
from store.engine import read, write
from store.staff import Grant, grant_role
from store.steps import step_key
from tests.web.counter import Counter
from tests.web.queue.clerk import Clerk


@dataclass
class DeskWithoutAnEngine:
    """Writes at once what the workflow would write; it can be away."""

    counter: Counter
    away: bool = False
    asked: int = 0

    async def submit(self, case_id: str, command: Command, *, now: datetime) -> Receipt:
        if self.away:
            raise TimeoutError
        self.asked += 1
        station = self.counter.office.station
        with read(station.engine) as connection:
            case = load_case(connection, case_id)
        step = Step(case, step_key(case_id, "act", command.key), command, now)
        done = Records(station.engine, station.keyring, station.policies).commit_step(step)
        if done.refusals or done.receipt is None:
            raise Refused(done.refusals)
        return done.receipt


@pytest.fixture
def desk(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> DeskWithoutAnEngine:
    made = DeskWithoutAnEngine(clerk.counter)

    async def answer(_: Any) -> DeskWithoutAnEngine:
        return made

    monkeypatch.setattr(type(clerk.counter.office), "desk", answer)
    with write(clerk.counter.office.station.engine) as connection:
        grant_role(
            connection,
            Grant("caseworker-2", Role.CASEWORKER, "node-station-1", date(2020, 1, 1)),
            "administrator-1",
            clerk.counter.hands(),
        )
    return made


def caseworker(clerk: Clerk, case_id: str) -> str | None:
    with read(clerk.counter.office.station.engine) as connection:
        return load_case(connection, case_id).caseworker


def chosen(*ids: str) -> str:
    return "/queue/reassign?to=caseworker-2&" + "&".join(f"case={case_id}" for case_id in ids)


def test_a_preview_says_of_each_row_whether_it_can_be(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    free, theirs = clerk.in_help("龚䶮"), clerk.in_help("牟婉贞")
    theirs.does(Assign("caseworker-2"))
    page = clerk.counter.signed_in("supervisor-1").get(chosen(free.case.id, theirs.case.id)).text
    assert "可以改派" in page
    assert "本案已由吴经办经办" in page
    assert "caseworker-2经办" not in page
    assert desk.asked == 0


def test_a_batch_is_done_row_by_row_and_a_second_sending_does_nothing(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    ids = [clerk.in_help(name).case.id for name in ("龚䶮", "牟婉贞", "周铉")]
    supervisor = clerk.counter.signed_in("supervisor-1")
    sent: dict[str, str | list[str]] = {"to": "caseworker-2", "key": "b" * 32, "case": ids, "back": "/queue"}
    answer = supervisor.send("/queue/reassign", sent, form_at="/queue").text
    assert "已改派 3 件" in answer
    assert {caseworker(clerk, case_id) for case_id in ids} == {"caseworker-2"}
    assert desk.asked == 3
    again = supervisor.send("/queue/reassign", sent, form_at="/queue").text
    assert "已改派 3 件" in again
    assert desk.asked == 3


def test_a_batch_that_stopped_goes_on_where_it_was(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    case_id = clerk.in_help("龚䶮").case.id
    supervisor = clerk.counter.signed_in("supervisor-1")
    sent: dict[str, str | list[str]] = {"to": "caseworker-2", "key": "c" * 32, "case": [case_id], "back": "/queue"}
    desk.away = True
    page = supervisor.send("/queue/reassign", sent, form_at="/queue").text
    assert "还有 1 件没有办完" in page
    assert re.search(r'<form method="post" action="/queue/reassign">', page)
    desk.away = False
    assert "已改派 1 件" in supervisor.send("/queue/reassign", sent, form_at="/queue").text


def test_a_case_out_of_scope_is_in_no_batch(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    case_id = clerk.in_help("龚䶮").case.id
    stranger = clerk.counter.signed_in("supervisor-3")
    sent: dict[str, str | list[str]] = {"to": "caseworker-3", "key": "d" * 32, "case": [case_id], "back": "/queue"}
    assert "龚䶮" not in stranger.send("/queue/reassign", sent, form_at="/queue").text
    assert caseworker(clerk, case_id) == "caseworker-1"
    assert desk.asked == 0


def test_all_of_a_list_can_be_chosen_as_it_is_narrowed(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    clerk.in_help("龚䶮")
    clerk.determined("周铉")
    supervisor = clerk.counter.signed_in("supervisor-1")
    page = supervisor.get("/queue/reassign?all=yes&back=%2Fqueue%3Fview%3Dstation%26stage%3Dhelp").text
    assert "龚䶮" in page
    assert "周铉" not in page
    assert desk.asked == 0


def test_a_caseworker_takes_a_case_whose_caseworker_has_left(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    case_id = clerk.in_help("龚䶮").case.id
    clerk.leaves("caseworker-1")
    browser = clerk.counter.signed_in("caseworker-2")
    assert "未分派 1" in browser.get("/queue").text
    browser.send("/queue/take-next", {"key": "e" * 32}, form_at="/queue", follow_redirects=False)
    assert caseworker(clerk, case_id) == "caseworker-2"
    assert desk.asked == 1


def test_a_case_that_has_its_caseworker_is_not_taken(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    case_id = clerk.in_help("龚䶮").case.id
    sent = {"case": case_id, "role": "caseworker", "key": "f" * 32}
    answer = clerk.counter.signed_in("caseworker-2").send("/queue/take", sent, form_at="/queue")
    assert answer.status_code == 409
    assert "周经办已在" in answer.text
    assert desk.asked == 0


def test_a_deputy_sees_the_rows_of_whoever_is_away_and_only_then(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    clerk.in_help("龚䶮")
    deputy, today = clerk.counter.signed_in("caseworker-2"), clerk.counter.hands.today
    assert "龚䶮" not in deputy.get("/queue").text
    until = today + timedelta(days=3)
    days = {"from-year": today.year, "from-month": today.month, "from-day": today.day}
    days |= {"until-year": until.year, "until-month": until.month, "until-day": until.day}
    sent = {"staff": "caseworker-1", "deputy": "caseworker-2", **{k: str(v) for k, v in days.items()}}
    away = clerk.counter.signed_in("caseworker-1")
    assert away.send("/cover", sent, follow_redirects=False).status_code == 303
    page = deputy.get("/queue").text
    assert "龚䶮" in page
    assert "周经办" in page
    clerk.counter.hands.move(timedelta(days=5))
    deputy = clerk.counter.signed_in("caseworker-2")
    assert "龚䶮" not in deputy.get("/queue").text
    assert "leave-cover" in clerk.audit_kinds()
    assert desk.asked == 0


def test_cover_by_oneself_or_backwards_is_refused_at_its_field(clerk: Clerk, desk: DeskWithoutAnEngine) -> None:
    browser = clerk.counter.signed_in("caseworker-1")
    days = {"from-year": "2026", "from-month": "5", "from-day": "4"}
    days |= {"until-year": "2026", "until-month": "5", "until-day": "1"}
    answer = browser.send("/cover", {"staff": "caseworker-1", "deputy": "caseworker-1", **days})
    assert answer.status_code == 422
    assert "代班人不能是本人" in answer.text
    assert "结束日不能早于开始日" in answer.text
    assert desk.asked == 0

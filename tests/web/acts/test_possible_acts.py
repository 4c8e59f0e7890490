"""What a reader can do with a case: judged by the acts themselves, grouped, with what each can be about."""

import pytest
from starlette.responses import Response

from cases.commands import OF_PEOPLE
from cases.hardship.referring import RecordReferral
from tests.activities.office import Office
from tests.web.counter import Counter
from web.acts.forms import FORMS
from web.acts.possible import PossibleAct, possible_acts
from web.case.opened import open_case
from web.roles import CASE_WORK
from web.serving import Page
from web.visit import Visit


@pytest.fixture
def found(counter: Counter) -> list[dict[str, PossibleAct]]:
    """What the page of the case finds, each time somebody looks at it."""
    seen: list[dict[str, PossibleAct]] = []

    def look(visit: Visit) -> Response:
        with visit.reading() as connection:
            groups = possible_acts(connection, open_case(connection, visit))
        seen.append({act.kind: act for group in groups for act in group.acts})
        return visit.go("/")

    counter.app.router.routes.insert(0, Page("/look/{case_id}", look, CASE_WORK))
    return seen


def looked(counter: Counter, found: list[dict[str, PossibleAct]], office: Office, who: str) -> dict[str, PossibleAct]:
    counter.signed_in(who).get(f"/look/{office.case.id}", follow_redirects=False)
    return found[-1]


def test_every_act_is_in_one_group(counter: Counter, helped: Office, found: list[dict[str, PossibleAct]]) -> None:
    assert set(looked(counter, found, helped, "caseworker-1")) == set(OF_PEOPLE) == set(FORMS)


def test_each_reader_can_do_what_is_theirs_now(
    counter: Counter, helped: Office, found: list[dict[str, PossibleAct]]
) -> None:
    mine = looked(counter, found, helped, "caseworker-1")
    assert mine["record-referral"].possible
    assert mine["pause"].possible
    assert not mine["deliver-referral"].possible
    assert [reason.code for reason in mine["resume"].reasons] == ["not-paused"]
    assert [reason.code for reason in mine["propose-closure"].reasons] == ["nothing-ended"]
    assert "not-your-role" in [reason.code for reason in mine["adopt-determination"].reasons]
    officers = looked(counter, found, helped, "officer-1")
    assert officers["adopt-determination"].possible
    assert not officers["record-referral"].possible
    # Whoever has nothing but to look on has nothing to do.
    assert not any(act.possible for act in looked(counter, found, helped, "manager-1").values() if act.kind != "assign")


def test_an_act_leads_to_the_only_part_it_can_be_about(
    counter: Counter, helped: Office, found: list[dict[str, PossibleAct]]
) -> None:
    helped.does(RecordReferral("vacancy-2", helped.today))
    mine = looked(counter, found, helped, "caseworker-1")
    assert mine["deliver-referral"].parts == ("referral-1",)
    assert mine["deliver-referral"].href == f"/cases/{helped.case.id}/do/deliver-referral?about=referral-1"
    assert [reason.code for reason in mine["record-referral-outcome"].reasons] == ["not-delivered"]

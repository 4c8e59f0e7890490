"""The page of a cohort report: made and followed up by policy officers, read by those who answer for the stations."""

import re
from datetime import date

import pytest

from activities import inquiry_starting
from activities.engine_process import EngineProcess
from activities.inquiries import Inquiries
from cases.days import ONE_DAY, day_of
from store.engine import write
from store.seed import plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from tests.activities.district import District
from tests.activities.office import Office
from tests.cohort_drafts import GAINS, GETS_MORE, plant_change, publish_change
from tests.web.counter import Counter

OFFICER, ELSEWHERE = "policy-officer-1", "manager-3"
PAGE = "/policies/proposals/proposal-1/cohort"
SINCE = {"from_on-year": "2026", "from_on-month": "1", "from_on-day": "1"}


@pytest.fixture
def district(counter: Counter, rule_engine: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> District:
    """One who was refused and would be granted, and one who would get more; the change waits to be published.

    A report is worked on here: the process has its own test.
    """
    station, now = counter.office.station, counter.hands()
    monkeypatch.setattr(inquiry_starting, "start", lambda _, inquiry_id: Inquiries(station).answer(inquiry_id))
    with write(station.engine) as connection:
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, now)
        plant_change(connection, station.keyring, day_of(now) + ONE_DAY)
    found = District(Office(station, rule_engine, now))
    found.applies("gains", GAINS)
    found.applies("more", GETS_MORE).is_granted()
    return found


def test_a_report_is_made_kept_and_followed_up_once_published(counter: Counter, district: District) -> None:
    officer = counter.signed_in(OFFICER)
    assert "还没有报告" in officer.get(PAGE).text
    made = officer.send(PAGE, {"act": "report", **SINCE})
    assert "补贴个案 2 件" in made.text
    assert "2 件改变" in made.text
    assert re.search(r"补发合计（元）.*?2,?000\.00", made.text, re.DOTALL)
    assert "示例区零工驿站" in made.text
    for name in ("gains", "more"):
        assert district.case(name).id in made.text
    kept = counter.office.station.cohorts.newest("proposal-1")
    assert kept
    assert "2 件改变" in officer.get(f"{PAGE}?report={kept.cohort.id}").text
    assert "还没有报告" in officer.get(f"{PAGE}?report=another").text
    assert 'name="act" value="follow-up"' not in made.text
    early = officer.send(PAGE, {"act": "follow-up"})
    assert early.status_code == 422
    assert "尚未发布" in early.text
    station = counter.office.station
    with write(station.engine) as connection:
        publish_change(connection, station.keyring, day_of(counter.hands()) + ONE_DAY)
    done = officer.send(PAGE, {"act": "follow-up"})
    assert "逐案重新认定" in done.text
    assert re.search(r"待重新认定</td><td[^>]*>2</td>", done.text)
    assert done.text.count("<span>待重新认定</span>") == 2
    assert f"自 {day_of(counter.hands()) + ONE_DAY} 起逐案重新认定" in done.text


def test_a_day_that_is_none_and_no_act_are_said_on_the_page(counter: Counter, district: District) -> None:
    assert district.cases
    officer = counter.signed_in(OFFICER)
    wrong = officer.send(PAGE, {"act": "report", **SINCE, "from_on-month": "13"})
    assert wrong.status_code == 422
    assert 'value="13"' in wrong.text
    assert officer.send(PAGE, {"act": "nothing"}).status_code == 422
    assert counter.office.station.cohorts.newest("proposal-1") is None


def test_readers_have_no_buttons_and_see_the_cases_of_their_stations_alone(
    counter: Counter, district: District
) -> None:
    district.cohorts.report("proposal-1", OFFICER, date(2026, 1, 1), counter.hands())
    here = counter.signed_in("manager-1").get(PAGE)
    assert district.case("more").id in here.text
    assert 'name="act"' not in here.text
    there = counter.signed_in(ELSEWHERE).get(PAGE)
    assert there.status_code == 200
    assert "2 件改变" in there.text
    assert "其他驿站" in there.text
    for name in ("gains", "more"):
        assert district.case(name).id not in there.text
    assert counter.signed_in("caseworker-1").get(PAGE).status_code in (403, 404)


def test_no_such_proposal_is_no_page(counter: Counter) -> None:
    assert counter.signed_in(OFFICER).get(PAGE).status_code == 404

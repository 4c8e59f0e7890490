from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from cases.constraints import HealthDemand, PayUnit
from cases.hours import Hours, Shift
from store.publications import (
    NotPublishable,
    TruthCheck,
    confirm,
    latest_truth_check,
    publish,
    record_truth_check,
    standing,
    withdraw,
)
from store.tables.vacancies import CheckResult
from store.vacancies import Vacancy, close_vacancy, demands, live_vacancies, post_vacancy, vacancy
from tests.store.builders import NOW, TODAY

DAY = timedelta(days=1)
OFFER = Vacancy(
    id="v",
    employer_id="employer-1",
    station_id="station-2",
    title="示例岗位",
    trade="搬运",
    place_node_id="cn-50-99-01",
    address="示例路",
    hours=Hours((Shift(frozenset({1, 3}), time(22), time(6)), Shift(frozenset({6}), time(8), time(12, 30)))),
    pay_min_fen=15_000,
    pay_max_fen=20_000,
    pay_unit=PayUnit.DAY,
    health_demands=frozenset({HealthDemand.NIGHT_WORK, HealthDemand.HEAVY_LIFTING}),
    headcount=2,
    received_on=TODAY,
    expires_on=TODAY + 10 * DAY,
)
SILENT = replace(
    OFFER, place_node_id=None, address=None, hours=None, pay_min_fen=None, pay_max_fen=None, health_demands=None
)


def posted(connection: Connection, offer: Vacancy = OFFER) -> str:
    post_vacancy(connection, offer, "caseworker-2", NOW)
    return offer.id


def checked(
    connection: Connection, on: date = TODAY, result: CheckResult = CheckResult.PASSED, findings: tuple[str, ...] = ()
) -> None:
    record_truth_check(connection, TruthCheck("v", "guide-1", on, ("photo",), findings, result), NOW)


def published(connection: Connection, on: date = TODAY, channel: str = "大屏") -> None:
    publish(connection, "v", channel, on, "guide-1", NOW)


@pytest.mark.parametrize("offer", [OFFER, SILENT], ids=["everything said", "nothing said"])
def test_an_offer_is_read_as_posted(connection: Connection, offer: Vacancy) -> None:
    assert vacancy(connection, posted(connection, offer)) == offer


def test_what_a_vacancy_demands(connection: Connection) -> None:
    posted(connection)
    assert demands(connection, OFFER).places == frozenset({"cn", "cn-50", "cn-50-99", "cn-50-99-01"})
    assert demands(connection, SILENT).places is None
    assert demands(connection, OFFER).hours == OFFER.hours


@pytest.mark.parametrize(
    ("on", "live"),
    [
        pytest.param(TODAY - DAY, False, id="before it was received"),
        pytest.param(TODAY, True, id="received"),
        pytest.param(TODAY + 10 * DAY, True, id="its last day"),
        pytest.param(TODAY + 11 * DAY, False, id="expired"),
    ],
)
def test_live_from_receipt_to_expiry(connection: Connection, on: date, live: bool) -> None:
    posted(connection)
    found = standing(connection, "v", on)
    assert found is not None
    assert found.live is live
    assert ("v" in [each.id for each in live_vacancies(connection, "station-2", on)]) is live


def test_closed_from_its_day_on(connection: Connection) -> None:
    posted(connection)
    checked(connection)
    published(connection)
    close_vacancy(connection, "v", TODAY + 3 * DAY)
    before, after = standing(connection, "v", TODAY + 2 * DAY), standing(connection, "v", TODAY + 3 * DAY)
    assert before is not None
    assert after is not None
    assert (before.live, before.published) == (True, True)
    assert (after.live, after.published) == (False, False)


def test_posts_fit_for_older_or_hard_to_place_workers_come_first(connection: Connection) -> None:
    posted(connection, replace(OFFER, id="v0"))
    posted(connection, replace(OFFER, id="v1", fits_older=True))
    posted(connection, replace(OFFER, id="v2"))
    posted(connection, replace(OFFER, id="v3", fits_hard_to_place=True))
    assert [each.id for each in live_vacancies(connection, "station-2", TODAY)] == ["v1", "v3", "v0", "v2"]


def test_an_unchecked_vacancy_is_not_published(connection: Connection) -> None:
    posted(connection)
    with pytest.raises(NotPublishable) as refused:
        published(connection)
    assert refused.value.refusals[0].code == "not-publishable"
    checked(connection, TODAY + DAY)
    with pytest.raises(NotPublishable):
        published(connection, TODAY)
    published(connection, TODAY + DAY)


@pytest.mark.parametrize(
    ("result", "findings"),
    [
        pytest.param(CheckResult.FAILED, (), id="not true"),
        pytest.param(CheckResult.PASSED, ("限男性",), id="true, and it discriminates"),
    ],
)
def test_what_fails_its_check_is_taken_down(
    connection: Connection, result: CheckResult, findings: tuple[str, ...]
) -> None:
    posted(connection)
    checked(connection)
    published(connection)
    checked(connection, TODAY + 2 * DAY, result, findings)
    before, after = standing(connection, "v", TODAY + DAY), standing(connection, "v", TODAY + 2 * DAY)
    assert before is not None
    assert after is not None
    assert (before.truth_checked, before.channels) == (True, ("大屏",))
    assert (after.truth_checked, after.channels) == (False, ())
    with pytest.raises(NotPublishable):
        published(connection, TODAY + 2 * DAY, "小程序")
    checked(connection, TODAY + 3 * DAY)
    published(connection, TODAY + 3 * DAY)


def test_an_expired_vacancy_is_not_published(connection: Connection) -> None:
    posted(connection)
    checked(connection)
    published(connection, TODAY + 10 * DAY)
    with pytest.raises(NotPublishable):
        published(connection, TODAY + 11 * DAY, "小程序")
    with pytest.raises(NotPublishable):
        publish(connection, "nowhere", "大屏", TODAY, "guide-1", NOW)


def test_channels_come_and_go(connection: Connection) -> None:
    posted(connection)
    checked(connection)
    published(connection, TODAY, "大屏")
    published(connection, TODAY + DAY, "小程序")
    withdraw(connection, "v", TODAY + 2 * DAY)
    shown = [standing(connection, "v", TODAY + days * DAY) for days in range(3)]
    assert [found and found.channels for found in shown] == [("大屏",), ("大屏", "小程序"), ()]


def test_a_check_is_read_with_its_evidence(connection: Connection) -> None:
    posted(connection)
    assert latest_truth_check(connection, "v", TODAY) is None
    checked(connection, findings=("限女性",))
    found = latest_truth_check(connection, "v", TODAY)
    assert found == TruthCheck("v", "guide-1", TODAY, ("photo",), ("限女性",), CheckResult.PASSED)
    assert found is not None
    assert not found.passed


@pytest.mark.parametrize(
    ("on", "stale"),
    [
        pytest.param(TODAY + 7 * DAY, False, id="seven days after receipt"),
        pytest.param(TODAY + 8 * DAY, True, id="eight days after receipt"),
    ],
)
def test_stale_once_longer_unconfirmed_than_allowed(connection: Connection, on: date, stale: bool) -> None:
    posted(connection)
    found = standing(connection, "v", on)
    assert found is not None
    assert found.stale(on, after_days=7) is stale
    confirm(connection, "v", TODAY + 2 * DAY, "caseworker-2", NOW)
    fresh = standing(connection, "v", on)
    assert fresh is not None
    assert not fresh.stale(on, after_days=7)
    # A confirmation of the day after does not reach back.
    assert found.confirmed_on == TODAY
    earlier = standing(connection, "v", TODAY + DAY)
    assert earlier is not None
    assert earlier.confirmed_on == TODAY


def test_no_vacancy(connection: Connection) -> None:
    assert vacancy(connection, "nowhere") is None
    assert standing(connection, "nowhere", TODAY) is None


@pytest.mark.parametrize(
    "offer",
    [
        pytest.param(replace(OFFER, pay_min_fen=20_001), id="least above most"),
        pytest.param(replace(OFFER, headcount=0), id="for nobody"),
        pytest.param(replace(OFFER, expires_on=TODAY - DAY), id="expired on receipt"),
        pytest.param(replace(OFFER, employer_id="nobody"), id="of no employer"),
    ],
)
def test_impossible_offers_are_refused(connection: Connection, offer: Vacancy) -> None:
    with pytest.raises(IntegrityError), connection.begin_nested():
        posted(connection, offer)

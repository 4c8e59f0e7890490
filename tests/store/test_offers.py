"""The list of vacancies of a reader's place, and which of them suit a worker."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import Connection

from cases.constraints import Constraints, HealthDemand, PayFloor, PayUnit
from cases.hours import Hours, Shift
from store.offers import OfferFilter, OfferOrder, OfferState, offer_counts, offer_in, offers_in, workplaces
from store.publications import TruthCheck, record_truth_check
from store.scope import Scope, scope_of
from store.suiting import suitable_vacancies
from store.tables.vacancies import CheckResult, Closing
from store.vacancies import ClosedAlready, close_vacancy, post_vacancy, replaced_by, same_offers, vacancy
from tests.store.builders import NOW, TODAY

DAY = timedelta(days=1)
ALL = (100, 0)
ANY_HOUR = Hours((Shift(frozenset(range(1, 8)), time(0), time(0)),))
ANYTHING = Constraints(ANY_HOUR, frozenset({"cn-50-99"}), PayFloor(0, PayUnit.DAY), frozenset())


def of(connection: Connection, staff_id: str) -> Scope:
    return scope_of(connection, staff_id, TODAY)


def ids(connection: Connection, asked: OfferFilter, staff_id: str = "caseworker-1") -> set[str]:
    found = offers_in(connection, of(connection, staff_id), asked, TODAY, ALL)
    return {each.vacancy.id for each in found}


def test_a_reader_sees_the_offers_of_their_place_and_of_no_other(connection: Connection) -> None:
    here, elsewhere = ids(connection, OfferFilter()), ids(connection, OfferFilter(), "caseworker-3")
    assert {"vacancy-1", "vacancy-12"} <= here
    assert elsewhere == {"vacancy-5", "vacancy-6", "vacancy-7"}
    assert not here & elsewhere
    # A station's own people see what the other stations of the county offer.
    assert ids(connection, OfferFilter(), "caseworker-2") == here


def test_an_offer_of_another_place_does_not_exist(connection: Connection) -> None:
    assert offer_in(connection, of(connection, "caseworker-1"), "vacancy-5", TODAY) is None
    assert offer_in(connection, of(connection, "caseworker-3"), "vacancy-5", TODAY) is not None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(OfferFilter(state=OfferState.EXPIRED), {"vacancy-11"}, id="expired"),
        pytest.param(OfferFilter(state=OfferState.UNCHECKED), {"vacancy-12"}, id="never checked"),
        pytest.param(OfferFilter(state=OfferState.FAILED), {"vacancy-13"}, id="checked, and it discriminates"),
        pytest.param(OfferFilter(words="分拣"), {"vacancy-1"}, id="part of the title"),
        pytest.param(OfferFilter(words="%"), set(), id="no wildcard"),
        pytest.param(OfferFilter(trade="餐饮"), {"vacancy-2", "vacancy-9"}, id="a trade"),
        pytest.param(OfferFilter(fits_older=True), {"vacancy-3"}, id="fits older workers"),
        pytest.param(OfferFilter(fits_hard_to_place=True), {"vacancy-3"}, id="fits hard-to-place workers"),
        pytest.param(OfferFilter(employer_id="employer-8"), {"vacancy-4"}, id="an employer"),
        pytest.param(OfferFilter(station_id="station-3"), set(), id="a station elsewhere"),
        pytest.param(OfferFilter(pay_unit=PayUnit.DAY, pay_from_fen=22_001), set(), id="a fen above the most"),
    ],
)
def test_what_a_reader_asks_for(connection: Connection, asked: OfferFilter, expected: set[str]) -> None:
    assert ids(connection, asked) == expected


def test_pay_is_asked_by_its_unit(connection: Connection) -> None:
    by_day = OfferFilter(pay_unit=PayUnit.DAY, pay_from_fen=22_000, words="分拣")
    assert ids(connection, by_day) == {"vacancy-1"}
    assert ids(connection, replace(by_day, pay_unit=PayUnit.HOUR)) == set()


def test_the_counts_are_those_of_the_lists(connection: Connection) -> None:
    close_vacancy(connection, "vacancy-2", TODAY, Closing.FILLED, "caseworker-1")
    scope = of(connection, "caseworker-1")
    counts = offer_counts(connection, scope, OfferFilter(), TODAY)
    assert counts == {state: len(ids(connection, OfferFilter(state=state))) for state in OfferState}
    assert counts[OfferState.CLOSED] == 1
    assert sum(counts.values()) == len(ids(connection, OfferFilter()))


def test_a_page_is_part_of_the_list(connection: Connection) -> None:
    scope = of(connection, "caseworker-1")
    whole = offers_in(connection, scope, OfferFilter(), TODAY, ALL, OfferOrder.EXPIRY)
    first = offers_in(connection, scope, OfferFilter(), TODAY, (2, 0), OfferOrder.EXPIRY)
    then = offers_in(connection, scope, OfferFilter(), TODAY, (2, 2), OfferOrder.EXPIRY)
    assert [*first, *then] == list(whole[:4])
    assert whole[0].vacancy.id == "vacancy-11"


def test_offers_without_pay_come_last_by_pay(connection: Connection) -> None:
    scope = of(connection, "caseworker-1")
    silent = vacancy(connection, "vacancy-1")
    assert silent is not None
    post_vacancy(connection, replace(silent, id="silent", pay_min_fen=None, pay_max_fen=None), "caseworker-1", NOW)
    dear = replace(silent, id="dear", pay_min_fen=90_000, pay_max_fen=None)
    post_vacancy(connection, dear, "caseworker-1", NOW)
    listed = [each.vacancy.id for each in offers_in(connection, scope, OfferFilter(), TODAY, ALL, OfferOrder.PAY)]
    assert (listed[0], listed[-1]) == ("dear", "silent")


def test_a_later_check_decides(connection: Connection) -> None:
    failed = TruthCheck("vacancy-1", "guide-1", TODAY, ("电话核实",), ("限男性",), CheckResult.PASSED)
    record_truth_check(connection, failed, NOW + DAY)
    assert "vacancy-1" in ids(connection, OfferFilter(state=OfferState.FAILED))


def test_the_second_to_close_a_vacancy_is_told_who_was_first(connection: Connection) -> None:
    close_vacancy(connection, "vacancy-1", TODAY, Closing.FILLED, "caseworker-1")
    with pytest.raises(ClosedAlready) as refused:
        close_vacancy(connection, "vacancy-1", TODAY + DAY, Closing.WITHDRAWN, "caseworker-2")
    assert refused.value.found is not None
    assert (refused.value.found.closed_by, refused.value.found.closed_because) == ("caseworker-1", Closing.FILLED)
    assert vacancy(connection, "vacancy-1") == refused.value.found


def test_a_changed_offer_names_the_one_it_changes(connection: Connection) -> None:
    old = vacancy(connection, "vacancy-1")
    assert old is not None
    assert replaced_by(connection, "vacancy-1") is None
    post_vacancy(connection, replace(old, id="newer", replaces_id="vacancy-1"), "caseworker-1", NOW)
    assert replaced_by(connection, "vacancy-1") == "newer"


@pytest.mark.parametrize(
    ("employer_id", "title", "expected"),
    [
        pytest.param("employer-1", "仓库 分拣员", ("vacancy-1",), id="the same but for a space"),
        pytest.param("employer-2", "仓库分拣员", (), id="of another employer"),
        pytest.param("employer-1", "短期搬运", (), id="no longer live"),
    ],
)
def test_the_same_offer_brought_twice(
    connection: Connection, employer_id: str, title: str, expected: tuple[str, ...]
) -> None:
    assert same_offers(connection, employer_id, title, TODAY) == expected


def test_workplaces_are_those_of_the_market_without_its_stations(connection: Connection) -> None:
    places = workplaces(connection, of(connection, "caseworker-1"))
    assert places["cn-50-99-01"] == "示例区 示例街道"
    assert set(places) == {"cn-50-99", "cn-50-99-01", "cn-50-99-01-01"}


def suited(connection: Connection, worker: Constraints) -> dict[str, tuple[set[str], set[str]]]:
    found = suitable_vacancies(connection, of(connection, "caseworker-1"), worker, TODAY)
    return {each.offer.vacancy.id: ({c.name for c in each.failed}, {c.name for c in each.unknown}) for each in found}


def test_what_suits_a_worker_who_rules_nothing_out(connection: Connection) -> None:
    found = suited(connection, ANYTHING)
    assert found["vacancy-1"] == (set(), set())
    assert found["vacancy-10"] == ({"employer-verified"}, set())
    assert found["vacancy-12"] == ({"vacancy-truth-checked"}, set())
    assert found["vacancy-9"] == (set(), {"meets-hours", "meets-health"})
    assert "vacancy-11" not in found  # expired
    assert "vacancy-5" not in found  # elsewhere


def test_a_constraint_that_fails_is_named(connection: Connection) -> None:
    light = replace(ANYTHING, ruled_out=frozenset({HealthDemand.HEAVY_LIFTING}))
    assert suited(connection, light)["vacancy-1"] == ({"meets-health"}, set())
    assert suited(connection, Constraints())["vacancy-1"][1] == {
        "meets-hours",
        "meets-place",
        "meets-pay-floor",
        "meets-health",
    }
    dearer = replace(ANYTHING, pay_floor=PayFloor(18_001, PayUnit.DAY))
    assert suited(connection, dearer)["vacancy-1"] == (set(), {"meets-pay-floor"})


def test_what_meets_everything_comes_first_and_among_equals_what_fits_older_workers(connection: Connection) -> None:
    found = suitable_vacancies(connection, of(connection, "caseworker-1"), ANYTHING, TODAY)
    assert found[0].offer.vacancy.id == "vacancy-3"
    assert found[0].proved
    ranks = [(len(each.failed), len(each.unknown)) for each in found]
    assert ranks == sorted(ranks)

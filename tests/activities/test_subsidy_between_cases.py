"""What one case of an applicant pays another knows before it pays too; a month without the subsidy is no claim."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import update

from activities.subsidy_month import Month, together
from cases.refusals import Refusal, Refused
from cases.subsidy.acts import Act
from cases.subsidy.claiming import ClaimPeriods
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified, OrderPayment, Recheck
from cases.subsidy.recovering import DemandRecovery, RecordRepayment
from cases.subsidy.running import RecordStopEvent, Stop
from cases.subsidy.stages import Outcome, Stage
from store.cases import load_subsidy
from store.engine import read, write
from store.subsidy_claims import paid_claims
from store.subsidy_orders import ordered_since
from store.tables.subsidies import claim
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts, recognised, said

__all__ = ["both"]


def refused(counter: SubsidyOffice, act: Act, actor: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        counter.does(act, actor)
    return [reason.code for reason in refused.value.refusals]


def two_cases(both: Office, had: int) -> tuple[SubsidyOffice, SubsidyOffice]:
    """Of one person, each of one month, and both waiting for payment; so many months were had before."""
    both.register()
    before = {"kind": "flexible_insurance", "from_month": "2022-01", "until_month": "2024-12", "had": had}
    told = [fact for fact in flexible_facts("2026-01", "2026-02") if fact["name"] != "past_grants"]
    one, other = SubsidyOffice(both), SubsidyOffice(both)
    start = both.now
    for counter, month in ((one, "2026-01"), (other, "2026-02")):
        both.now = start
        counter.applies(both.case.worker_id, month, facts=[*told, said("past_grants", [before])])
        counter.is_granted()
        counter.is_shown()
        counter.later(14)
        counter.does(AcceptUnverified(EVERY_VALUE, "示例区自行采用"), "officer-2")
    return one, other


def test_two_cases_do_not_share_the_last_month_of_a_term(both: Office) -> None:
    """Both were checked before either was ordered, and each found one month left."""
    one, other = two_cases(both, had=35)
    for counter in (one, other):
        counter.does(Recheck())
    both.now += timedelta(minutes=1)
    one.does(OrderPayment(), "officer-2")
    assert refused(other, OrderPayment(), "officer-2") == ["paid-meanwhile"]
    both.now += timedelta(minutes=1)
    other.does(Recheck())
    assert refused(other, OrderPayment(), "officer-2")[0] == "wrong-stage"
    assert other.made.amount_fen != one.case.granted_fen, "the term is used up"


def test_of_two_payments_for_one_person_ordered_at_the_same_moment_one_is_refused(
    both: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each looks for what the other pays before either has written anything, where nobody makes them wait."""
    one, other = two_cases(both, had=35)
    for counter in (one, other):
        counter.does(Recheck())
    both.now += timedelta(minutes=1)
    gate = Barrier(2, timeout=1)

    def looks(*of: Any, **but: Any) -> tuple[str, ...]:
        found = ordered_since(*of, **but)
        with suppress(BrokenBarrierError):
            gate.wait()
        return found

    monkeypatch.setattr("activities.subsidy_record.ordered_since", looks)

    def orders(counter: SubsidyOffice) -> str:
        try:
            counter.does(OrderPayment(), "officer-2")
        except Refused as refused:
            return refused.refusals[0].code
        return "ordered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(orders, [one, other])) == ["ordered", "paid-meanwhile"]


@pytest.mark.parametrize(("had", "done"), [pytest.param(34, 2, id="two left"), pytest.param(35, 1, id="one left")])
def test_ordered_at_once_the_rules_are_asked_again_of_whoever_was_paid_elsewhere_meanwhile(
    both: Office, had: int, done: int
) -> None:
    """Nobody has to think of it: where it comes to the same it is ordered, and else it waits to be decided anew."""
    one, other = two_cases(both, had)
    heard: list[tuple[str, list[str]]] = []

    def hears(of: str, why: Sequence[Refusal]) -> None:
        heard.append((of, [each.code for each in why]))

    month = Month(both.station, both.rule_engine, together(both.station, both.now), hears)
    ordered = month.order("station-1", "flexible-insurance", "officer-2", both.now)
    assert (ordered.done, ordered.refused, ordered.checked_again) == (done, 2 - done, 1)
    with read(both.station.engine) as connection:
        cases = [load_subsidy(connection, each.case.id) for each in (one, other)]
    paid, asked_again = sorted(cases, key=lambda case: len(case.payments), reverse=True)
    assert [len(case.payments) for case in (paid, asked_again)] == [1, done - 1]
    assert asked_again.stage is (Stage.PAYMENT if done == 2 else Stage.DETERMINATION)
    assert [of for of, _ in heard] == [asked_again.id] * (2 - done)
    assert all(codes[0] == "wrong-stage" for _, codes in heard)


def test_of_a_recovered_subsidy_the_months_that_were_kept_count_as_had(both: Office) -> None:
    """Else who repays one month of many would have the whole term again; and what came back whole was not had."""
    both.register()
    counter = SubsidyOffice(both)
    counter.applies(both.case.worker_id, "2026-01", "2026-02")
    counter.is_paid()
    counter.does(RecordStopEvent("employer_insured", "2026-02", "参保记录"))
    counter.is_granted()
    counter.does(DemandRecovery("二月不应发放"), "officer-1")
    counter.does(Stop("单位已参保"), "officer-1")
    counter.does(RecordRepayment(counter.case.overpaid_fen, both.today, "回单1"))
    assert (counter.case.outcome, counter.case.paid_fen) == (Outcome.RECOVERED, 60_000)
    with read(both.station.engine) as connection:
        had = paid_claims(connection, [both.case.worker_id])[both.case.worker_id]
    assert [each.period for each in had] == ["2026-01"]


def test_a_month_that_the_place_does_not_count_was_not_had(both: Office) -> None:
    both.register()
    counter = SubsidyOffice(both)
    counter.applies(both.case.worker_id, "2026-01", "2026-02")
    counter.is_paid()
    with write(both.station.engine) as connection:
        connection.execute(update(claim).where(claim.c.id == "2026-02").values(uncounted_on=both.today))
        had = paid_claims(connection, [both.case.worker_id])[both.case.worker_id]
    assert [each.period for each in had] == ["2026-01"]


def test_a_month_before_the_subsidy_is_not_claimed_later_either(office: Office) -> None:
    office.register()
    counter = SubsidyOffice(office)
    counter.applies(office.case.worker_id, "2026-01", "2026-02")
    counter.is_paid()
    assert refused(counter, ClaimPeriods(("2019-01", "2026-03")), "caseworker-1") == ["period-without-policy"]


def test_a_month_from_retirement_on_is_claimed_in_vain_and_counts_towards_no_term(both: Office) -> None:
    both.register()
    counter = SubsidyOffice(both)
    told = [fact for fact in flexible_facts("2026-01", "2026-02") if fact["name"] != "retirement_month"]
    retires = recognised("retirement_month", "2026-02")
    counter.applies(both.case.worker_id, "2026-01", "2026-02", facts=[*told, retires])
    counter.is_paid()
    with read(both.station.engine) as connection:
        (had,) = paid_claims(connection, [both.case.worker_id], "")[both.case.worker_id]
    assert had.period == "2026-01"
    (left,) = [claim for claim in counter.case.claims if claim.id == "2026-02"]
    assert left.payment_id is None
    assert left.released_on

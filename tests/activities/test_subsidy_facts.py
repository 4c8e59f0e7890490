"""The record itself says what it knows: recognitions, grants that were paid, stops, and claims in another place."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from activities.subsidy_facts import conflicts
from cases.canonical import Json, from_canonical
from cases.determinations import Conclusion
from cases.facts import SourceKind
from cases.refusals import Refused
from cases.shown_facts import Conflict
from cases.subsidy.determining import RecordFact
from cases.subsidy.running import Finish, RecordStopEvent
from store.engine import read
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts, own_payment, recognised, said
from tests.registrations import a_registration, an_identity_number


@pytest.fixture
def counter(office: Office) -> SubsidyOffice:
    office.register()
    return SubsidyOffice(office)


def facts(counter: SubsidyOffice) -> Mapping[str, Json]:
    """What the determination that stands was made on."""
    found = from_canonical(counter.made.facts_json)
    assert isinstance(found, Mapping)
    return found


def disagreeing(counter: SubsidyOffice) -> tuple[Conflict, ...]:
    station = counter.office.station
    with read(station.engine) as connection:
        return conflicts(connection, station.keyring, station.policies, counter.case, counter.office.today)


def without(*names: str) -> list[dict[str, object]]:
    return [fact for fact in flexible_facts("2026-02") if fact["name"] not in names]


def test_only_the_months_claimed_count(counter: SubsidyOffice) -> None:
    told = flexible_facts("2025-12", "2026-01", "2026-02")
    counter.applies(counter.office.case.worker_id, "2026-01", "2026-02", facts=told)
    payments = facts(counter)["own_payments"]
    assert isinstance(payments, list)
    assert [payment["month"] for payment in payments] == ["2026-01", "2026-02"]
    assert (counter.made.conclusion, counter.made.amount_fen) == (Conclusion.GRANTED, 120_000)


def test_a_month_that_is_listed_twice_is_not_paid_twice(counter: SubsidyOffice) -> None:
    twice = [own_payment("2026-02"), own_payment("2026-02", pension=50_000)]
    told = [*without("own_payments"), said("own_payments", twice)]
    counter.applies(counter.office.case.worker_id, "2026-02", facts=told)
    assert counter.made.conclusion is Conclusion.NEEDS_INFORMATION
    assert [question.fact for question in counter.made.questions] == ["own_payments"]
    with pytest.raises(Refused) as refused:
        counter.learns("own_payments", twice)
    assert [reason.code for reason in refused.value.refusals] == ["month-twice"]
    counter.does(RecordFact("own_payments", twice[:1], SourceKind.RECORD, counter.office.today, "缴费记录"))
    assert (counter.made.conclusion, counter.made.amount_fen) == (Conclusion.GRANTED, 60_000)


def test_what_an_officer_decided_in_the_hardship_case_is_known(office: Office) -> None:
    office.recognised(difficulty=True)
    counter = SubsidyOffice(office)
    at_hubei = {"station": "station-3", "actor": "caseworker-3"}
    counter.applies(office.case.worker_id, "2026-02", facts=without("employment_difficulty"), **at_hubei)
    assert facts(counter)["employment_difficulty"] is True
    assert (counter.made.conclusion, disagreeing(counter)) == (Conclusion.GRANTED, ())


def test_where_the_record_disagrees_with_what_was_told_nothing_is_decided_on_either(office: Office) -> None:
    office.recognised(difficulty=True)
    counter = SubsidyOffice(office)
    told = [*without("employment_difficulty"), recognised("employment_difficulty", value=False)]
    counter.applies(office.case.worker_id, "2026-02", facts=told, station="station-3", actor="caseworker-3")
    assert "employment_difficulty" not in facts(counter)
    assert counter.made.conclusion is Conclusion.FOR_JUDGMENT
    (conflict,) = disagreeing(counter)
    assert conflict.fact == "employment_difficulty"
    assert office.case.id in conflict.where.zh
    counter.learns("employment_difficulty", value=True, actor="officer-3")
    assert (counter.made.conclusion, disagreeing(counter)) == (Conclusion.GRANTED, ())


def test_a_man_has_one_class_of_retirement_and_nobody_has_to_find_it(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02", facts=without("retirement_month"))
    assert facts(counter)["retirement_month"] == "2037-08"  # born in January 1975: sixty, and 31 months later
    assert counter.made.conclusion is Conclusion.GRANTED


def test_the_month_that_an_officer_recorded_goes_before_what_follows_from_his_sex(counter: SubsidyOffice) -> None:
    told = [*without("retirement_month"), recognised("retirement_month", value="2030-01")]
    counter.applies(counter.office.case.worker_id, "2026-02", facts=told)
    assert (facts(counter)["retirement_month"], disagreeing(counter)) == ("2030-01", ())


def test_which_class_a_woman_has_is_for_an_officer_to_find(office: Office) -> None:
    """Never from her sex: fifty or fifty-five hangs on what she worked as."""
    worker = a_registration()["worker"]
    office.register(worker=worker | {"identity_number": an_identity_number(480)})  # even for a woman
    counter = SubsidyOffice(office)
    counter.applies(office.case.worker_id, "2026-02", facts=without("retirement_month"))
    assert "retirement_month" in [question.fact for question in counter.made.questions]
    counter.learns("retirement_class", "woman55")
    assert facts(counter)["retirement_month"] == "2031-05"  # fifty-five, and 16 months later
    assert counter.made.conclusion is Conclusion.GRANTED


def test_what_an_earlier_case_paid_counts_as_had(counter: SubsidyOffice) -> None:
    person = counter.office.case.worker_id
    counter.applies(person, "2026-01", "2026-02")
    counter.is_paid()
    counter.does(Finish("本人不再续报"))
    told = [fact for fact in flexible_facts("2026-03") if fact["name"] != "past_grants"]
    counter.applies(person, "2026-03", facts=told)
    months = {"from_month": "2026-01", "until_month": "2026-02", "had": 2}
    assert facts(counter)["past_grants"] == [{"kind": "flexible_insurance", "paid_on": "2026-03-16", **months}]
    assert next(part.value for part in counter.made.parts if part.name == "used") == "2"


def test_a_stop_event_of_the_case_is_a_fact_of_it(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-01", "2026-02")
    counter.does(RecordStopEvent("employer_insured", "2026-02", "参保记录"))
    assert facts(counter)["stop_events"] == [{"event": "employer_insured", "month": "2026-02"}]
    assert counter.made.amount_fen == 60_000


def test_a_claim_in_another_place_is_known_to_both_cases(counter: SubsidyOffice) -> None:
    person, office = counter.office.case.worker_id, counter.office
    first = counter.applies(person, "2026-01")
    office.now += timedelta(days=30)
    elsewhere = SubsidyOffice(office)
    elsewhere.applies(person, "2026-03", station="station-3", actor="caseworker-3", facts=flexible_facts("2026-03"))
    assert facts(elsewhere)["stop_events"] == [{"event": "claimed_elsewhere", "month": "2026-04"}]
    counter.learns("flexible_work", value=True)
    assert facts(counter)["stop_events"] == [{"event": "claimed_elsewhere", "month": "2026-04"}]
    assert counter.case.id == first.id


def test_an_application_may_hold_no_facts_at_all(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02", facts=[])
    assert counter.made.conclusion is Conclusion.NEEDS_INFORMATION
    assert "own_payments" in [question.fact for question in counter.made.questions]


def test_facts_of_one_applicant_are_not_another_s(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02")
    counter.is_paid()
    counter.office.register()
    counter.applies(counter.office.case.worker_id, "2026-02")
    assert facts(counter)["past_grants"] == []

"""Proof of duty: what counts, what does not, and by which named condition."""

from dataclasses import replace
from typing import Any

import pytest

from cases.hardship.case import Condition, ReferralState, ServiceState, TrainingState
from cases.hardship.proofs import CONDITIONS, ServiceProof, prove, referral_conditions, required_proved
from cases.hardship.stages import ReferralOutcome, TrainingResult
from cases.plans import ServiceKind
from tests.builders import GOOD_VACANCY, OPENED_AT, FakeRecord, a_case, a_plan, an_item

DAY = OPENED_AT.date()
VERIFIED = FakeRecord().employers["employer-1"]
GOOD = referral_conditions(GOOD_VACANCY, VERIFIED)


def a_referral(number: int = 1, **changes: Any) -> ReferralState:
    """One that counts."""
    referral = ReferralState(
        id=f"referral-{number}",
        vacancy_id=f"vacancy-{number}",
        employer=f"key-{number}",
        made_on=DAY,
        conditions=GOOD,
        delivered_on=DAY,
        outcome=ReferralOutcome.NOT_HIRED,
        outcome_on=DAY,
        confirmed=True,
    )
    return replace(referral, **changes)


def proofs(*referrals: ReferralState, **item: Any) -> tuple[ServiceProof, ...]:
    plan = a_plan(items=(an_item(ServiceKind.REFERRAL, 3, **({"distinct_employers": True} | item)),))
    [proof] = prove(plan, a_case(referrals=referrals))
    return proof.services


def failed(proof: ServiceProof) -> list[str]:
    return [condition.name for condition in proof.failed]


def test_a_referral_that_meets_every_condition_counts() -> None:
    [proof] = proofs(a_referral())
    assert proof.counts
    assert failed(proof) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"delivered_on": None}, "delivered"),
        ({"outcome": None}, "outcome-known"),
        ({"confirmed": False}, "not-contested"),
    ],
)
def test_a_referral_that_fails_one_condition_says_which(changes: dict[str, Any], name: str) -> None:
    [proof] = proofs(a_referral(**changes))
    assert not proof.counts
    assert failed(proof) == [name]


@pytest.mark.parametrize("met", [False, None], ids=["not met", "unknown"])
@pytest.mark.parametrize("spoilt", range(len(GOOD)), ids=[condition.name for condition in GOOD])
def test_a_condition_of_the_day_that_is_unknown_or_not_met_is_no_proof(spoilt: int, met: bool | None) -> None:
    conditions = tuple(replace(c, met=met) if n == spoilt else c for n, c in enumerate(GOOD))
    [proof] = proofs(a_referral(conditions=conditions))
    assert not proof.counts
    assert failed(proof) == [GOOD[spoilt].name]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("live", "vacancy-live"),
        ("truth_checked", "vacancy-truth-checked"),
        ("meets_hours", "meets-hours"),
        ("meets_place", "meets-place"),
        ("meets_pay_floor", "meets-pay-floor"),
        ("meets_health", "meets-health"),
    ],
)
def test_each_condition_is_of_its_own_finding(field: str, name: str) -> None:
    spoilt: dict[str, Any] = {field: False}
    conditions = referral_conditions(replace(GOOD_VACANCY, **spoilt), VERIFIED)
    assert [condition.name for condition in conditions if not condition.met] == [name]


def test_an_unverified_employer_is_shown_by_name() -> None:
    conditions = referral_conditions(GOOD_VACANCY, replace(VERIFIED, verified=False))
    assert [condition.name for condition in conditions if not condition.met] == ["employer-verified"]


def test_a_referral_that_the_worker_did_not_answer_is_not_contested() -> None:
    [proof] = proofs(a_referral(confirmed=None))
    assert proof.counts


def test_of_two_referrals_to_one_employer_one_counts() -> None:
    first, second, third = proofs(a_referral(1), a_referral(2, employer="key-1"), a_referral(3))
    assert [first.counts, second.counts, third.counts] == [True, False, True]
    assert failed(second) == ["distinct-employer"]


def test_a_referral_that_does_not_count_takes_nothing_from_a_later_one_to_its_employer() -> None:
    first, second = proofs(a_referral(1, delivered_on=None), a_referral(2, employer="key-1"))
    assert [first.counts, second.counts] == [False, True]


def test_where_the_plan_does_not_ask_for_distinct_employers_each_counts() -> None:
    both = proofs(a_referral(1), a_referral(2, employer="key-1"), distinct_employers=False)
    assert [proof.counts for proof in both] == [True, True]


@pytest.mark.parametrize("outcome", ReferralOutcome)
@pytest.mark.parametrize("refusal_counts", [True, False])
def test_only_a_refusal_without_cause_counts_or_not_by_policy(outcome: ReferralOutcome, refusal_counts: bool) -> None:
    [proof] = proofs(a_referral(outcome=outcome), refusal_counts=refusal_counts)
    expected = refusal_counts or outcome is not ReferralOutcome.DECLINED_WITHOUT_CAUSE
    assert proof.counts is expected
    assert failed(proof) == ([] if expected else ["not-refused-without-cause"])


def test_three_referrals_prove_an_item_of_three_and_two_do_not() -> None:
    plan = a_plan(items=(an_item(ServiceKind.REFERRAL, 3, distinct_employers=True),))
    three = tuple(a_referral(number) for number in (1, 2, 3))
    [proof] = prove(plan, a_case(referrals=three))
    assert (proof.counted, proof.proved) == (3, True)
    [proof] = prove(plan, a_case(referrals=three[:2]))
    assert (proof.counted, proof.proved) == (2, False)


def a_service(kind: ServiceKind, **changes: Any) -> ServiceState:
    return replace(ServiceState("service-1", kind, "guide-1", DAY, described=True), **changes)


@pytest.mark.parametrize("kind", [ServiceKind.GUIDANCE, ServiceKind.POLICY_BRIEFING, ServiceKind.OTHER])
def test_a_service_proves_the_item_of_its_kind_alone(kind: ServiceKind) -> None:
    for item in (ServiceKind.GUIDANCE, ServiceKind.POLICY_BRIEFING, ServiceKind.OTHER):
        [proof] = prove(a_plan(items=(an_item(item, 1),)), a_case(services=(a_service(kind),)))
        assert proof.proved is (item is kind)


def test_a_service_without_a_description_is_no_proof() -> None:
    case = a_case(services=(a_service(ServiceKind.GUIDANCE, described=False),))
    [proof] = prove(a_plan(items=(an_item(ServiceKind.GUIDANCE, 1),)), case)
    assert [failed(service) for service in proof.services] == [["described"]]
    assert not proof.proved


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, ["attended", "result-known"]),
        ({"hours_attended": 1}, ["result-known"]),
        ({"hours_attended": 40, "result": TrainingResult.LEFT}, ["completed"]),
        ({"hours_attended": 0, "result": TrainingResult.COMPLETED}, ["attended"]),
        ({"hours_attended": 40, "result": TrainingResult.FAILED}, []),
        ({"hours_attended": 40, "result": TrainingResult.COMPLETED}, []),
    ],
    ids=["enrolled", "attended", "left", "never there", "failed", "completed"],
)
def test_training_is_proved_by_attendance_and_a_result(changes: dict[str, Any], names: list[str]) -> None:
    training = TrainingState("training-1", "course-1", DAY, **changes)
    [proof] = prove(a_plan(items=(an_item(ServiceKind.TRAINING, 1),)), a_case(trainings=(training,)))
    assert [failed(service) for service in proof.services] == [names]
    assert proof.proved is (not names)


def test_what_the_station_gives_on_top_is_not_required() -> None:
    plan = a_plan(items=(an_item(ServiceKind.GUIDANCE, 1), an_item(ServiceKind.POLICY_BRIEFING, 1, required=False)))
    assert required_proved(plan, a_case(services=(a_service(ServiceKind.GUIDANCE),)))
    assert not required_proved(plan, a_case(services=(a_service(ServiceKind.POLICY_BRIEFING),)))


def test_every_required_item_is_proved_not_just_one() -> None:
    plan = a_plan(items=(an_item(ServiceKind.GUIDANCE, 1), an_item(ServiceKind.TRAINING, 1)))
    assert not required_proved(plan, a_case(services=(a_service(ServiceKind.GUIDANCE),)))


def test_every_condition_has_its_words_in_both_languages() -> None:
    shown = {condition.name for condition in GOOD} | {"delivered", "outcome-known", "not-contested"}
    shown |= {"not-refused-without-cause", "distinct-employer", "described", "attended", "result-known", "completed"}
    assert set(CONDITIONS) == shown
    assert all(wording.zh and wording.en for wording in CONDITIONS.values())


def test_a_proof_of_nothing_counts_for_nothing_less() -> None:
    assert not ServiceProof("x", (Condition("a", met=True), Condition("b", met=None))).counts

"""Refusals are counted and silence is measured before a person is made to leave."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.exits import ListedReason
from cases.hardship.case import (
    AppointmentState,
    Condition,
    FollowUpState,
    HardshipCase,
    ServiceState,
    TalkState,
    TrainingState,
)
from cases.hardship.exit_grounds import last_contact, reached_lately, too_few_refusals
from cases.hardship.leaving import Reopen
from cases.hardship.stages import ExitReason, ReferralOutcome
from cases.plans import ServiceKind
from cases.timing import begin
from cases.wording import Wording
from cases.zone import STATION_ZONE
from tests.builders import EXAMPLE, a_case, clock_terms
from tests.cases.hardship.lives import closed, in_help
from tests.cases.hardship.test_proofs import a_referral

TODAY = date(2026, 9, 30)
REFUSED = ListedReason(ExitReason.REFUSED_SERVICE, Wording("拒绝", "refused"), EXAMPLE, times=3, within_months=6)
SILENT = ListedReason(ExitReason.UNREACHABLE, Wording("失联", "unreachable"), EXAMPLE, within_months=3)


def refused_on(*days: date, outcome: ReferralOutcome = ReferralOutcome.DECLINED_WITHOUT_CAUSE) -> HardshipCase:
    referrals = tuple(a_referral(n, outcome=outcome, outcome_on=day) for n, day in enumerate(days, start=1))
    return a_case(referrals=referrals)


def codes(case: HardshipCase, terms: ListedReason = REFUSED) -> list[str]:
    judge = too_few_refusals if terms.reason is ExitReason.REFUSED_SERVICE else reached_lately
    return [reason.code for reason in judge(case, terms, TODAY)]


def test_three_refusals_are_three_and_two_are_not() -> None:
    assert codes(refused_on(TODAY, TODAY, TODAY)) == []
    assert codes(refused_on(TODAY, TODAY)) == ["too-few-refusals"]


def test_only_refusals_within_the_months_count() -> None:
    first = date(2026, 3, 30)
    assert codes(refused_on(first, TODAY, TODAY)) == []
    assert codes(refused_on(first - timedelta(days=1), TODAY, TODAY)) == ["too-few-refusals"]


@pytest.mark.parametrize("outcome", sorted(set(ReferralOutcome) - {ReferralOutcome.DECLINED_WITHOUT_CAUSE}), ids=str)
def test_nothing_but_a_refusal_without_cause_counts(outcome: ReferralOutcome) -> None:
    assert codes(refused_on(TODAY, TODAY, TODAY, outcome=outcome)) == ["too-few-refusals"]


@pytest.mark.parametrize(
    "changes",
    [{"confirmed": False}, *({"conditions": (Condition("meets-health", met),)} for met in (False, None))],
    ids=["contested", "against the worker's limits", "perhaps against them"],
)
def test_a_refusal_with_a_cause_on_record_does_not_count(changes: dict[str, Any]) -> None:
    case = refused_on(TODAY, TODAY, TODAY)
    first, *others = case.referrals
    assert codes(replace(case, referrals=(replace(first, **changes), *others))) == ["too-few-refusals"]


def test_where_a_place_sets_no_number_one_refusal_at_any_time_is_enough() -> None:
    bare = replace(REFUSED, times=None, within_months=None)
    assert codes(refused_on(date(2020, 1, 1)), bare) == []
    assert codes(refused_on(), bare) == ["too-few-refusals"]


def test_silence_is_measured_from_the_last_contact() -> None:
    assert codes(a_case(applied_on=date(2026, 6, 30)), SILENT) == []
    assert codes(a_case(applied_on=date(2026, 7, 1)), SILENT) == ["reached-lately"]


def test_where_a_place_sets_no_months_silence_is_not_measured() -> None:
    assert codes(a_case(applied_on=TODAY), replace(SILENT, within_months=None)) == []


LATER = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("changes", "contact"),
    [
        ({"services": (ServiceState("service-1", ServiceKind.OTHER, "guide-1", LATER, described=True),)}, True),
        ({"talks": (TalkState("talk-1", "employer-1", LATER),)}, True),
        ({"trainings": (TrainingState("training-1", "course-1", LATER),)}, True),
        ({"referrals": (a_referral(delivered_on=LATER),)}, True),
        ({"referrals": (a_referral(made_on=LATER, delivered_on=None),)}, False),
        ({"follow_ups": (FollowUpState("follow-up-1", "placement-1", 30, held_on=LATER),)}, True),
        ({"follow_ups": (FollowUpState("follow-up-1", "placement-1", 30),)}, False),
        *(
            (
                {
                    "appointments": (
                        AppointmentState(
                            "appointment-1", datetime(2026, 5, 20, 9, tzinfo=STATION_ZONE), "caseworker-1", kept=kept
                        ),
                    )
                },
                kept is True,
            )
            for kept in (True, False, None)
        ),
    ],
)
def test_a_contact_is_a_day_on_which_the_worker_was_met(changes: dict[str, Any], contact: bool) -> None:
    case = a_case(**changes)
    assert last_contact(case) == (LATER if contact else case.applied_on)


def test_whoever_asks_for_help_again_was_met_that_day() -> None:
    counter = closed()
    counter.later(100)
    counter.does(Reopen("再次失业"))
    assert last_contact(counter.case) == counter.today


def test_a_reminder_that_begins_anew_is_no_contact() -> None:
    counter = in_help()
    asked_on = counter.today
    counter.later(40)
    counter.case = begin(counter.case, "closure", clock_terms("closure-approval"), counter.seen("engine"))
    assert last_contact(counter.case) == asked_on

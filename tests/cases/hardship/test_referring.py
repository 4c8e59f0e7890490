"""Referrals: made to a real vacancy, delivered, answered by the worker, settled by an outcome."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.case_parts import ClockState
from cases.days import start_of
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.stages import ReferralOutcome
from cases.parts import find
from tests.builders import Counter
from tests.cases.hardship.lives import delivered, in_help, refer

DAY = timedelta(days=1)


def outcome_clock(counter: Counter) -> ClockState:
    clock = find(counter.case.clocks, "outcome/referral-1")
    assert clock
    return clock


def referred(days_ago: int = 0) -> Counter:
    counter = in_help()
    counter.later(days_ago)
    counter.does(RecordReferral("vacancy-1", counter.today - days_ago * DAY))
    return counter


def test_a_referral_is_kept_with_what_the_day_showed() -> None:
    counter = in_help()
    counter.record.vacancies["vacancy-1"] = replace(counter.record.vacancies["vacancy-1"], meets_health=None)
    counter.does(RecordReferral("vacancy-1", counter.today))
    counter.record.vacancies["vacancy-1"] = replace(counter.record.vacancies["vacancy-1"], live=False)
    [referral] = counter.case.referrals
    assert (referral.id, referral.vacancy_id, referral.employer) == ("referral-1", "vacancy-1", "key-1")
    assert {c.name: c.met for c in referral.conditions} == {
        "vacancy-live": True,
        "vacancy-truth-checked": True,
        "employer-verified": True,
        "meets-hours": True,
        "meets-place": True,
        "meets-pay-floor": True,
        "meets-health": None,
    }


def test_a_referral_owes_a_letter() -> None:
    counter = referred(days_ago=2)
    [letter] = counter.case.papers
    assert (letter.kind, letter.about, letter.dated, letter.sha256) == (
        "referral-letter",
        "referral-1",
        counter.today,
        None,
    )


def test_one_vacancy_one_referral() -> None:
    counter = referred()
    assert counter.refused(RecordReferral("vacancy-1", counter.today)) == ["already-referred"]
    counter.does(RecordReferral("vacancy-2", counter.today))


def test_a_referral_is_to_a_known_vacancy_from_the_registration_to_today() -> None:
    counter = in_help()
    assert counter.refused(RecordReferral("vacancy-x", counter.today)) == ["unknown"]
    assert counter.refused(RecordReferral("vacancy-1", counter.today - DAY)) == ["before-application"]
    assert counter.refused(RecordReferral("vacancy-1", counter.today + DAY)) == ["future"]


def test_the_wait_for_an_outcome_runs_from_the_referral_and_anew_from_its_delivery() -> None:
    counter = referred(days_ago=3)
    first = outcome_clock(counter)
    assert first.started_at == start_of(counter.today - 3 * DAY)
    counter.does(DeliverReferral("referral-1", counter.today, "电话"))
    again = outcome_clock(counter)
    assert again.started_at == counter.now
    assert first.due_at == start_of(date(2026, 3, 13)), "ten days to the end of the twelfth"
    assert again.due_at == start_of(date(2026, 3, 17)), "ten days to a Sunday, so to the end of the Monday"


def test_a_delivery_names_its_channel_and_its_day() -> None:
    counter = referred(days_ago=1)
    counter.does(RecordReferral("vacancy-2", counter.today))
    assert counter.refused(DeliverReferral("referral-2", counter.today - DAY, " ")) == ["before-made", "blank"]
    assert counter.refused(DeliverReferral("referral-2", counter.today + DAY, "短信")) == ["future"]
    assert counter.refused(DeliverReferral("referral-9", counter.today, "短信")) == ["unknown"]
    counter.does(DeliverReferral("referral-2", counter.today, "短信"))
    assert counter.case.referrals[1].delivered_on == counter.today
    assert counter.refused(DeliverReferral("referral-2", counter.today, "短信")) == ["delivered"]


def test_the_worker_confirms_or_contests_with_a_reason_and_may_think_again() -> None:
    counter = referred()
    assert counter.refused(AnswerReferral("referral-1", confirmed=False), "worker-1") == ["blank"]
    assert counter.refused(AnswerReferral("referral-2", confirmed=True), "worker-1") == ["unknown"]
    counter.does(AnswerReferral("referral-1", confirmed=False, reason="没有收到"), "worker-1")
    assert counter.case.referrals[0].confirmed is False
    assert counter.refused(AnswerReferral("referral-1", confirmed=True), "caseworker-1") == ["contested"]
    counter.does(AnswerReferral("referral-1", confirmed=True), "worker-1")
    assert counter.case.referrals[0].confirmed is True


def outcome(on: date, what: ReferralOutcome = ReferralOutcome.HIRED, reason: str = "") -> RecordReferralOutcome:
    return RecordReferralOutcome("referral-1", what, on, reason)


def test_an_outcome_follows_the_delivery() -> None:
    counter = referred(days_ago=1)
    assert counter.refused(outcome(counter.today)) == ["not-delivered"]
    counter.does(DeliverReferral("referral-1", counter.today, "当面"))
    assert counter.refused(outcome(counter.today - DAY)) == ["before-delivery"]
    assert counter.refused(outcome(counter.today + DAY)) == ["future"]
    counter.does(outcome(counter.today))
    assert (counter.case.referrals[0].outcome, counter.case.referrals[0].outcome_on) == (
        ReferralOutcome.HIRED,
        counter.today,
    )
    assert outcome_clock(counter).stopped_at == counter.now


def test_an_outcome_is_known_once() -> None:
    counter = in_help()
    refer(counter, 1)
    assert counter.refused(outcome(counter.today)) == ["outcome-known"]
    unknown = RecordReferralOutcome("referral-2", ReferralOutcome.HIRED, counter.today)
    assert counter.refused(unknown) == ["unknown"]


@pytest.mark.parametrize("what", ReferralOutcome)
def test_a_worker_who_declines_gives_a_reason(what: ReferralOutcome) -> None:
    counter = in_help()
    delivered(counter, 1)
    if what in (ReferralOutcome.DECLINED_WITH_CAUSE, ReferralOutcome.DECLINED_WITHOUT_CAUSE):
        assert counter.refused(outcome(counter.today, what)) == ["blank"]
        counter.does(outcome(counter.today, what, "路太远"))
    else:
        counter.does(outcome(counter.today, what))

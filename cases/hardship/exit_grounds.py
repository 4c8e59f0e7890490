"""What must be on record before a person may be made to leave: refusals counted, silence measured."""

from collections.abc import Iterator
from datetime import date

from cases.days import add_months, day_of
from cases.exits import ListedReason
from cases.hardship.case import HardshipCase
from cases.hardship.stages import ReferralOutcome
from cases.refusals import Refusal, refusal

COME_BACK = ("determination", "term")  # these clocks begin, and begin anew, when the worker asks for help


def too_few_refusals(case: HardshipCase, terms: ListedReason, on: date) -> Iterator[Refusal]:
    """Refusals of a referral without good cause, in the span that the policy counts.

    Whoever declines a post that was unchecked or broke their own limits has cause, and what the worker contests is not
    established.
    """
    needed = terms.times or 1
    begins = _span_begins(terms, on)
    counted = sum(
        referral.outcome is ReferralOutcome.DECLINED_WITHOUT_CAUSE
        and referral.confirmed is not False
        and all(condition.met is True for condition in referral.conditions)
        and referral.outcome_on is not None
        and (begins is None or referral.outcome_on >= begins)
        for referral in case.referrals
    )
    if counted < needed:
        yield refusal(
            "too-few-refusals",
            f"规定期间内记录的无正当理由拒绝为{counted}次，须满{needed}次（{terms.authority.clause}）。",
            f"{counted} refusals without cause are on record for the time that counts, {needed} are needed "
            f"({terms.authority.clause}).",
        )


def reached_lately(case: HardshipCase, terms: ListedReason, on: date) -> Iterator[Refusal]:
    begins = _span_begins(terms, on)
    last = last_contact(case)
    if begins is not None and last > begins:
        yield refusal(
            "reached-lately",
            f"最近一次联系是{last}，失去联系尚未满{terms.within_months}个月（{terms.authority.clause}）。",
            f"The last contact was on {last}, less than {terms.within_months} months ago ({terms.authority.clause}).",
        )


def last_contact(case: HardshipCase) -> date:
    """The last day on which the worker was met, or answered."""
    days = [
        *(service.held_on for service in case.services),
        *(talk.held_on for talk in case.talks),
        *(training.enrolled_on for training in case.trainings),
        *(r.delivered_on for r in case.referrals if r.delivered_on),
        *(f.held_on for f in case.follow_ups if f.held_on),
        *(day_of(a.at) for a in case.appointments if a.kept),
        *(day_of(clock.started_at) for clock in case.clocks if clock.id in COME_BACK),
    ]
    return max(days, default=case.applied_on)


def _span_begins(terms: ListedReason, on: date) -> date | None:
    return None if terms.within_months is None else add_months(on, -terms.within_months)

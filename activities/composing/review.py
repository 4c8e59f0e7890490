"""The way to a review (复核途径) that a notice tells: how long, until when, and of whom to ask."""

from datetime import date

from activities.composing.ledger import Ledger
from activities.pinning import law_of
from cases.clocks import Clock, ClockTerms, Counts, Unit
from cases.counting import count
from cases.days import days_between, start_of
from cases.hardship.case import HardshipCase
from cases.parties import Review


def review(ledger: Ledger, case: HardshipCase, told_on: date) -> Review:
    policies = ledger.policies
    law = law_of(ledger.connection, policies, case)
    terms, body = law.terms["exit-review"], law.review
    until = count(Clock(terms, start_of(told_on)), policies.calendar).due
    if until is None:
        raise TypeError("A clock that was never paused has a due day.")
    return Review(
        days=_days(terms, told_on, until),
        until=until,
        body=body.name.zh,
        address=body.address,
        phone=body.phone,
        authority=terms.authority,
        working_days=terms.counts is Counts.WORKING,
    )


def _days(terms: ClockTerms, told_on: date, until: date) -> int:
    return terms.length if terms.unit is Unit.DAY else days_between(told_on, until)

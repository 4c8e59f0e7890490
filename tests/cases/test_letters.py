from dataclasses import replace
from datetime import date

import pytest

from cases.hardship.stages import Outcome
from cases.letters import ADVERSE
from cases.papers import Paper
from tests.paper_builders import REVIEW, a_closing_notice, a_referral_letter, an_exit_notice


def codes(paper: Paper) -> list[str]:
    return [reason.code for reason in paper.refusals()]


@pytest.mark.parametrize("outcome", Outcome)
def test_an_ending_against_the_person_states_its_reasons(outcome: Outcome) -> None:
    paper = a_closing_notice(outcome=outcome, reasons=())
    assert codes(paper) == (["no-reasons"] if outcome in ADVERSE else [])


def test_days_stand_in_order() -> None:
    letter, notice, leaving = a_referral_letter(), a_closing_notice(), an_exit_notice()
    assert codes(replace(letter, reply_by=letter.issued_on)) == []
    assert codes(replace(letter, reply_by=date(2026, 3, 1))) == ["reply-before-letter"]
    assert codes(replace(notice, opened_on=date(2026, 4, 2))) == ["closed-before-opened"]
    assert codes(replace(leaving, exits_on=leaving.issued_on)) == []
    assert codes(replace(leaving, exits_on=date(2026, 4, 1))) == ["exit-before-notice"]


def test_an_exit_states_the_facts_it_rests_on() -> None:
    assert codes(an_exit_notice(findings=())) == ["no-findings"]


@pytest.mark.parametrize(
    "review",
    [replace(REVIEW, days=0), replace(REVIEW, until=date(2026, 4, 1))],
    ids=["no days", "over before the notice"],
)
def test_there_is_time_to_object(review: object) -> None:
    assert codes(an_exit_notice(review=review)) == ["no-time-to-object"]
    assert codes(a_closing_notice(review=review)) == ["no-time-to-object"]

"""Plans, clocks, exits and hints as the shipped policies set them."""

from datetime import date, time
from pathlib import Path

import pytest

from cases.authorities import Tag
from cases.clocks import Counts, Unit
from cases.days import END_OF_DAY
from cases.hardship.stages import ExitReason
from cases.plans import ServiceKind
from rules.clock_terms import clock_terms, pause_reasons
from rules.errors import PolicyError, PolicyRefused
from rules.exits import exit_reasons, listed_reasons
from rules.incentives import hints
from rules.plans import service_plan
from rules.policies import PolicyBook, ResolvedPolicy, ValuesLeftOpen
from tests.rules.books import a_book, a_policy

BOOK = PolicyBook.load(Path(__file__).parents[2] / "policies")
ON = date(2024, 6, 1)


def resolved(policy: str, place: str = "cn-50-99") -> ResolvedPolicy:
    return BOOK.resolve(policy, place, ON)


def test_chongqing_owes_one_guidance_three_referrals_and_one_training() -> None:
    plan = service_plan(resolved("service-plan"))
    owed = [(item.kind, item.count, item.distinct_employers) for item in plan.items]
    assert owed == [(ServiceKind.GUIDANCE, 1, False), (ServiceKind.REFERRAL, 3, True), (ServiceKind.TRAINING, 1, False)]
    assert plan.confirmed
    assert all(item.authority.tag is Tag.FULL_TEXT for item in plan.items)
    assert (plan.term_days, plan.follow_up_days, plan.review_days) == (90, (30, 90, 180), 15)
    assert plan.policy_hash == resolved("service-plan").hash


def test_1311_is_marked_unconfirmed() -> None:
    plan = service_plan(resolved("service-plan", "cn-42-02-99"))
    owed = {item.kind: item.count for item in plan.items}
    assert owed == {
        ServiceKind.POLICY_BRIEFING: 1,
        ServiceKind.REFERRAL: 3,
        ServiceKind.GUIDANCE: 1,
        ServiceKind.TRAINING: 1,
    }
    assert not plan.confirmed
    assert not any(item.authority.tag.verified for item in plan.items)
    assert plan.on_top


def test_a_district_that_has_set_no_days_is_told_so() -> None:
    with pytest.raises(ValuesLeftOpen, match=r"leaves guidance_within, .* for cn-50-01"):
        BOOK.resolve("service-plan", "cn-50-01", ON)


def test_the_days_of_the_example_district_are_unverified_everywhere() -> None:
    for policy in ("service-plan", "hardship-worker", "clocks"):
        parameters = resolved(policy).rules.parameters.values()
        assert parameters
        assert not any(parameter.authority.tag.verified for parameter in parameters)


def test_clocks_take_their_length_and_its_clause_from_the_district() -> None:
    terms = clock_terms(resolved("clocks"))
    determination = terms["determination"]
    assert (determination.length, determination.unit, determination.counts) == (5, Unit.DAY, Counts.WORKING)
    assert determination.due_time == time(17, 30)
    assert determination.authority.clause.startswith("示例区")
    assert terms["exit-review"].due_time == END_OF_DAY
    assert terms["exit-review"].thresholds == (75, 100)
    assert {"first-contact", "referral-outcome", "closure-approval", "plan", "follow-up"} < set(terms)
    assert "ill" in pause_reasons(resolved("clocks"))


def test_every_exit_reason_of_the_closed_list_has_a_clause() -> None:
    assert exit_reasons(resolved("exit")) == frozenset(ExitReason)
    listed = {each.reason: each for each in listed_reasons(resolved("exit"))}
    refused, silent = listed[ExitReason.REFUSED_SERVICE], listed[ExitReason.UNREACHABLE]
    assert (refused.times, refused.within_months, silent.within_months) == (3, 6, 6)


def test_hints_are_those_of_the_persons_class() -> None:
    found = {hint.id for hint in hints(resolved("employer-incentives"), "hardship-worker")}
    assert found == {"one-off-hiring", "placement"}
    both = {hint.id for hint in hints(resolved("employer-incentives"), "hardship-worker", "employment-difficulty")}
    assert both == {*found, "employer-insurance"}
    post = {hint.id for hint in hints(resolved("employer-incentives"), "employment-difficulty", by="public-post")}
    assert post == {"employer-insurance", "public-post"}
    assert {hint.id for hint in hints(resolved("employer-incentives", "cn-42"), "hardship-worker")} == set()


PLAN = """
2024-01-01:
  parameters:
    within: {value: 10, unit: day, authority: 甲, tag: T}
    halves: {value: 1/2, authority: 甲, tag: T}
    times: {value: 3, authority: 甲, tag: T}
  items:
    guidance: {kind: guidance, count: 1, due: within, title: {zh: 指导, en: Guidance}, authority: 甲, tag: T}
  plan:
    term: {days: 90}
    follow_ups: {days: [within, 30]}
    review: {days: within}
    composition: {confirmed: yes}
    unused: {days: [halves, times]}
"""


def a_plan(text: str) -> ResolvedPolicy:
    return a_book(a_policy(text, kind="service-plan")).resolve("example", "cn", date(2024, 1, 1))


def test_days_are_written_out_or_named() -> None:
    plan = service_plan(a_plan(PLAN))
    assert (plan.items[0].due_days, plan.term_days, plan.follow_up_days) == (10, 90, (10, 30))
    assert plan.on_top == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(("due: within", "due: when"), "'when' is neither a number nor a parameter", id="no parameter"),
        pytest.param(("due: within", "due: times"), "'times' is not a whole number of days", id="no days"),
        pytest.param(("days: 90", "days: halves"), "'halves' is not a whole number", id="a fraction"),
        pytest.param(("review: {days: within}", "reviews: {days: 1}"), "does not say 'days' of 'review'", id="unsaid"),
        pytest.param(("kind: guidance", "kind: guidence"), "Did you mean 'guidance'", id="an unknown kind"),
        pytest.param(("guidance: {kind", "x: {sort"), "'sort' is not known here", id="an unknown key"),
    ],
)
def test_a_plan_that_leaves_something_unsaid_is_refused(change: tuple[str, str], says: str) -> None:
    assert change[0] in PLAN
    with pytest.raises((PolicyError, PolicyRefused), match=says):
        service_plan(a_plan(PLAN.replace(*change)))


def test_a_plan_that_owes_nothing_is_refused() -> None:
    with pytest.raises(PolicyError, match="owes nothing"):
        service_plan(a_plan("2024-01-01: {plan: {term: {days: 1}}}"))

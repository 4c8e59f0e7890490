"""Of many people at once: each stands as the evaluator would find, and whoever is listed is asked what it would ask."""

from contextlib import suppress
from datetime import date
from random import Random

import pytest

from activities.bootstrap import load_policies
from cases.determinations import Conclusion
from rules.entitled import Standing, Stands, standings
from rules.evaluate import Evaluation, evaluate
from rules.intervals import YES
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.schema import Role
from tests.rules.numpy_agreeing import drawn

ON = date(2026, 3, 2)
PLACE = "cn-50-99"
A_FEW = 8
SLOW = ("public-post-subsidy", "living-allowance")  # long lists that nobody completed take the evaluator seconds


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return load_policies().book


def subsidies(book: PolicyBook) -> list[ResolvedPolicy]:
    found = []
    for policy, files in book.files.items():
        if files[0].kind is Kind.SUBSIDY and policy not in SLOW:
            with suppress(NoPolicyInForce):
                found.append(book.resolve(policy, PLACE, ON))
    return found


def expected(found: Evaluation) -> Standing:
    """Said again, from the whole evaluation of one."""
    amount = int(found.amount.lo) if found.amount and found.amount.point else None
    if found.conclusion is Conclusion.GRANTED:
        return Standing(Stands.QUALIFIES, amount_fen=amount)
    if found.conclusion is Conclusion.REFUSED:
        return Standing(Stands.NOT)
    if found.conclusion in (Conclusion.GAP, Conclusion.CONFLICT):
        return Standing(Stands.NO_ANSWER)
    return Standing(Stands.WITH_FACTS, found.asked.facts, amount)


def speaks(found: Evaluation) -> bool:
    roles = {result.rule.role for result in found.results}
    wanted = next(role for role in (Role.GROUND, Role.CONDITION) if role in roles)
    return any(result.answers == YES for result in found.results if result.rule.role is wanted)


def test_each_stands_as_if_asked_alone(book: PolicyBook) -> None:
    random, seen = Random(11), set()  # noqa: S311  # drawn for a test
    for policy in subsidies(book):
        complete, partly = drawn(random, policy.rules, A_FEW)
        people = [*complete, *partly]
        for facts, stands in zip(people, standings(policy, people), strict=True):
            found = evaluate(policy.rules, facts)
            if stands.stands is Stands.SILENT:
                assert not speaks(found)
                assert found.conclusion is not Conclusion.GRANTED or found.asked.outcome is not None
            else:
                assert stands == expected(found), policy.policy
            seen.add(stands.stands)
    assert seen >= {Stands.QUALIFIES, Stands.WITH_FACTS, Stands.NOT, Stands.SILENT}


def test_nobody_is_nobody(book: PolicyBook) -> None:
    assert standings(book.resolve("flexible-insurance", "cn-50-99", ON), []) == []

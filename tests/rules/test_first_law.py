"""The first law: a settled verdict never changes when a missing fact arrives."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.evaluate import evaluate
from rules.given import Given
from rules.intervals import settled
from rules.outcome import outcome_of, verdicts
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from tests.rules.random_policies import complete_facts, less_known, policies

MANY = 25
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
thorough = settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)


def answers(policy: ResolvedRules, facts: dict[str, Given]) -> dict[str, int]:
    found = verdicts(Reckoner(policy, known_facts(policy, facts)))
    return {**found, "outcome": outcome_of(policy, found)}


@thorough
@given(policies(), complete_facts(), st.data())
def test_facts_only_take_possibilities_away(
    policy: ResolvedRules, complete: dict[str, Given], data: st.DataObject
) -> None:
    some = data.draw(less_known(complete))
    fewer = data.draw(less_known(some))
    known, less, least = (answers(policy, facts) for facts in (complete, some, fewer))
    for name, answer in known.items():
        assert answer & less[name] == answer, name
        assert less[name] & least[name] == less[name], name


@thorough
@given(policies(), complete_facts())
def test_complete_facts_settle_every_verdict(policy: ResolvedRules, complete: dict[str, Given]) -> None:
    assert all(settled(answer) for answer in answers(policy, complete).values())


@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(policies(), complete_facts(), st.data())
def test_a_settled_conclusion_stands(policy: ResolvedRules, complete: dict[str, Given], data: st.DataObject) -> None:
    before = evaluate(policy, data.draw(less_known(complete)))
    if settled(before.outcome):
        assert evaluate(policy, complete).conclusion is before.conclusion

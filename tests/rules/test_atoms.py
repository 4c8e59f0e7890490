"""Taking a condition apart and joining the answers of its parts gives what asking it whole gives."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.atoms import atoms_of, joined
from rules.given import Given
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from tests.rules.builders import a_policy, facts
from tests.rules.random_policies import complete_facts, less_known, policies


@settings(max_examples=25, deadline=None, suppress_health_check=tuple(HealthCheck))
@given(policies(), complete_facts(), st.data())
def test_the_parts_joined_are_the_whole(policy: ResolvedRules, complete: dict[str, Given], data: st.DataObject) -> None:
    reckoner = Reckoner(policy, known_facts(policy, data.draw(less_known(complete))))
    for rule in policy.rules.values():
        assert joined(rule.when, policy, reckoner.truth) == reckoner.truth(rule.when)


def test_one_answer_decides_whatever_stands_before_it() -> None:
    policy = a_policy(
        facts={"a": "bool", "b": "bool"},
        derive={"both": "a and b"},
        rules={"and": "both", "or": "a or b", "not": "not both", "if": "if b then a else a and b"},
    )
    reckoner = Reckoner(policy, known_facts(policy, facts(b="no")))
    found = {name: joined(rule.when, policy, reckoner.truth) for name, rule in policy.rules.items()}
    assert found == {name: reckoner.truth(rule.when) for name, rule in policy.rules.items()}
    assert (found["and"], found["or"], found["not"], found["if"]) == (2, 3, 1, 2)


def test_atoms_know_what_they_read_through_parts_and_values() -> None:
    policy = a_policy(
        facts={"a": "bool", "x": "one 0..9", "y": "one 0..9", "z": "one 0..9"},
        derive={"more": "x + 1", "fine": "a or more > 3"},
        values={"v": {"one": {"be": "y", "when": "a"}, "two": {"be": "z", "beats": ["one"], "when": "not a"}}},
        rules={"r": "fine and v > 2"},
    )
    found = [set(atom.facts) for atom in atoms_of([policy.rules["r"].when], policy)]
    assert found == [{"a"}, {"x"}, {"a", "y", "z"}]

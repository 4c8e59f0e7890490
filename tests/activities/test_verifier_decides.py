"""The verifier's own evaluator, written apart from ours, comes to the same on random policies and on all that ship."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.verifier import verify as the_one_file
from cases.canonical import canonical
from rules.decisions import determine
from rules.documents import Version
from rules.evaluate import Evaluation, evaluate
from rules.examples import stored_facts
from rules.facts import FactRefused, StoredFact
from rules.given import Given, Listed
from rules.policies import PolicyBook, ResolvedPolicy
from rules.reading import any_mapping
from rules.schema import ResolvedRules
from store.kept_text import DETERMINATION
from tests.activities.written_content import content
from tests.rules.random_policies import complete_facts, less_known, policies
from tests.rules.test_content import VERSIONS
from tests.rules.test_decisions import engine

verify: Any = the_one_file  # it runs where nothing of ours is, types included


def kept(value: Given) -> Any:
    """As the record keeps it."""
    if isinstance(value, Listed):
        items = [{name: kept(field) for name, field in item.items()} for item in value.items]
        return {"complete": value.complete, "items": items}
    return value.isoformat() if isinstance(value, date) else value


def differences(ours: Evaluation, theirs: Any, facts: Mapping[str, Given]) -> Iterator[str]:
    known = {name: verify.known(name, kept(facts.get(name)), fact.type) for name, fact in theirs.facts.items()}
    case = verify.Case(theirs, known)
    found = case.verdicts()
    results = verify.Results()
    check = verify.Determination(results, "", {}, theirs)
    for result in ours.results:
        if found[result.rule.id] != result.answers:
            yield f"{result.rule.id}: {result.answers} and {found[result.rule.id]}"
        check.readings(result.rule.id, [{"name": r.name, "value": r.value} for r in result.read],
                       theirs.names_shown(result.rule.id), case)  # fmt: skip
    outcome = verify.outcome_of(theirs, found)
    if verify.settled(outcome):
        if verify.CONCLUSIONS[outcome] != ours.conclusion:
            yield f"{ours.conclusion} and {outcome}"
    else:
        check.open_conclusion(ours.conclusion.value, verify.Completions(theirs, known))
    yield from (result.en for result in results.found if result.kind == "wrong")


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_policies_come_to_the_same_whatever_is_known(data: st.DataObject) -> None:
    policy: ResolvedRules = data.draw(policies())
    theirs = verify.Policy(canonical(content(policy)))
    whole = data.draw(complete_facts())
    for facts in (whole, data.draw(less_known(whole))):
        assert list(differences(evaluate(policy, facts), theirs, facts)) == []


def examples(book: PolicyBook, policy: ResolvedPolicy) -> Iterator[dict[str, StoredFact]]:
    versions: list[Version] = [version for file in book.files[policy.policy] for version in file.versions]
    for version in versions:
        for node in version.examples[:2]:
            entries = any_mapping(node).entries
            if "facts" in entries:
                yield stored_facts(any_mapping(entries["facts"]), book.facts)


@pytest.mark.parametrize("name", VERSIONS)
def test_every_shipped_policy_and_shape_decides_its_examples_as_ours_does(name: str) -> None:
    book, policy = VERSIONS[name]
    theirs = verify.Policy(policy.content)
    for facts in examples(book, policy):
        try:
            made = determine(policy, facts, engine)
        except FactRefused:  # of another version's declarations
            continue
        results = verify.Results()
        text = DETERMINATION.dump_json(made).decode()
        verify.Determination(results, name, json.loads(text), theirs).check()
        assert [result for result in results.found if result.kind == "wrong"] == []


def test_a_sign_read_otherwise_would_be_found() -> None:
    """What the tests above would say if the two evaluators differed in one sign."""
    book, policy = VERSIONS[next(name for name in VERSIONS if name.startswith("hardship-worker"))]
    theirs = verify.Policy(policy.content.replace(" >= ", " < "))
    found = verify.Results()
    for facts in examples(book, policy):
        made = json.loads(DETERMINATION.dump_json(determine(policy, facts, engine)))
        verify.Determination(found, "", made, theirs).check()
    assert found.count("wrong")

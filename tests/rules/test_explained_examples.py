"""Every example of every policy that is shipped or shown is explained, and what would change it is decided anew."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from cases.canonical import Json
from cases.determinations import Conclusion, Determination
from cases.wording import Language
from rules import examples
from rules.decisions import EngineVerdicts, determine
from rules.evaluate import evaluate
from rules.explain import Explanation, explanation, flips_of
from rules.explain_text import explained
from rules.facts import StoredFact
from rules.flips import Change, Flip
from rules.frozen import kept, read_again
from rules.policies import PolicyBook, ResolvedPolicy
from rules.types import TRUTH, Number, Records, Type
from tests.rules.test_decisions import engine

ROOT = Path(__file__).parents[2]
SHIPPED, SHAPES = ROOT / "policies", ROOT / "examples" / "policies" / "shapes"
BOOKS = {"shipped": (SHIPPED,), "shapes": (SHIPPED / "facts", SHAPES)}
EXPLANATION = TypeAdapter(Explanation)
Decided = list[tuple[ResolvedPolicy, Determination]]


@pytest.fixture(scope="module", params=BOOKS)
def decided(request: pytest.FixtureRequest) -> Decided:
    """What each example of the book comes to, with the policy that governs it."""
    found: Decided = []

    def remembered(policy: ResolvedPolicy, stored: Mapping[str, StoredFact], verdicts: EngineVerdicts) -> Determination:
        made = determine(policy, stored, verdicts)
        found.append((policy, made))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examples, "determine", remembered)
        list(examples.run_examples(PolicyBook.load(*BOOKS[request.param]), engine))
    return found


def test_every_example_is_explained_in_both_languages(decided: Decided) -> None:
    assert len(decided) > 20
    for policy, made in decided:
        told = explanation(policy, made, flips_of(policy, made))
        for language in Language:
            text = explained(told, language)
            assert all(finding.reason.within(language) in text for finding in made.findings)
        plain = json.loads(EXPLANATION.dump_json(told))
        assert EXPLANATION.validate_python(plain) == told


def test_every_change_that_is_named_leads_where_it_says(decided: Decided) -> None:
    changed = 0
    for policy, made in decided:
        for flip in flips_of(policy, made).found:
            facts = read_again(after(policy, made, flip), policy.rules.facts)
            assert evaluate(policy.rules, facts).conclusion is flip.conclusion is not made.conclusion, (
                policy.policy,
                flip,
            )
            changed += 1
    assert changed > 20


def test_no_open_case_is_told_what_to_change(decided: Decided) -> None:
    for policy, made in decided:
        if made.conclusion in (Conclusion.NEEDS_INFORMATION, Conclusion.FOR_JUDGMENT):
            assert not flips_of(policy, made).found


def after(policy: ResolvedPolicy, made: Determination, flip: Flip) -> dict[str, Json]:
    """The frozen facts with the changes put in."""
    facts: dict[str, Any] = json.loads(json.dumps(dict(kept(made.facts_json))))
    for change in flip.changes:
        of, _, rest = change.fact.partition("[")
        type_ = policy.rules.facts[of].type
        if isinstance(type_, Records):
            number, _, field = rest.partition("].")
            items = facts[of]["items"] if isinstance(facts[of], dict) else facts[of]
            items[int(number) - 1][field] = as_kept(change, dict(type_.fields)[field])
        else:
            facts[of] = as_kept(change, type_)
    return facts


def as_kept(change: Change, type_: Type) -> Json:
    if type_ == TRUTH:
        return change.then == "true"
    return int(change.then) if isinstance(type_, Number) else change.then

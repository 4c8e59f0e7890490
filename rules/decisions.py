"""A determination (认定): what one policy concludes from kept facts, if two engines agree on every rule."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from cases.authorities import Authority
from cases.determinations import (
    Conclusion,
    Determination,
    Disagreement,
    Finding,
    ItemFinding,
    Question,
    Reading,
    Shortfall,
    Verdict,
)
from cases.wording import Wording
from rules.durable_program import ENGINE, OUTCOME, DurableProgram
from rules.engine_fields import engine_fields
from rules.evaluate import VERDICTS, RuleResult, asked_of, evaluate_known
from rules.facts import FactsRead, StoredFact, read_facts
from rules.intervals import Answers
from rules.outcome import outcome_of
from rules.policies import ResolvedPolicy
from rules.reckoner import Reckoner, known_facts

EVALUATOR: Final = "evaluator 1"
EngineVerdicts: TypeAlias = Callable[[DurableProgram, Mapping[str, int | str]], Mapping[str, Verdict]]


def determine(policy: ResolvedPolicy, stored: Mapping[str, StoredFact], engine: EngineVerdicts) -> Determination:
    """Read the facts, decide twice, compare. FactRefused where a kept fact does not fit its declaration."""
    read = read_facts(stored, policy.rules.facts)
    return decide(policy, read, engine)


def decide(policy: ResolvedPolicy, read: FactsRead, engine: EngineVerdicts) -> Determination:
    known = known_facts(policy.rules, read.facts)
    evaluation = evaluate_known(policy.rules, known)
    fields = engine_fields(policy.engine.asked, Reckoner(policy.rules, known))
    ours = {result.rule.id: result.answers for result in evaluation.results}
    differences = disagreements(policy, ours, engine(policy.engine.program, fields))
    return Determination(
        policy=policy.policy,
        version=policy.version,
        policy_hash=policy.hash,
        jurisdiction=policy.jurisdiction,
        conclusion=Conclusion.ENGINES_DISAGREE if differences else evaluation.conclusion,
        findings=tuple(_finding(policy, result) for result in evaluation.results),
        questions=tuple(_question(policy, name) for name in evaluation.asked.facts),
        facts_json=read.json,
        engines=f"{EVALUATOR}; {ENGINE}",
        disagreements=differences,
        amount_fen=int(evaluation.amount.lo) if evaluation.amount and evaluation.amount.point else None,
        parts=evaluation.parts,
        items=tuple(ItemFinding(each.item, each.read) for each in evaluation.items),
        sources=tuple(Reading(name, source) for name, source in read.sources),
    )


def disagreements(
    policy: ResolvedPolicy, ours: Mapping[str, Answers], engine: Mapping[str, Verdict]
) -> tuple[Disagreement, ...]:
    """Every rule, and the outcome as the rules alone give it: what asking could settle the engine cannot know."""
    answers = {**ours, OUTCOME: outcome_of(policy.rules, ours)}
    verdicts = {rule: VERDICTS.get(answer, Verdict.UNKNOWN) for rule, answer in answers.items()}
    return tuple(
        Disagreement(rule, verdict, theirs)
        for rule, verdict in verdicts.items()
        if verdict is not (theirs := engine.get(rule, Verdict.UNKNOWN))
    )


def _finding(policy: ResolvedPolicy, result: RuleResult) -> Finding:
    rule = result.rule
    return Finding(
        rule=rule.id,
        role=rule.role.value,
        verdict=result.verdict,
        read=result.read,
        reason=rule.reason,
        authority=rule.authority,
        rests_on=tuple(dict.fromkeys(_rests_on(policy, rule.id))),
        beaten=tuple(dict.fromkeys(policy.beaten("rules", rule.id))),
        shortfalls=tuple(Shortfall(each.text, each.left, each.right, each.items) for each in result.failing),
    )


def _rests_on(policy: ResolvedPolicy, rule: str) -> Iterator[Authority]:
    rules = policy.rules
    for name in rules.reads[rule]:
        if name in rules.parameters:
            yield rules.parameters[name].authority
        elif name in rules.tables:
            yield from (row.authority for row in rules.tables[name].rows)
        elif name in rules.bands:
            yield from (step.authority for step in rules.bands[name].steps)
        elif name in rules.values:
            yield from (clause.authority for clause in rules.values[name].clauses if clause.authority)


def _question(policy: ResolvedPolicy, name: str) -> Question:
    """A fact's own question; for a part of an item, the list's with the part's label."""
    fact = policy.rules.facts[name.partition("[")[0]]
    wording = fact.question
    field = name.rpartition(".")[2] if "." in name else ""
    for part in fact.fields:
        if part.name == field:
            wording = Wording(f"{fact.label.zh}：{part.label.zh}？", f"{fact.label.en}: {part.label.en}?")
    return Question(name, asked_of(policy.rules, name).value, wording)

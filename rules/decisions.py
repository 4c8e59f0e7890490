"""A determination (认定): what one policy concludes from kept facts, if the engines agree on every rule.

The rule engine decides every case. Where all facts that the policy reads are known, its generated Python program
decides too, and has to come to the same amount and parts as well. The day on which time alone turns it is numpy's: that
program has to agree on the day itself.
"""

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
    Turn,
    Verdict,
)
from cases.wording import Wording
from rules.durable_program import ENGINE, OUTCOME, DurableProgram
from rules.engine_fields import engine_fields
from rules.evaluate import VERDICTS, Evaluation, RuleResult, asked_of, evaluate_known
from rules.facts import FactsRead, StoredFact, read_facts
from rules.given import Facts
from rules.intervals import Answers
from rules.outcome import outcome_of
from rules.policies import ResolvedPolicy
from rules.python_facts import plain_facts
from rules.python_program import PlainFacts, program_of
from rules.python_trace import TraceRead
from rules.reckoner import Reckoner, known_facts
from rules.waking import OtherOutcome, turning

EVALUATOR: Final = "evaluator 1"
PYTHON: Final = "python"
GENERATED: Final = "python 1"
NUMPY: Final = "numpy"
NO_TURN: Final = "turning day not found"
PROGRAM: Final = "@program"
AMOUNT: Final = "@amount"
PARTS: Final = "@parts"
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
    theirs = disagreements(policy, ours, engine(policy.engine.program, fields))
    plain = plain_facts(policy.rules, program_of(policy).reads, read.facts)
    turns, contrary, no_turn = _turns(policy, read.facts, evaluation)
    differences = (*theirs, *(() if plain is None else _generated(policy, evaluation, plain)), *contrary)
    return Determination(
        policy=policy.policy,
        version=policy.version,
        policy_hash=policy.hash,
        jurisdiction=policy.jurisdiction,
        conclusion=Conclusion.ENGINES_DISAGREE if differences else evaluation.conclusion,
        findings=tuple(_finding(policy, result) for result in evaluation.results),
        questions=tuple(_question(policy, name) for name in evaluation.asked.facts),
        facts_json=read.json,
        engines="; ".join([EVALUATOR, ENGINE, *([] if plain is None else [GENERATED]), *no_turn]),
        disagreements=differences,
        amount_fen=int(evaluation.amount.lo) if evaluation.amount and evaluation.amount.point else None,
        parts=evaluation.parts,
        items=tuple(ItemFinding(each.item, each.read) for each in evaluation.items),
        turns=turns,
        sources=tuple(Reading(name, source) for name, source in read.sources),
    )


def _generated(policy: ResolvedPolicy, ours: Evaluation, plain: PlainFacts) -> tuple[Disagreement, ...]:
    """A program that breaks has not agreed. Memory that is full says nothing about it: that is tried again."""
    try:
        return tuple(differences_of(policy, ours, TraceRead(policy.rules, program_of(policy).traced(plain))))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a generated program may do
        return (Disagreement(PROGRAM, Verdict.YES, Verdict.UNKNOWN, PYTHON),)


def _turns(
    policy: ResolvedPolicy, facts: Facts, ours: Evaluation
) -> tuple[Turn | None, tuple[Disagreement, ...], list[str]]:
    """The turning day. Not to find it leaves the decision as right as it was, and is kept beside the engines.

    What contradicts the decision itself stops it, though.
    """
    try:
        return turning(policy, facts, ours.conclusion), (), []
    except OtherOutcome as other:
        outcome = outcome_of(policy.rules, {result.rule.id: result.answers for result in ours.results})
        evaluator, theirs = (VERDICTS.get(each, Verdict.UNKNOWN) for each in (outcome, other.answers))
        return None, (Disagreement(OUTCOME, evaluator, theirs, NUMPY),), []
    except Exception as error:  # noqa: BLE001 - whatever a generated program may do, or the memory not hold
        return None, (), [f"{NO_TURN}: {type(error).__name__}"]


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


def differences_of(policy: ResolvedPolicy, ours: Evaluation, generated: TraceRead) -> Iterator[Disagreement]:
    """Of a case with complete facts: every verdict, gap and conflict told apart, and what was reckoned."""
    answers = {result.rule.id: result.answers for result in ours.results}
    answers[OUTCOME] = outcome_of(policy.rules, answers)
    theirs = {**generated.answers, OUTCOME: generated.outcome}
    for rule, answer in answers.items():
        if theirs[rule] != answer:
            ours_, theirs_ = (VERDICTS.get(each, Verdict.UNKNOWN) for each in (answer, theirs[rule]))
            yield Disagreement(rule, ours_, theirs_, PYTHON)
    amount = ours.amount.lo if ours.amount and ours.amount.point else None
    reckoned = {AMOUNT: generated.settled_amount == amount, PARTS: generated.parts == ours.parts}
    for what, same in reckoned.items():
        if not same:
            yield Disagreement(what, Verdict.YES, Verdict.NO, PYTHON)


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

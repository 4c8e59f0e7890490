"""One case, decided by one policy: a verdict for every rule with what it read, and how they add up."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.determinations import Conclusion, Reading, Verdict
from rules.failing import Failing, failing_parts
from rules.given import Facts
from rules.intervals import CONFLICT, GAP, NO, YES, Answers, Items, Row, Span, Value
from rules.outcome import outcome_of, verdicts
from rules.questions import Asked, asked
from rules.readings import readings, text_of_value
from rules.reckoner import Reckoner, known_facts
from rules.schema import AskedOf, ResolvedRules, Rule
from rules.words import ITEM

VERDICTS = {YES: Verdict.YES, NO: Verdict.NO}
CONCLUSIONS = {
    YES: Conclusion.GRANTED,
    NO: Conclusion.REFUSED,
    GAP: Conclusion.GAP,
    CONFLICT: Conclusion.CONFLICT,
}


@dataclass(frozen=True)
class RuleResult:
    """`answers` also tells a gap or conflict of the law from a fact that is missing; both are an unknown verdict."""

    rule: Rule
    answers: Answers
    read: tuple[Reading, ...]
    failing: tuple[Failing, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return VERDICTS.get(self.answers, Verdict.UNKNOWN)


@dataclass(frozen=True)
class ItemResult:
    """What the columns of one item came to: a verdict or a value per item."""

    item: str
    read: tuple[Reading, ...]


@dataclass(frozen=True)
class Evaluation:
    """`outcome` is what the facts settle; `amount` a point once it is known, and None where the policy names none."""

    conclusion: Conclusion
    outcome: Answers
    results: tuple[RuleResult, ...]
    asked: Asked
    amount: Span | None
    parts: tuple[Reading, ...]
    items: tuple[ItemResult, ...]


def evaluate(policy: ResolvedRules, facts: Facts) -> Evaluation:
    return evaluate_known(policy, known_facts(policy, facts))


def evaluate_known(policy: ResolvedRules, known: Mapping[str, Value]) -> Evaluation:
    reckoner = Reckoner(policy, known)
    found = verdicts(reckoner)
    outcome = outcome_of(policy, found)
    questions = asked(policy, known, found)
    settled = questions.outcome if outcome not in CONCLUSIONS and questions.outcome is not None else outcome
    return Evaluation(
        conclusion=CONCLUSIONS.get(settled) or _open_conclusion(policy, questions),
        outcome=settled,
        results=tuple(_result(rule, found[rule.id], reckoner) for rule in policy.rules.values()),
        asked=questions,
        amount=reckoner.span(policy.amount) if policy.amount else None,
        parts=readings((*policy.parts, *policy.values), reckoner),
        items=tuple(_items(reckoner)),
    )


def _open_conclusion(policy: ResolvedRules, questions: Asked) -> Conclusion:
    askers = {asked_of(policy, fact) for fact in questions.facts}
    return Conclusion.FOR_JUDGMENT if askers == {AskedOf.OFFICER} else Conclusion.NEEDS_INFORMATION


def asked_of(policy: ResolvedRules, name: str) -> AskedOf:
    """Who can answer for a fact, or for a part of an item (`referrals[3].outcome_known`)."""
    fact = policy.facts[name.partition("[")[0]]
    field = name.rpartition(".")[2] if "." in name else ""
    return next((each.asked_of for each in fact.fields if each.name == field), fact.asked_of)


def _result(rule: Rule, answers: Answers, reckoner: Reckoner) -> RuleResult:
    read = readings(reckoner.rules.reads[rule.id], reckoner)
    return RuleResult(rule, answers, read, failing_parts(rule.when, reckoner) if answers == NO else ())


def _items(reckoner: Reckoner) -> list[ItemResult]:
    """Each known item of a list with computed columns."""
    lists = dict.fromkeys(of for of, _ in reckoner.rules.columns)
    known = [(of, items) for of in lists if isinstance(items := reckoner.known[of], Items)]
    return [
        ItemResult(entry.label, _columns(of, entry.value, reckoner)) for of, items in known for entry in items.entries
    ]


def _columns(of: str, row: "Row | Value", reckoner: Reckoner) -> tuple[Reading, ...]:
    if not isinstance(row, Row):
        return ()
    columns = [column for (list_, _), column in reckoner.rules.columns.items() if list_ == of]
    inside = reckoner.alone({ITEM: row})
    return tuple(Reading(each.name, text_of_value(inside.value(each.be), each.be.type)) for each in columns)

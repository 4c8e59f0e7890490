"""What the numbers of a trace say: rendered when somebody looks, and kept small until then.

A trace holds for every rule a number, and once each what was read: facts, parts and values. With the policy of the same
hash these are each rule's verdict, the first condition that did not hold, and the values that it read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from cases.canonical import Json, canonical, from_canonical
from cases.determinations import Reading, Verdict
from rules.infer import one_type
from rules.intervals import CONFLICT, GAP, NO, YES, Answers
from rules.places import NOWHERE
from rules.policies import ResolvedPolicy
from rules.python_program import Trace, conditions, facts_read
from rules.python_runtime import CONFLICT as A_CONFLICT
from rules.python_runtime import GAP as A_GAP
from rules.python_runtime import Flaw, told
from rules.readings import UNKNOWN
from rules.scaled import denominator_of
from rules.schema import ResolvedRules
from rules.tree import Expr
from rules.types import Day, Month, Number, Records, Series, Type
from rules.units import YearMonth

VERDICTS = {YES: Verdict.YES, NO: Verdict.NO}


def answer_of(value: bool | Flaw) -> Answers:
    """As the evaluator writes a settled answer."""
    if isinstance(value, Flaw):
        return GAP if value is A_GAP else CONFLICT
    return YES if value else NO


@dataclass(frozen=True)
class TracedRule:
    """One rule of a trace; `failed` is the condition that did not hold, the first of them."""

    rule: str
    answer: Answers
    failed: Expr | None

    @property
    def verdict(self) -> Verdict:
        return VERDICTS.get(self.answer, Verdict.UNKNOWN)


@dataclass(frozen=True)
class TraceRead:
    """A trace with its policy, to be asked."""

    rules: ResolvedRules
    trace: Trace

    @property
    def outcome(self) -> Answers:
        return answer_of(self.trace[0])

    @property
    def answers(self) -> Mapping[str, Answers]:
        return {rule: answer_of(told(code)) for rule, code in zip(self.rules.rules, self.trace[2], strict=True)}

    @property
    def amount(self) -> int | Flaw | None:
        return self.trace[1]

    @property
    def settled_amount(self) -> int | None:
        """None where the policy names none, or the law has none for this case."""
        return self.trace[1] if isinstance(self.trace[1], int) else None

    def rule(self, name: str) -> TracedRule:
        code = self.trace[2][list(self.rules.rules).index(name)]
        failed = conditions(self.rules.rules[name].when, self.rules)[code - 1] if code > 0 else None
        return TracedRule(name, answer_of(told(code)), failed)

    def read(self, name: str) -> tuple[Reading, ...]:
        """The facts, parts and values that a rule read; parameters stand in the policy."""
        known = self._readings()
        return tuple(known[each] for each in self.rules.reads[name] if each in known)

    @property
    def parts(self) -> tuple[Reading, ...]:
        known = self._readings()
        return tuple(known[name] for name in (*self.rules.parts, *self.rules.values))

    @property
    def items(self) -> Mapping[str, tuple[Reading, ...]]:
        """What the columns of each item came to, by `payments[3]`."""
        found: dict[str, tuple[Reading, ...]] = {}
        for of, rows in zip(dict.fromkeys(of for of, _ in self.rules.columns), self.trace[5], strict=True):
            columns = [column for (list_, _), column in self.rules.columns.items() if list_ == of]
            for number, row in enumerate(rows, 1):
                values = zip(columns, row, strict=True)
                found[f"{of}[{number}]"] = tuple(
                    Reading(each.name, shown(value, each.be.type)) for each, value in values
                )
        return found

    def _readings(self) -> Mapping[str, Reading]:
        rules = self.rules
        facts = zip(facts_read(rules), self.trace[4], strict=True)
        texts = {name: shown(value, rules.facts[name].type) for name, value in facts}
        for name, value in zip((*rules.parts, *rules.values), self.trace[3], strict=True):
            part = rules.parts.get(name)
            type_ = (
                part.be.type if part else one_type(tuple(clause.be for clause in rules.values[name].clauses), NOWHERE)
            )
            texts[name] = shown(value, type_)
        return {name: Reading(name, text) for name, text in texts.items()}


def written(policy_hash: str, trace: Trace) -> str:
    """A trace as canonical JSON, with the hash of the policy whose numbers these are."""
    return canonical([policy_hash, *(_plain(part) for part in trace)])


def read_back(policy: ResolvedPolicy, text: str) -> TraceRead:
    """ValueError where a trace is another policy's: the same number would be another rule."""
    policy_hash, *parts = cast("list[Json]", from_canonical(text))
    if policy_hash != policy.hash:
        raise ValueError(f"This trace is of the policy {policy_hash}, not of {policy.hash}.")
    return TraceRead(policy.rules, cast("Trace", tuple(_from_plain(part) for part in parts)))


def _plain(value: object) -> Json:
    match value:
        case Flaw(name=name):
            return {"flaw": name}
        case tuple():
            return [_plain(part) for part in value]
    return cast("Json", value)


def _from_plain(value: Json) -> object:
    match value:
        case {"flaw": name}:
            return A_GAP if name == A_GAP.name else A_CONFLICT
        case list():
            return tuple(_from_plain(part) for part in value)
    return value


def shown(value: object, type_: Type) -> str:  # noqa: PLR0911 - one line per kind of value
    """As `rules.readings` writes a value that is known."""
    match value, type_:
        case Flaw(name=name), _:
            return name
        case bool(), _:
            return str(value).lower()
        case int(), Day():
            return date.fromordinal(value).isoformat()
        case int(), Month():
            return str(YearMonth.numbered(value))
        case int(), Number():
            return str(Fraction(value, denominator_of(type_)))
        case str(), _:
            return value
        case int(), Records() | Series():  # of a list a trace keeps how many items it holds
            return str(value)
        case ((tuple() | list()), _):
            return str(len(value))
    return UNKNOWN

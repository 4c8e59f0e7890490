"""Two determinations side by side as data: what differs, and which of the differences changed the outcome.

The way from the first to the second is gone in two steps, the law first and then the facts. A difference changed the
outcome if it takes that step by itself, or if without it the step would not have been taken. Deciding the same again
on this way is the evaluator's alone and makes no determination.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from cases.authorities import Authority
from cases.canonical import Json, canonical
from cases.determinations import Conclusion, Determination, Verdict
from cases.wording import Wording
from rules.differences import as_written
from rules.documents import Item
from rules.evaluate import Evaluation, evaluate_known
from rules.facts import FactRefused
from rules.frozen import kept, read_again
from rules.loading import Mapping as MappingNode
from rules.merged_schema import shown_value
from rules.policies import ResolvedPolicy
from rules.reading import authority
from rules.reckoner import known_facts
from rules.schema import ResolvedRules
from rules.shown import shown_unit
from rules.swapped import SECTIONS, with_clause_of
from rules.written import plain


class Cause(StrEnum):
    """What made the outcomes differ."""

    NONE = "none"  # they do not
    FACTS = "facts"
    LAW = "law"
    EITHER = "either"  # the facts alone would have, and the law alone
    BOTH = "both"  # only together
    UNKNOWN = "unknown"  # the facts of one cannot be read under the law of the other


@dataclass(frozen=True)
class Outcome:
    conclusion: Conclusion
    amount_fen: int | None = None


@dataclass(frozen=True)
class Side:
    """One of the two: a determination, or what facts come to under another version."""

    policy: ResolvedPolicy
    facts: Mapping[str, Json]
    outcome: Outcome
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Difference:
    """`alone`: by itself it takes its step; `needed`: without it the step is not taken; None: that cannot be tried."""

    alone: bool | None
    needed: bool | None

    @property
    def changed_the_outcome(self) -> bool:
        return bool(self.alone or self.needed)


@dataclass(frozen=True)
class FactDifference(Difference):
    """As text, lists as JSON; None: the side did not know it."""

    fact: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class ClauseSaid:
    """What a clause says: a value with its unit, a condition, or the whole as its file writes it."""

    words: Wording
    authority: Authority | None


@dataclass(frozen=True)
class LawDifference(Difference):
    """None: the version has no such clause."""

    section: str
    id: str
    first: ClauseSaid | None
    second: ClauseSaid | None


@dataclass(frozen=True)
class RuleDifference:
    """None: the side has no such rule."""

    rule: str
    first: Verdict | None
    second: Verdict | None


@dataclass(frozen=True)
class Comparison:
    """The two crossed outcomes are None where the facts cannot be read under the other law."""

    first: Outcome
    second: Outcome
    first_facts_second_law: Outcome | None
    second_facts_first_law: Outcome | None
    cause: Cause
    facts: tuple[FactDifference, ...]
    law: tuple[LawDifference, ...]
    rules: tuple[RuleDifference, ...]


def determined_side(policy: ResolvedPolicy, made: Determination) -> Side:
    verdicts = {finding.rule: finding.verdict for finding in made.findings}
    return Side(policy, kept(made.facts_json), Outcome(made.conclusion, made.amount_fen), verdicts)


def decided_anew(policy: ResolvedPolicy, facts: Mapping[str, Json]) -> Side:
    """FactRefused where the facts do not fit what this version declares."""
    found = _evaluated(policy.rules, facts)
    return Side(policy, facts, _outcome(found), {result.rule.id: result.verdict for result in found.results})


def compared(first: Side, second: Side) -> Comparison:
    """Of two determinations by one policy, or of one under two versions."""
    over, back = _tried(second.policy.rules, first.facts), _tried(first.policy.rules, second.facts)
    return Comparison(
        first=first.outcome,
        second=second.outcome,
        first_facts_second_law=over,
        second_facts_first_law=back,
        cause=_cause(first, second, over, back),
        facts=tuple(_facts(first, second, over)),
        law=tuple(_law(first, second, over)),
        rules=tuple(_rules(first, second)),
    )


def _cause(first: Side, second: Side, over: Outcome | None, back: Outcome | None) -> Cause:
    """`over`: the first's facts under the second's law; `back`: the other way round."""
    one, two = first.outcome, second.outcome
    if one == two:
        return Cause.NONE
    if over is None or back is None:
        return Cause.UNKNOWN
    by_law, by_facts = over == two, back == two
    if by_law and by_facts:
        return Cause.EITHER
    if by_law or by_facts:
        return Cause.LAW if by_law else Cause.FACTS
    return Cause.BOTH


def _facts(first: Side, second: Side, over: Outcome | None) -> Iterator[FactDifference]:
    rules = second.policy.rules
    for name in dict.fromkeys((*first.facts, *second.facts)):
        was, now = first.facts.get(name), second.facts.get(name)
        if was == now:
            continue
        put_in = partial(_tried, rules, _with(first.facts, name, now))
        left = partial(_tried, rules, _with(second.facts, name, was))
        yield FactDifference(*_step(over, second.outcome, put_in, left), name, _text(was), _text(now))


def _text(value: Json) -> str | None:
    return value if value is None or isinstance(value, str) else canonical(value)


def _law(first: Side, second: Side, over: Outcome | None) -> Iterator[LawDifference]:
    one, two, facts = first.policy, second.policy, first.facts
    items = {**one.merged.items, **two.merged.items}
    for section, id_ in (key for key in items if key[0] in SECTIONS):
        was, now = one.merged.items.get((section, id_)), two.merged.items.get((section, id_))
        if was and now and plain(was.node) == plain(now.node):
            continue
        put_in = partial(_tried_with, facts, one.rules, two.rules, section, id_)
        left = partial(_tried_with, facts, two.rules, one.rules, section, id_)
        yield LawDifference(*_step(first.outcome, over, put_in, left), section, id_, _said(was), _said(now))


def _said(item: Item | None) -> ClauseSaid | None:
    if item is None:
        return None
    if not isinstance(item.node, MappingNode):
        return ClauseSaid(_same(as_written(item.node)), None)
    entries = item.node.entries
    by = authority(item.node) if "authority" in entries else None
    if item.section == "parameters":
        value, unit = shown_value(item), shown_unit(item)
        return ClauseSaid(Wording(value + unit.zh, value + unit.en), by)
    return ClauseSaid(_same(as_written(entries.get("when") or entries.get("be") or item.node)), by)


def _same(text: str) -> Wording:
    return Wording(text, text)


def _step(
    was: Outcome | None, now: Outcome | None, put_in: Callable[[], Outcome | None], left: Callable[[], Outcome | None]
) -> tuple[bool | None, bool | None]:
    """Whether one difference takes a step by itself, and whether the step is not taken without it."""
    if was is None or now is None:
        return None, None
    if was == now:
        return False, False
    alone, without = put_in(), left()
    return (alone == now if alone else None), (without != now if without else None)


def _rules(first: Side, second: Side) -> Iterator[RuleDifference]:
    for rule in dict.fromkeys((*first.verdicts, *second.verdicts)):
        was, now = first.verdicts.get(rule), second.verdicts.get(rule)
        if was is not now:
            yield RuleDifference(rule, was, now)


def _with(facts: Mapping[str, Json], name: str, value: Json) -> Mapping[str, Json]:
    others = {each: known for each, known in facts.items() if each != name}
    return others if value is None else {**others, name: value}


def _tried(rules: ResolvedRules | None, facts: Mapping[str, Json]) -> Outcome | None:
    try:
        return _outcome(_evaluated(rules, facts)) if rules else None
    except (FactRefused, LookupError):  # of another declaration; a clause that does not fit by itself
        return None


def _tried_with(
    facts: Mapping[str, Json], rules: ResolvedRules, other: ResolvedRules, section: str, id_: str
) -> Outcome | None:
    return _tried(with_clause_of(rules, other, section, id_), facts)


def _evaluated(rules: ResolvedRules, facts: Mapping[str, Json]) -> Evaluation:
    return evaluate_known(rules, known_facts(rules, read_again(facts, rules.facts)))


def _outcome(found: Evaluation) -> Outcome:
    amount = found.amount
    return Outcome(found.conclusion, int(amount.lo) if amount and amount.point else None)

"""A determination explained as data: every rule with what it read and its clause, why not, and what would change it.

Values stand as canonical text and in words, so that a page, a terminal and a program read the same. Keys stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cases.authorities import Authority
from cases.canonical import Json
from cases.determinations import Conclusion, Determination, Disagreement, Finding, Question, Reading, Shortfall, Verdict
from cases.wording import Wording
from rules.applied import ClausesTold, clauses_told
from rules.evaluate import VERDICTS as YES_OR_NO
from rules.flips import Change, Flips, flips
from rules.frozen import kept, read_again
from rules.merged_schema import shown_value
from rules.outcome import verdicts
from rules.policies import ResolvedPolicy
from rules.reckoner import Reckoner, known_facts
from rules.repeals import Repealed
from rules.schema import AskedOf, Fact, Field
from rules.shown import shown, shown_change, shown_fact, shown_unit
from rules.sides import ShortfallTold, shortfall_told
from rules.types import Number, Type
from rules.units import Unit

VERDICTS = {
    Verdict.YES: Wording("是", "yes"),
    Verdict.NO: Wording("否", "no"),
    Verdict.UNKNOWN: Wording("不明", "unknown"),
}
ROLES = {
    "ground": Wording("认定情形，一项即可", "ground: one is enough"),
    "condition": Wording("必备条件", "condition: every one must hold"),
    "exclusion": Wording("排除情形", "exclusion: none may hold"),
    "path": Wording("办理路径", "path"),
}
_AMOUNT = Number(Unit.FEN, 0, 0)


@dataclass(frozen=True)
class Told:
    """A value by its name: canonical text, and in words."""

    name: str
    label: Wording
    value: str
    words: Wording


@dataclass(frozen=True)
class ItemTold:
    """What the columns of one item came to, such as each month of a subsidy."""

    item: str
    label: Wording
    read: tuple[Told, ...]


@dataclass(frozen=True)
class RuleTold:
    """`why_not` says which parts of the condition failed, with the items of a list that did.

    `then` is another verdict that it comes to on the day on which time alone turns the conclusion.
    """

    rule: str
    role: str
    verdict: Verdict
    then: Verdict | None
    reason: Wording
    authority: Authority
    unverified: bool
    read: tuple[Told, ...]
    rests_on: tuple[Authority, ...]
    beaten: tuple[Authority, ...]
    why_not: tuple[ShortfallTold, ...]


@dataclass(frozen=True)
class ChangeTold:
    """One fact as it is and as it would have to be; `by` is empty where it is another answer."""

    fact: str
    label: Wording
    asked_of: str
    now: str
    then: str
    now_words: Wording
    then_words: Wording
    by: Wording


@dataclass(frozen=True)
class FlipTold:
    """Changes that together lead to another conclusion, and the rules that turn it with their clauses."""

    changes: tuple[ChangeTold, ...]
    conclusion: Conclusion
    words: Wording
    rules: tuple[str, ...]
    authorities: tuple[Authority, ...]


@dataclass(frozen=True)
class TurnTold:
    """The first later day on which, all else staying as it is, the conclusion is another."""

    on: date
    conclusion: Conclusion
    words: Wording


@dataclass(frozen=True)
class Explanation:
    """`flips` is None where nobody looked for them; `not_searched` names facts with too many values to try."""

    policy: str
    title: Wording
    jurisdiction: str
    version: str
    policy_hash: str
    engines: str
    conclusion: Conclusion
    words: Wording
    amount: Told | None
    parts: tuple[Told, ...]
    clauses: tuple[ClausesTold, ...]
    items: tuple[ItemTold, ...]
    rules: tuple[RuleTold, ...]
    questions: tuple[Question, ...]
    disagreements: tuple[Disagreement, ...]
    turns: TurnTold | None
    flips: tuple[FlipTold, ...] | None
    not_searched: tuple[str, ...]
    repealed: tuple[Repealed, ...]
    unverified: tuple[Authority, ...]


def explanation(
    policy: ResolvedPolicy, made: Determination, flips: Flips | None = None, repealed: Iterable[Repealed] = ()
) -> Explanation:
    telling = Telling(policy)
    turns, then = made.turns, turned(policy, made)
    return Explanation(
        policy=made.policy,
        title=policy.title,
        jurisdiction=made.jurisdiction,
        version=made.version,
        policy_hash=made.policy_hash,
        engines=made.engines,
        conclusion=made.conclusion,
        words=made.conclusion.label,
        amount=telling.amount(made),
        parts=tuple(telling.value(each) for each in made.parts),
        clauses=tuple(clauses_told(_reckoner(policy, kept(made.facts_json)))),
        items=tuple(telling.items(made)),
        rules=tuple(_rule(finding, then.get(finding.rule), telling) for finding in made.findings),
        questions=made.questions,
        disagreements=made.disagreements,
        turns=TurnTold(turns.on, turns.conclusion, turns.conclusion.label) if turns else None,
        flips=None if flips is None else tuple(telling.flips(made, flips)),
        not_searched=flips.left_out if flips else (),
        repealed=tuple(each for each in repealed if each.policy == made.policy),
        unverified=unverified(made),
    )


def flips_of(policy: ResolvedPolicy, made: Determination) -> Flips:
    """What would change it, from the facts that it kept; nothing where it is open, or a person decides."""
    if made.conclusion in (Conclusion.ENGINES_DISAGREE, Conclusion.NEEDS_INFORMATION, Conclusion.FOR_JUDGMENT):
        return Flips()
    return flips(policy.rules, read_again(kept(made.facts_json), policy.rules.facts))


def unverified(made: Determination) -> tuple[Authority, ...]:
    """The clauses behind it that nobody checked against a source."""
    clauses = [each for finding in made.findings for each in (finding.authority, *finding.rests_on)]
    return tuple(dict.fromkeys(each for each in clauses if not each.tag.verified))


def turned(policy: ResolvedPolicy, made: Determination) -> Mapping[str, Verdict]:
    """The rules whose verdicts are others on the day on which time alone turns it, and what they are then."""
    moving = [name for name, fact in policy.rules.facts.items() if fact.moves]
    if made.turns is None:
        return {}
    facts = {**kept(made.facts_json), **dict.fromkeys(moving, made.turns.on.isoformat())}
    answers = verdicts(_reckoner(policy, facts))
    then = {rule: YES_OR_NO.get(answer, Verdict.UNKNOWN) for rule, answer in answers.items()}
    return {each.rule: then[each.rule] for each in made.findings if then[each.rule] is not each.verdict}


def _reckoner(policy: ResolvedPolicy, facts: Mapping[str, Json]) -> Reckoner:
    return Reckoner(policy.rules, known_facts(policy.rules, read_again(facts, policy.rules.facts)))


def _rule(finding: Finding, then: Verdict | None, telling: "Telling") -> RuleTold:
    return RuleTold(
        rule=finding.rule,
        role=finding.role,
        verdict=finding.verdict,
        then=then,
        reason=finding.reason,
        authority=finding.authority,
        unverified=finding.unverified,
        read=tuple(telling.value(each) for each in finding.read),
        rests_on=finding.rests_on,
        beaten=finding.beaten,
        why_not=tuple(telling.shortfall(finding.rule, each) for each in finding.shortfalls),
    )


class Telling:
    """The words of one policy for its values."""

    def __init__(self, policy: ResolvedPolicy) -> None:
        self._policy = policy
        self._rules = policy.rules
        self._parameters = {item.id: item for item in policy.items("parameters")}

    def value(self, reading: Reading) -> Told:
        name, value = reading.name, reading.value
        fact = self._rules.facts.get(name)
        if fact:
            return Told(name, fact.label, value, shown_fact(fact, value))
        if item := self._parameters.get(name):
            written, unit = shown_value(item), shown_unit(item)
            return Told(name, Wording(name, name), value, Wording(written + unit.zh, written + unit.en))
        return Told(name, Wording(name, name), value, shown(self._type(name), value))

    def shortfall(self, rule: str, short: Shortfall) -> ShortfallTold:
        return shortfall_told(self._policy, rule, short, tuple(map(self.label, short.items)))

    def amount(self, made: Determination) -> Told | None:
        """Where the policy names one; the facts may leave it open."""
        if self._rules.amount is None:
            return None
        value = "?" if made.amount_fen is None else str(made.amount_fen)
        return Told("amount", Wording("金额", "Amount"), value, shown(_AMOUNT, value))

    def items(self, made: Determination) -> Iterator[ItemTold]:
        for each in made.items:
            of = each.item.partition("[")[0]
            told = (self._column(of, reading) for reading in each.read)
            yield ItemTold(each.item, self.label(each.item), tuple(told))

    def flips(self, made: Determination, found: Flips) -> Iterator[FlipTold]:
        findings = {finding.rule: finding for finding in made.findings}
        for flip in found.found:
            turned = [findings[rule] for rule in flip.rules]
            clauses = [clause for finding in turned for clause in (finding.authority, *finding.rests_on)]
            changes = tuple(map(self._change, flip.changes))
            yield FlipTold(changes, flip.conclusion, flip.conclusion.label, flip.rules, tuple(dict.fromkeys(clauses)))

    def label(self, name: str) -> Wording:
        """Of a fact, of an item (`payments[3]`), or of a part of one (`payments[3].amount`)."""
        fact, field, number = self._found(name)
        if not number:
            return fact.label
        zh, en = f"{fact.label.zh}第{number}项", f"{fact.label.en}, item {number}"
        return Wording(f"{zh}：{field.label.zh}", f"{en}: {field.label.en}") if field else Wording(zh, en)

    def _found(self, name: str) -> tuple[Fact, Field | None, str]:
        list_, _, rest = name.partition("[")
        number, _, field = rest.partition("]")
        fact = self._rules.facts[list_]
        return fact, next((each for each in fact.fields if each.name == field.removeprefix(".")), None), number

    def _change(self, change: Change) -> ChangeTold:
        fact, field, _ = self._found(change.fact)
        of, given_in = (field, "") if field else (fact, fact.given_in)
        asked: AskedOf = of.asked_of
        return ChangeTold(
            fact=change.fact,
            label=self.label(change.fact),
            asked_of=asked.value,
            now=change.now,
            then=change.then,
            now_words=shown(of.type, change.now, given_in),
            then_words=shown(of.type, change.then, given_in),
            by=Wording("", "") if change.by is None else shown_change(of.type, change.by, given_in),
        )

    def _column(self, of: str, reading: Reading) -> Told:
        name = reading.name
        column = self._rules.columns[of, name]
        return Told(name, Wording(name, name), reading.value, shown(column.be.type, reading.value))

    def _type(self, name: str) -> Type:
        part = self._rules.parts.get(name)
        return part.be.type if part else self._rules.values[name].clauses[0].be.type

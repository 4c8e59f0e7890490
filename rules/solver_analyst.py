"""The analyst of one policy: asks z3, and believes it only where the evaluator, or cases drawn at random, agree.

A case that z3 finds is decided by the evaluator before it is shown, and that something can never be is believed only if
no drawn case says otherwise. Facts are complete; lists hold as many items as the result says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Final

from cases.wording import Wording
from rules.given import Facts
from rules.intervals import YES
from rules.schema import ResolvedRules, Role, Rule
from rules.solver_findings import Finding, Kind, Open, Why
from rules.solver_questions import Answer, Period, Said, ask
from rules.solver_search import Drawn, Search
from rules.solver_terms import Flag, both
from rules.solver_translation import Translation
from rules.solver_witness import Proof, Proves, told, written

ITEMS: Final = (3, 6)  # of a list; what cannot be with so few is asked again with more
AT_FIRST, AT_LAST = 300, 3_000  # cases drawn before z3 is asked, and against what it says can never be
OUTCOME: Final = "outcome"
Seen = Callable[[Drawn], bool]


@dataclass(frozen=True)
class Example:
    """A situation that a policy file tells itself."""

    name: str
    facts: Facts


@dataclass
class Analyst:
    rules: ResolvedRules
    period: Period | None
    examples: tuple[Example, ...] = ()
    questions: int = 0
    findings: list[Finding] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    _translations: dict[int, Translation] = field(default_factory=dict)
    _drawn: list[Drawn] = field(default_factory=list)

    @cached_property
    def search(self) -> Search:
        return Search(self.rules, self.period)

    @property
    def cases(self) -> Iterator[Drawn]:
        """Drawn when first looked at: most of what can be is seen in a few."""
        yield from self._drawn
        for drawn in self._drawing:
            self._drawn.append(drawn)
            yield drawn

    @cached_property
    def _drawing(self) -> Iterator[Drawn]:
        return self.search.cases(AT_FIRST)

    @property
    def shortened(self) -> list[str]:
        return self.translation().variables.shortened

    def translation(self, items: int = ITEMS[0]) -> Translation:
        if items not in self._translations:
            self._translations[items] = Translation(self.rules, items)
        return self._translations[items]

    def what_can_never_be(self) -> None:
        for rule in self.rules.rules.values():
            self._rule(rule)
        self._outcome()

    # -- what can never be ----------------------------------------------------------------------------------------

    def _rule(self, rule: Rule) -> None:
        said = Wording(f"规则“{rule.id}”永远不会成立。", f"The rule '{rule.id}' can never hold.")
        self.never(
            Finding(Kind.NEVER_HOLDS, rule.id, (), said, str(rule.place)),
            lambda translation: translation.rule[rule.id].yes,
            lambda drawn: drawn.read.answers[rule.id] == YES,
        )

    def _outcome(self) -> None:
        if not self.rules.rules:
            return
        said = Wording("没有任何情形会得到肯定的结论。", "No case at all comes out as granted.")
        if self.never(
            Finding(Kind.NEVER_GRANTS, OUTCOME, (), said),
            lambda translation: translation.outcome.yes,
            lambda drawn: drawn.read.outcome == YES,
        ):
            return
        dead = {each.subject for each in self.findings} | {each.subject for each in self.open}
        for rule in self.rules.rules.values():
            if rule.role is Role.GROUND and rule.id not in dead:
                self._ground(rule)

    def _ground(self, rule: Rule) -> None:
        said = Wording(
            f"规则“{rule.id}”成立时，总有别的规则使结论不成立。",
            f"Whenever the rule '{rule.id}' holds, another one keeps the outcome from being granted.",
        )
        self.never(
            Finding(Kind.NEVER_GRANTS, rule.id, (), said, str(rule.place)),
            lambda translation: both(translation.rule[rule.id].yes, translation.outcome.yes),
            lambda drawn: drawn.read.answers[rule.id] == YES and drawn.read.outcome == YES,
        )

    def never(
        self, finding: Finding, flag: Callable[[Translation], Flag], seen: Seen, *, always_seen: bool = True
    ) -> bool:
        """Add the finding if what it speaks of cannot be; whether it was added. `always_seen`: a case shows it."""
        self.questions += 1
        if any(map(seen, self.cases)):
            return False
        answer, items = self._asked(flag)
        if answer.facts is not None:
            if always_seen and not seen(self.search.decided(answer.facts)):
                self.left_open(finding, Why.WRONG)
            return False
        against = next(filter(seen, self.search.cases(AT_LAST)), None)
        if against is not None:
            # A list longer than z3 looked at says nothing against the translation.
            if answer.said is Said.CANNOT_BE and self.translation(items).variables.hold(against.facts):
                self.left_open(finding, Why.WRONG)
            return False
        if answer.said is Said.UNDECIDED:
            self.left_open(finding, Why.UNDECIDED)
            return False
        self.findings.append(replace(finding, said=self._with_few(finding.said, items), searched=AT_LAST))
        return True

    def _asked(self, flag: Callable[[Translation], Flag]) -> tuple[Answer, int]:
        """With few items in a list, then with more."""
        for items in ITEMS:
            translation = self.translation(items)
            answer = ask(translation, flag(translation), self.period)
            if answer.said is not Said.CANNOT_BE or not translation.variables.shortened:
                break
        return answer, items

    def _with_few(self, said: Wording, items: int) -> Wording:
        if not self.translation(items).variables.shortened:
            return said
        return Wording(f"{said.zh}（每份清单至多{items}项）", f"{said.en} (Lists of up to {items} items.)")

    def left_open(self, finding: Finding, why: Why) -> None:
        self.open.append(Open(finding.subject, finding.said, why))

    # -- what should not be, and is -------------------------------------------------------------------------------

    def can_be(self, finding: Finding, flag: Flag, proves: Proves, proof: Callable[[Proof], Wording]) -> bool:
        """Add the finding if a case shows it; whether one does."""
        self.questions += 1
        answer = self._likeliest(flag)
        facts = answer.facts if answer.said is not Said.UNDECIDED else self._drawn_that(proves)
        if facts is None:
            if answer.said is Said.UNDECIDED:
                self.left_open(finding, Why.UNDECIDED)
            return False
        witness = written(facts)
        shown = Proof(self.rules, witness)
        if not proves(shown):
            self.left_open(finding, Why.WRONG)
            return False
        told_ = tuple(told(witness, self.rules.facts))
        stated = self._stated(flag, proves)
        self.findings.append(replace(finding, witness=witness, facts=told_, proof=proof(shown), stated=stated))
        return True

    def _likeliest(self, flag: Flag) -> Answer:
        """A case as offices see them, if there is one: granted, of our time, nothing after the application."""
        translation = self.translation()
        answer = ask(translation, flag, self.period)
        if answer.said is not Said.CAN_BE:
            return answer
        liked = list(translation.variables.likely(self.period.fact if self.period else ""))
        for granted, wishes in product((translation.outcome.yes, True), liked):
            likely = ask(translation, both(flag, granted, *wishes), self.period)
            if likely.said is Said.CAN_BE:
                return likely
        return answer

    def _stated(self, flag: Flag, proves: Proves) -> str:
        """The example by which the file says itself that it is so."""
        variables, words = self.translation().variables, self.translation().codes.words
        for example in self.examples:
            if variables.hold(example.facts) and proves(Proof(self.rules, written(example.facts))):
                fixed = both(flag, *variables.fixed(example.facts, words))
                if ask(self.translation(), fixed, None).said is Said.CAN_BE:
                    return example.name
        return ""

    def _drawn_that(self, proves: Proves) -> Facts | None:
        """Where z3 came to no end a drawn case may still show it."""
        return next((each.facts for each in self.cases if proves(Proof(self.rules, written(each.facts)))), None)

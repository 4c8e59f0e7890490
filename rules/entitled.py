"""Who could have a subsidy (应享), of many people at once: by numpy, and by the evaluator where something is missing.

Whoever surely does not qualify is told apart from those of whom nothing is known that speaks for it: some ground that
holds, or, of a policy without grounds, some condition. Only for these is it worth finding out what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from cases.determinations import Conclusion
from rules.evaluate import evaluate_known
from rules.given import Facts
from rules.intervals import CONFLICT, GAP, NO, PLAIN, YES
from rules.numpy_bulk import bulk_of
from rules.numpy_decided import Decided
from rules.policies import ResolvedPolicy
from rules.population import Array
from rules.population_facts import Known, population_of_known
from rules.reckoner import known_facts
from rules.schema import ResolvedRules, Role

MOST_REMEMBERED: Final = 20_000
UNANSWERED: Final = frozenset({Conclusion.GAP, Conclusion.CONFLICT})


class Stands(StrEnum):
    QUALIFIES = "qualifies"
    WITH_FACTS = "with-facts"
    NOT = "not"
    SILENT = "silent"  # nothing that is known speaks for it
    NO_ANSWER = "no-answer"  # the law has none


@dataclass(frozen=True)
class Standing:
    """`missing`: the facts that could still change the outcome, in the order to ask them."""

    stands: Stands
    missing: tuple[str, ...] = ()
    amount_fen: int | None = None


NOT, SILENT, NO_ANSWER = Standing(Stands.NOT), Standing(Stands.SILENT), Standing(Stands.NO_ANSWER)


class Remembered:
    """What was asked of the evaluator: people of whom the same is known stand alike, and are asked once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Standing] = {}

    def asked(self, policy: ResolvedPolicy, facts: Facts, known: Known) -> Standing:
        key = policy.hash, repr(sorted(facts.items()))
        if key not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[key] = _asked(policy.rules, known)
        return self._found[key]


def standings(policy: ResolvedPolicy, people: Sequence[Facts], remembered: Remembered | None = None) -> list[Standing]:
    """Of each of them, in their order. FactImpossible for the first fact that its declaration does not allow."""
    if not people:
        return []
    remembered = remembered or Remembered()
    rules = policy.rules
    known = [known_facts(rules, facts) for facts in people]
    decided = bulk_of(policy).decide(population_of_known(rules, known))
    speaks = _speaks_for_it(rules, decided, len(people))
    return [
        _settled(decided, place) or (remembered.asked(policy, people[place], known[place]) if speaks[place] else SILENT)
        for place in range(len(people))
    ]


def _settled(decided: Decided, place: int) -> Standing | None:
    """None where it is open."""
    outcome = int(decided.outcome[place])
    if outcome == YES:
        return Standing(Stands.QUALIFIES, amount_fen=_amount(decided, place))
    if outcome == NO:
        return NOT
    return None if outcome & ~(GAP | CONFLICT) else NO_ANSWER


def _asked(rules: ResolvedRules, known: Known) -> Standing:
    """As a determination would come out: taken together, what is missing may no longer matter."""
    found = evaluate_known(rules, known)
    amount = int(found.amount.lo) if found.amount and found.amount.point else None
    if found.conclusion is Conclusion.GRANTED:
        return Standing(Stands.QUALIFIES, amount_fen=amount)
    if found.conclusion is Conclusion.REFUSED:
        return NOT
    if found.conclusion in UNANSWERED:
        return NO_ANSWER
    return Standing(Stands.WITH_FACTS, found.asked.facts, amount)


def _speaks_for_it(rules: ResolvedRules, decided: Decided, size: int) -> Array:
    roles = [rule.role for rule in rules.rules.values()]
    wanted = next((role for role in (Role.GROUND, Role.CONDITION, Role.PATH) if role in roles), None)
    found = np.zeros(size, np.bool_)
    for rule in rules.rules.values():
        if rule.role is wanted:
            found |= decided.verdicts[rule.id] == YES
    return found


def _amount(decided: Decided, place: int) -> int | None:
    if decided.amount is None:
        return None
    low, high, kinds = (int(each[place]) for each in (decided.amount.low, decided.amount.high, decided.amount.kinds))
    return low // decided.amount.denominator if low == high and kinds == PLAIN else None

"""Pairs that contradict each other: two clauses that both apply, two rules that demand different things."""

from itertools import combinations

from cases.wording import Wording
from rules.intervals import CONFLICT, YES
from rules.schema import ByClauses, Clause
from rules.solver_analyst import Analyst
from rules.solver_findings import Finding, Kind
from rules.solver_gaps import flaws_of, kinds_of
from rules.solver_lookups import guards_of, winning
from rules.solver_terms import both
from rules.solver_witness import Proof, Proves


def contradictions(analyst: Analyst) -> None:
    for value in analyst.rules.values.values():
        _clauses(analyst, value)
    _effects(analyst)


def _clauses(analyst: Analyst, value: ByClauses) -> None:
    translation = analyst.translation()
    guards = guards_of(value, translation.top)
    wins = winning(value, guards)
    for one, other in combinations(range(len(value.clauses)), 2):
        first, second = value.clauses[one], value.clauses[other]
        said = Wording(
            f"“{value.name}”的“{first.id}”与“{second.id}”同时适用，谁也不优先。",
            f"'{first.id}' and '{second.id}' of '{value.name}' apply at once, and neither beats the other.",
        )
        analyst.can_be(
            Finding(Kind.CONTRADICTION, value.name, (first.id, second.id), said, str(second.place)),
            both(wins[one], wins[other], flaws_of(translation.named(value.name)).conflict),
            _both_apply(value, first, second),
            lambda _: Wording(f"评估器：{value.name}是规定冲突", f"the evaluator: {value.name} is a conflict"),
        )


def _both_apply(value: ByClauses, *clauses: Clause) -> Proves:
    def proves(shown: Proof) -> bool:
        apply = [shown.reckoner.truth(each.when) for each in clauses if each.when]
        return all(answer == YES for answer in apply) and kinds_of(shown.reckoner.named(value.name)) == CONFLICT

    return proves


def _effects(analyst: Analyst) -> None:
    """Two rules that hold at once and demand different things under one word."""
    for one, other in combinations(analyst.rules.rules.values(), 2):
        words = [
            key for key in one.effect if key != "note" and other.effect.get(key, one.effect[key]) != one.effect[key]
        ]
        if not words:
            continue
        said = Wording(
            f"规则“{one.id}”与“{other.id}”同时成立，而要求不同（{'、'.join(words)}）。",
            f"The rules '{one.id}' and '{other.id}' hold at once and demand different things ({', '.join(words)}).",
        )
        pair = (one.id, other.id)
        analyst.can_be(
            Finding(Kind.CONTRADICTION, one.id, (other.id,), said, str(other.place)),
            both(*(analyst.translation().rule[each].yes for each in pair)),
            lambda shown, pair=pair: all(shown.answers[each] == YES for each in pair),  # type: ignore[misc]  # bound now
            lambda _: Wording("评估器：两条规则都成立", "the evaluator: both rules hold"),
        )

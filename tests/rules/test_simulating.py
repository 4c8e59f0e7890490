"""A change of the law on many people: what each comes to, reckoned by hand and by the evaluator one by one."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pytest

from cases.determinations import Conclusion
from rules.evaluate import CONCLUSIONS
from rules.given import Facts
from rules.intervals import YES
from rules.numpy_bulk import Bulk
from rules.outcome import outcome_of, verdicts
from rules.policies import ResolvedPolicy
from rules.reckoner import Reckoner, known_facts
from rules.simulated_columns import arrays, declared, fitted, given_at, keep, kept_of, take, type_of
from rules.simulated_effects import Dimension, Effect, Tally, effect_of
from rules.simulating import Disagreement, Pair, Simulation
from rules.types import Choice, Number
from rules.units import Unit
from tests.rules.books import a_policy, indented, rule
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.simulated import a_law, people_of, resolved, simulated, types_of

SEEDS = range(6)
OLDER = """
2020-01-01:
  parameters:
    older: {{value: {age}, unit: year, authority: 第一条, tag: T}}
  rules:
{rules}
"""
GRANT = """
2020-01-01:
  parameters:
    share: {{value: {share}%, authority: 第一条, tag: T}}
  rules:
{rules}
  amount: round_down(paid * share)
"""


def older(age: int, more: str = "") -> ResolvedPolicy:
    rules = indented(rule("older", f"years(born_on, applied_on) >= older{more}"), 4)
    return resolved(a_policy(OLDER.format(age=age, rules=rules)))


def grant(share: int, when: str = "disabled") -> ResolvedPolicy:
    return resolved(a_policy(GRANT.format(share=share, rules=indented(rule("disabled", when), 4)), kind="subsidy"))


def born(*years: int) -> list[Facts]:
    """On the birthday of that day, so the age is exactly reached."""
    return [{"born_on": date(year, 6, 1)} for year in years]


def test_fifty_becomes_forty_five() -> None:
    cases = [*born(1974, 1975, 1979, 1980), {"born_on": date(1979, 6, 2)}, {}]
    total = simulated(older(50), older(45), cases).total
    # 50 and 44 stay, 49 and 45 gain; who is 45 tomorrow stays, and whose age is unknown stays open.
    assert total.effects == {Effect.SAME: 4, Effect.GAINS: 2}
    assert (total.granted_before, total.granted_after) == (1, 3)


def test_the_other_way_round_the_same_people_lose_it() -> None:
    total = simulated(older(45), older(50), born(1974, 1975, 1979, 1980)).total
    assert total.effects == {Effect.SAME: 2, Effect.LOSES: 2}


def test_whoever_was_settled_and_lacks_a_fact_of_the_new_law_needs_information() -> None:
    before, after = grant(50, "disabled"), grant(50, "disabled and waited >= 30 days")
    cases: list[Facts] = [{"disabled": True}, {"disabled": True, "waited": 29}, {"disabled": False}, {"waited": 40}]
    total = simulated(before, after, cases).total
    assert total.effects == {Effect.UNDECIDED: 1, Effect.LOSES: 1, Effect.SAME: 2}


def test_whoever_was_open_and_is_refused_now_is_settled() -> None:
    before, after = grant(50, "disabled"), grant(50, "disabled and waited >= 30 days")
    assert simulated(before, after, [{"waited": 29}]).total.effects == {Effect.SETTLED: 1}


def test_amounts_are_those_of_what_is_granted_in_fen_and_rounded_as_the_law_says() -> None:
    cases: list[Facts] = [
        {"disabled": True, "paid": 1001},
        {"disabled": True, "paid": 1},
        {"disabled": False, "paid": 900_000},
        {"disabled": True},
    ]
    found = simulated(grant(50), grant(60), cases)
    assert found.with_amounts
    # 500 and 600; 0 and 0; nothing is granted to the third; what the fourth gets is not known.
    assert found.total == Tally({Effect.MORE: 1, Effect.SAME: 3}, 500, 600, 1, 1, 3, 3)
    assert simulated(grant(60), grant(50), cases).total.effects == {Effect.LESS: 1, Effect.SAME: 3}


def test_people_are_counted_by_category_and_every_category_adds_up() -> None:
    stations = (np.array([0, 0, 1, 1, 0]), ("station-1", "station-2"))
    sexes = ("female", "male", "female", "male")
    cases: list[Facts] = [{**case, "sex": sex} for case, sex in zip(born(1974, 1975, 1979, 1980), sexes, strict=True)]
    cases.append({})
    before, after = (older(age, " and (sex == female or sex == male)") for age in (50, 45))
    found = simulated(before, after, cases, by={Dimension.STATION: stations}, within={"station-1": "cn-50-99"})
    by = {each.dimension: {row.key: row.tally.effects for row in each.rows} for each in found.by}
    assert by[Dimension.STATION] == {
        "station-1": {Effect.SAME: 2, Effect.GAINS: 1},
        "station-2": {Effect.SAME: 1, Effect.GAINS: 1},
    }
    assert by[Dimension.AGE] == {
        "": {Effect.SAME: 1},
        "35-44": {Effect.SAME: 1},
        "45-49": {Effect.GAINS: 2},
        "50-54": {Effect.SAME: 1},
    }
    assert by[Dimension.SEX] == {
        "": {Effect.SAME: 1},
        "female": {Effect.SAME: 1, Effect.GAINS: 1},
        "male": {Effect.SAME: 1, Effect.GAINS: 1},
    }
    for breakdown in found.by:
        assert sum((row.tally for row in breakdown.rows), Tally()) == found.total


def test_of_each_rule_it_is_told_how_many_it_finds_otherwise() -> None:
    (turned,) = simulated(older(50), older(45), born(1974, 1975, 1979, 1980)).rules
    assert (turned.rule, turned.before, turned.after, turned.people) == ("older", "no", "yes", 2)


def test_what_five_share_is_told_in_coarse_steps_and_what_four_share_is_not() -> None:
    five, four = born(1976) * 5, born(1976) * 4
    (alike,) = simulated(older(50), older(45), five).alike
    assert (alike.effect, alike.facts) == (Effect.GAINS, (("born_on", "1975-01-01..1979-12-31"),))
    assert simulated(older(50), older(45), four).alike == ()


def test_where_no_law_governs_nothing_was_granted() -> None:
    people = people_of(types_of(older(50).rules), born(1974, 1990))
    simulation = Simulation({})
    simulation.add(people, Pair(None, older(50)), {}, [0, 1])
    assert simulation.found(5).total.effects == {Effect.GAINS: 1, Effect.SAME: 1}


def test_an_evaluator_that_finds_otherwise_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Bulk.decide

    def wrong(self: Bulk, *arguments: object, **named: object) -> object:
        decided = decide(self, *arguments, **named)  # type: ignore[arg-type]
        return replace(decided, outcome=decided.outcome ^ 3)

    monkeypatch.setattr(Bulk, "decide", wrong)
    with pytest.raises(Disagreement, match="the outcome of somebody"):
        simulated(older(50), older(45), born(1974))


@pytest.mark.parametrize("seed", SEEDS)
def test_gains_and_losses_are_those_that_the_evaluator_finds_one_by_one(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - dice
    before, after = (a_law(a_random_policy(dice), f"{seed}-{turn}") for turn in range(2))
    types = types_of(before.rules) | types_of(after.rules)
    cases: list[Facts] = [some_facts(dice, types, (1.0, 0.85)[turn % 2]) for turn in range(40)]
    found = simulated(before, after, cases)
    sides = [[_by_the_evaluator(law, case) for case in cases] for law in (before, after)]
    effects = Counter(effect_of(was[0], now[0], was[1], now[1]) for was, now in zip(*sides, strict=True))
    assert found.total.effects == effects
    assert (found.total.before_fen, found.total.after_fen) == tuple(sum(fen or 0 for _, fen in side) for side in sides)


def _by_the_evaluator(law: ResolvedPolicy, case: Facts) -> tuple[Conclusion, int | None]:
    """The outcome of the rules, and the amount of what is granted; None where it is not known."""
    known = {name: value for name, value in case.items() if name in law.rules.facts}
    reckoner = Reckoner(law.rules, known_facts(law.rules, known))
    outcome = outcome_of(law.rules, verdicts(reckoner))
    conclusion = CONCLUSIONS.get(outcome, Conclusion.NEEDS_INFORMATION)
    if outcome and not outcome & 3:  # a gap or a conflict, and it is not known which
        conclusion = Conclusion.GAP
    if outcome != YES or law.rules.amount is None:
        return conclusion, 0
    span = reckoner.span(law.rules.amount)
    return conclusion, int(span.lo // 1) if span.point else None


# -- what a snapshot keeps of facts ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_kept_is_what_was_given_in_any_order_and_through_a_file(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - dice
    types = types_of(a_random_policy(dice))
    cases: list[Facts] = [some_facts(dice, types, 0.8) for _ in range(9)]
    order = dice.sample(range(9), 6)
    for name, type_ in types.items():
        refs: dict[str, int] = {}
        kept = keep(type_, [case.get(name) for case in cases], refs)
        back = kept_of(name, type_of(declared(type_)), dict(arrays(name, kept)))
        some = take(back, np.array(order))
        again = keep(type_, [cases[place].get(name) for place in order], dict(refs))
        assert [given_at(some, type_, row) for row in range(6)] == [given_at(again, type_, row) for row in range(6)]


def test_a_value_that_a_newer_declaration_does_not_allow_is_not_known() -> None:
    number, narrower = (Number(Unit.ONE, 0, most) for most in (10, 5))
    kept = keep(number, [3, 6, None], {})
    found = fitted(kept, number, narrower)
    assert found is not None
    assert [given_at(found, narrower, row) for row in range(3)] == [3, None, None]
    colours, others = Choice(("red", "green")), Choice(("blue", "red"))
    found = fitted(keep(colours, ["green", "red"], {}), colours, others)
    assert found is not None
    assert [given_at(found, others, row) for row in range(2)] == [None, "red"]
    assert fitted(kept, number, colours) is None

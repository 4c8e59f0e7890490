"""The translation to z3 says of every case what the evaluator says, and answers as trying every case does."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Final

import pytest
import z3
from hypothesis import HealthCheck, given, settings

from rules import dates
from rules.given import Facts
from rules.intervals import CONFLICT, GAP, NO, PLAIN, YES, Answers
from rules.outcome import outcome_of, verdicts
from rules.printer import text_of
from rules.python_facts import plain_facts
from rules.python_program import PythonProgram
from rules.python_trace import TraceRead
from rules.reckoner import Reckoner, known_facts
from rules.scaled import denominator_of
from rules.schema import ResolvedRules
from rules.solver_calendar import Calendar
from rules.solver_questions import Said, ask
from rules.solver_terms import Flag
from rules.solver_translation import Translation
from rules.solver_values import Held, Point
from rules.types import FIRST_DAY, LAST_DAY, Choice, Day, Number, Truth
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.random_policies import policies

ITEMS = 3
DICE: Final = Random(7)  # noqa: S311 - dice


# -- one case at a time -----------------------------------------------------------------------------------------------


def solution(translation: Translation, facts: Facts) -> z3.ModelRef:
    """The only one there is: every fact is fixed."""
    solver = z3.Solver(ctx=translation.context)
    solver.add(*translation.given, *translation.variables.fixed(facts, translation.codes.words))
    assert solver.check() == z3.sat, facts
    return solver.model()


def is_so(flag: Flag, model: z3.ModelRef) -> bool:
    return flag if isinstance(flag, bool) else z3.is_true(model.eval(flag, model_completion=True))


def answer_in(held: Held, model: z3.ModelRef) -> Answers:
    named = {YES: held.yes, NO: held.no, GAP: held.flaws.gap, CONFLICT: held.flaws.conflict}
    found = [answer for answer, flag in named.items() if is_so(flag, model)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("seed", range(3))
def test_of_random_policies_and_cases_every_verdict_and_amount_is_the_evaluators(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - dice
    for _ in range(6):
        rules = a_random_policy(random)
        translation = Translation(rules, ITEMS)
        types = {name: fact.type for name, fact in rules.facts.items()}
        for _ in range(2):
            facts = some_facts(random, types, 1.0)
            model = solution(translation, facts)
            reckoner = Reckoner(rules, known_facts(rules, facts))
            found = verdicts(reckoner)
            assert {rule: answer_in(held, model) for rule, held in translation.rule.items()} == found, (
                [text_of(rule.when) for rule in rules.rules.values()],
                facts,
            )
            assert answer_in(translation.outcome, model) == outcome_of(rules, found)
            check_amount(rules, translation, reckoner, model)


def check_amount(rules: ResolvedRules, translation: Translation, reckoner: Reckoner, model: z3.ModelRef) -> None:
    if rules.amount is None or not isinstance(translation.amount, Point):
        return
    span, amount = reckoner.span(rules.amount), translation.amount
    flaw = next(
        (kind for kind, flag in ((GAP, amount.flaws.gap), (CONFLICT, amount.flaws.conflict)) if is_so(flag, model)),
        PLAIN,
    )
    assert flaw == span.kinds
    if flaw == PLAIN:
        at = amount.at if isinstance(amount.at, int) else model.eval(amount.at, model_completion=True).as_long()
        assert at == span.lo * denominator_of(rules.amount.type)


# -- the calendar -----------------------------------------------------------------------------------------------------

EVERY_DAY = (FIRST_DAY, LAST_DAY)
MONTH_ENDS = [dates.last_day(dates.month_of(day)) for day in (FIRST_DAY, LAST_DAY)]
LEAP = [dates.first_day(year * 12 + 1) + 28 for year in (1904, 2000, 2096)]  # 29 February


@pytest.mark.parametrize("day", [*EVERY_DAY, *MONTH_ENDS, *LEAP, *(DICE.randint(*EVERY_DAY) for _ in range(6))])
@pytest.mark.parametrize("by", [-13, 1, 12])
def test_months_are_counted_on_every_line_of_the_calendar(day: int, by: int) -> None:
    context = z3.Context()
    calendar = Calendar(context)
    start, end = z3.Ints("start end", context)
    later = dates.add_months(day, by)
    month, number = calendar.month_and_day(start, EVERY_DAY)
    reached = calendar.add_months(start, by, EVERY_DAY, (by, by))
    between = calendar.months_between(start, end, (EVERY_DAY, (FIRST_DAY - 500, LAST_DAY + 500)))
    solver = z3.Solver(ctx=context)
    solver.add(*calendar.given, start == day, end == later)
    assert solver.check() == z3.sat
    model = solver.model()
    assert model.eval(month).as_long() == dates.month_of(day)
    assert model.eval(number).as_long() == day - dates.first_day(dates.month_of(day)) + 1
    assert model.eval(reached).as_long() == later
    assert model.eval(between).as_long() == dates.months_between(day, later)


# -- all cases of a small world ---------------------------------------------------------------------------------------


def every_case(rules: ResolvedRules, names: tuple[str, ...]) -> Iterator[Facts]:
    """All that the declarations allow; the facts are few and their ranges small."""
    values: list[list[object]] = []
    for name in names:
        match rules.facts[name].type:
            case Truth():
                values.append([True, False])
            case Choice(members):
                values.append(list(members))
            case Day(least, most):
                values.append([date.fromordinal(day) for day in range(least, most + 1)])
            case Number(least=least, most=most):
                values.append(list(range(int(least), int(most) + 1)))
            case other:
                raise TypeError(other)
    for way in product(*values):
        yield dict(zip(names, way, strict=True))  # type: ignore[arg-type]  # as each was declared


@given(rules=policies(lists=False))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_what_can_be_and_what_cannot_is_what_trying_every_case_finds(rules: ResolvedRules) -> None:
    program, translation = PythonProgram(rules), Translation(rules, ITEMS)
    seen: set[tuple[str, Answers]] = set()
    for facts in every_case(rules, program.reads):
        plain = plain_facts(rules, program.reads, facts)
        assert plain is not None
        read = TraceRead(rules, program.traced(plain))
        seen |= {*read.answers.items(), ("outcome", read.outcome)}
    for what, held in (*translation.rule.items(), ("outcome", translation.outcome)):
        named = {YES: held.yes, NO: held.no, GAP: held.flaws.gap, CONFLICT: held.flaws.conflict}
        for answer, flag in named.items():
            said = ask(translation, flag, None).said
            assert said is (Said.CAN_BE if (what, answer) in seen else Said.CANNOT_BE), (what, answer)


def test_a_question_that_takes_more_than_it_may_is_undecided_and_not_answered() -> None:
    rules = a_random_policy(DICE)
    translation = Translation(rules, ITEMS)
    flag = next(held.yes for held in translation.rule.values() if not isinstance(held.yes, bool))
    assert ask(translation, flag, None, resources=1).said is Said.UNDECIDED

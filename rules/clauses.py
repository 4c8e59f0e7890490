"""Which clause gives a value: of those whose guard holds, the one that no other of them beats.

None is a gap in the law, two are a conflict that a person must settle. While guards are unknown, every way they could
turn out is looked at.
"""

from collections.abc import Iterator
from itertools import product

from rules.declared import beaten_by
from rules.intervals import (
    CONFLICT,
    FLAWS,
    GAP,
    NO,
    YES,
    Answers,
    Options,
    Span,
    Value,
    either_option,
    hull,
    without_value,
)
from rules.schema import ByClauses, Clause
from rules.scope import Scope
from rules.types import Choice, Ref, Truth, Type

MOST_WAYS = 4096


def value_by_clauses(value: ByClauses, scope: Scope) -> Value:
    guards = [scope.truth(clause.when) if clause.when else YES for clause in value.clauses]
    winners, flaws = _outcomes(value, guards)
    given = [scope.value(clause.be) for clause in value.clauses if clause.id in winners]
    return _one_of(given, flaws, value.clauses[0].be.type)


def _outcomes(value: ByClauses, guards: list[Answers]) -> tuple[set[str], Answers]:
    """Every clause that could win, and every flaw that could come instead."""
    winners: set[str] = set()
    flaws = 0
    beats = beaten_by(value)
    for way in _ways(guards):
        if way is None:
            return {clause.id for clause in value.clauses}, FLAWS
        holding = [clause for clause, answer in zip(value.clauses, way, strict=True) if answer == YES]
        beaten = {loser for clause in holding for loser in beats[clause.id]}
        unbeaten = [clause.id for clause in holding if clause.id not in beaten]
        open_ = [answer for clause, answer in _pairs(value, way) if answer & FLAWS and clause.id not in beaten]
        if open_:
            flaws |= CONFLICT if CONFLICT in open_ else GAP
        elif len(unbeaten) == 1:
            winners |= set(unbeaten)
        else:
            flaws |= CONFLICT if unbeaten else GAP
    return winners, flaws


def _pairs(value: ByClauses, way: tuple[Answers, ...]) -> Iterator[tuple[Clause, Answers]]:
    return zip(value.clauses, way, strict=True)


def _ways(guards: list[Answers]) -> Iterator[tuple[Answers, ...] | None]:
    """Each way the guards could turn out; None once there are too many to look at."""
    singles = [[answer for answer in (YES, NO, GAP, CONFLICT) if answer & guard] for guard in guards]
    for number, way in enumerate(product(*singles)):
        if number >= MOST_WAYS:
            yield None
            return
        yield way


def _one_of(values: list[Value], flaws: Answers, type_: Type) -> Value:
    if isinstance(type_, Truth):
        for value in values:
            flaws |= value if isinstance(value, int) else 0
        return flaws
    if isinstance(type_, Choice | Ref):
        options = [value for value in values if isinstance(value, Options)]
        return either_option([*options, Options(frozenset(), flaws)])
    return hull([*(value for value in values if isinstance(value, Span)), without_value(flaws)])

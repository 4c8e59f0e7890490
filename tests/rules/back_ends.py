"""Every back end asked about the same random policies and cases, and the first difference told whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Final

from cases.determinations import Verdict
from rules.durable_compiler import EnginePolicy, compiled
from rules.durable_engine import LoadedProgram
from rules.durable_limits import UnsafeForEngine
from rules.durable_program import OUTCOME
from rules.engine_fields import engine_fields
from rules.given import Facts
from rules.intervals import NO, PLAIN, YES, Answers
from rules.numpy_bulk import bulk
from rules.numpy_decided import Bounds
from rules.outcome import outcome_of, verdicts
from rules.population_facts import population_of
from rules.printer import text_of
from rules.python_facts import plain_facts
from rules.python_program import PlainFacts, PythonProgram
from rules.python_trace import TraceRead, answer_of
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from rules.types import Exact
from tests.rules.quick_policies import a_random_policy, some_facts

KNOWN: Final = (1.0, 0.85, 1.0, 0.6)  # how much is known of a case, in turns: half of them are complete
VERDICTS: Final = {YES: Verdict.YES, NO: Verdict.NO}


class Differ(AssertionError):
    """Two back ends differ; says which policy and which case of which seed, so that it can be asked again."""


@dataclass(frozen=True)
class Decided:
    """What the evaluator makes of a case: of every rule and of the outcome, and the amount where it is settled."""

    answers: Mapping[str, Answers]
    outcome: Answers
    amount: Exact | None


def decided(rules: ResolvedRules, reckoner: Reckoner) -> Decided:
    found = verdicts(reckoner)
    span = reckoner.span(rules.amount) if rules.amount else None
    return Decided(found, outcome_of(rules, found), span.lo if span and span.point else None)


@dataclass
class Trial:
    """One policy in all its back ends."""

    rules: ResolvedRules
    engine: EnginePolicy
    loaded: LoadedProgram
    program: PythonProgram

    @classmethod
    def drawn(cls, random: Random) -> "Trial":
        while True:
            rules = a_random_policy(random)
            try:
                engine = compiled(rules)
            except UnsafeForEngine:
                continue
            return cls(rules, engine, LoadedProgram(engine.program), PythonProgram(rules))

    def cases(self, random: Random, number: int) -> list[Facts]:
        types = {name: fact.type for name, fact in self.rules.facts.items()}
        return [some_facts(random, types, KNOWN[turn % len(KNOWN)]) for turn in range(number)]

    def differences(self, facts: Facts, in_bulk: Decided) -> dict[str, object]:
        """By back end what it says other than the evaluator."""
        reckoner = Reckoner(self.rules, known_facts(self.rules, facts))
        expected = decided(self.rules, reckoner)
        found: dict[str, object] = {}
        if in_bulk != expected:
            found["numpy"] = in_bulk
        theirs = self._engine(reckoner)
        if theirs != self._told(expected):
            found["durable-rules"] = theirs
        ours = self._python(facts)
        if ours is not None and ours != expected:
            found["python"] = ours
        return {"evaluator": expected, **found} if found else {}

    def plain(self, facts: Facts) -> PlainFacts | None:
        return plain_facts(self.rules, self.program.reads, facts)

    def _engine(self, reckoner: Reckoner) -> Mapping[str, Verdict]:
        announced = self.loaded.verdicts(engine_fields(self.engine.asked, reckoner))
        return {rule: Verdict(announced.get(rule, Verdict.UNKNOWN)) for rule in (*self.rules.rules, OUTCOME)}

    def _told(self, expected: Decided) -> Mapping[str, Verdict]:
        answers = {**expected.answers, OUTCOME: expected.outcome}
        return {rule: VERDICTS.get(answer, Verdict.UNKNOWN) for rule, answer in answers.items()}

    def _python(self, facts: Facts) -> Decided | None:
        plain = self.plain(facts)
        if plain is None:
            return None
        trace = self.program.traced(plain)
        read = TraceRead(self.rules, trace)
        amount = read.amount if isinstance(read.amount, int) else None
        return Decided(read.answers, answer_of(trace[0]), amount)

    def in_bulk(self, cases: Sequence[Facts]) -> list[Decided]:
        """By numpy, the complete ones among themselves: for them it writes another program."""
        complete = [self.plain(facts) is not None for facts in cases]
        found: dict[int, Decided] = {}
        for which in (True, False):
            places = [place for place, each in enumerate(complete) if each is which]
            together = bulk(self.rules).decide(population_of(self.rules, [cases[place] for place in places]))
            for row, place in enumerate(places):
                answers = {rule: int(column[row]) for rule, column in together.verdicts.items()}
                amount = _amount(together.amount, row) if together.amount else None
                found[place] = Decided(answers, int(together.outcome[row]), amount)
        return [found[place] for place in range(len(cases))]

    def text(self) -> str:
        parts = [f"{name} := {text_of(part.be)}" for name, part in self.rules.parts.items()]
        columns = [f"{of}.{name} := {text_of(column.be)}" for (of, name), column in self.rules.columns.items()]
        rules = [f"{rule.id} ({rule.role}): {text_of(rule.when)}" for rule in self.rules.rules.values()]
        return "\n".join([*parts, *columns, *rules, text_of(self.rules.amount) if self.rules.amount else "no amount"])


def _amount(bounds: Bounds, row: int) -> Exact | None:
    if bounds.kinds[row] != PLAIN or bounds.low[row] != bounds.high[row]:
        return None
    return Fraction(int(bounds.low[row]), bounds.denominator)


def compare(seed: int, policies: int, cases: int) -> dict[str, int]:
    """How many cases were compared, and with how many back ends; Differ at the first difference."""
    random, counted = Random(seed), {"cases": 0, "complete": 0}  # noqa: S311 - dice
    for number in range(policies):
        trial = Trial.drawn(random)
        try:
            drawn = trial.cases(random, cases)
            for facts, in_bulk in zip(drawn, trial.in_bulk(drawn), strict=True):
                if differences := trial.differences(facts, in_bulk):
                    told = "\n".join(f"{who}: {what}" for who, what in differences.items())
                    raise Differ(f"seed {seed}, policy {number}\n{trial.text()}\n{dict(facts)}\n{told}")
                counted["cases"] += 1
                counted["complete"] += trial.plain(facts) is not None
        finally:
            trial.loaded.close()
    return counted

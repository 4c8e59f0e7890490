"""What the generated program says of a case with complete facts is what the evaluator says, to the last value read."""

from dataclasses import dataclass

from rules.durable_compiler import compiled
from rules.durable_limits import UnsafeForEngine
from rules.engine_fields import engine_fields
from rules.evaluate import evaluate_known
from rules.failing import failing_parts
from rules.given import Facts
from rules.intervals import NO
from rules.outcome import outcome_of
from rules.python_facts import plain_facts
from rules.python_program import PlainFacts, PythonProgram
from rules.python_runtime import Flaw
from rules.python_trace import TraceRead
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules


@dataclass
class Programs:
    """Of the policy asked last: cases of one policy come one after another."""

    rules: ResolvedRules | None = None
    program: PythonProgram | None = None

    def of(self, rules: ResolvedRules) -> PythonProgram:
        if self.program is None or self.rules is not rules:
            self.rules, self.program = rules, PythonProgram(rules)
        return self.program


PROGRAMS = Programs()


def check_agreement(rules: ResolvedRules, facts: Facts) -> bool:
    """False where something is unknown, so that there is nothing to compare."""
    program = PROGRAMS.of(rules)
    plain = plain_facts(rules, program.reads, facts)
    if plain is None:
        return False
    known = known_facts(rules, facts)
    expected, reckoner = evaluate_known(rules, known), Reckoner(rules, known)
    read = TraceRead(rules, program.traced(plain))
    answers = {result.rule.id: result.answers for result in expected.results}
    assert read.answers == answers
    assert read.outcome == outcome_of(rules, answers)
    amount = expected.amount
    assert (read.amount if not isinstance(read.amount, Flaw) else None) == (
        amount.lo if amount and amount.point else None
    )
    assert read.parts == expected.parts
    assert read.items == {item.item: item.read for item in expected.items}
    for result in expected.results:
        names = {reading.name for reading in result.read} & {*rules.facts, *rules.parts, *rules.values}
        assert read.read(result.rule.id) == tuple(each for each in result.read if each.name in names)
        failed = read.rule(result.rule.id).failed
        assert (failed is None) is (result.answers != NO)
        if failed:
            assert failing_parts(failed, reckoner) == result.failing
    _check_engine_fields(rules, facts, plain)
    return True


def _check_engine_fields(rules: ResolvedRules, facts: Facts, plain: PlainFacts) -> None:
    """The engine is asked the same: flags and texts as they are, and of differences the sign."""
    try:
        asked = compiled(rules).asked
    except UnsafeForEngine:
        return
    ours = engine_fields(asked, Reckoner(rules, known_facts(rules, facts)))
    theirs = PROGRAMS.of(rules).engine_fields(asked)(plain)
    assert {name: _sign(value) for name, value in theirs.items()} == {name: _sign(v) for name, v in ours.items()}


def _sign(value: int | str) -> int | str:
    return value if isinstance(value, str) else (value > 0) - (value < 0)

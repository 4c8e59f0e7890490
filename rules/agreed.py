"""One policy and many complete cases, each decided twice: by its generated program and by the rule engine.

A case on which the two differ, or which the engine did not answer, is named; it never counts as decided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from cases.determinations import Disagreement, Verdict
from rules.decisions import EngineVerdicts
from rules.durable_program import OUTCOME, DurableProgram
from rules.given import Facts
from rules.policies import ResolvedPolicy
from rules.python_facts import plain_facts
from rules.python_program import Fields, PlainFacts, Trace, program_of
from rules.python_runtime import Flaw

AT_ONCE: Final = 256
Verdicts: TypeAlias = Mapping[str, Verdict]
ManyVerdicts: TypeAlias = Callable[[DurableProgram, Sequence[Fields]], Sequence[Verdicts | Exception]]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a case came to. `unanswered`: why the engine said nothing about it."""

    trace: Trace
    disagreements: tuple[Disagreement, ...] = ()
    unanswered: str = ""

    @property
    def decided(self) -> bool:
        return not self.disagreements and not self.unanswered


class AgreedPolicy:
    """Made once for each policy, as its programs are."""

    def __init__(self, policy: ResolvedPolicy) -> None:
        self._policy = policy
        self._generated = program_of(policy)
        self._program = policy.engine.program
        self._fields = self._generated.engine_fields(policy.engine.asked)
        self._rules = tuple(policy.rules.rules)

    def plain(self, facts: Facts) -> PlainFacts | None:
        """A case as `decide` takes it; None where something is unknown, so that `rules.decisions` has to decide it."""
        return plain_facts(self._policy.rules, self._generated.reads, facts)

    def decide(self, facts: PlainFacts, engine: EngineVerdicts) -> Agreed:
        return self._compared(self._generated.traced(facts), engine(self._program, self._fields(facts)))

    def decide_many(
        self, cases: Iterable[PlainFacts], engine: ManyVerdicts, at_once: int = AT_ONCE
    ) -> Iterator[Agreed]:
        """In the order of the cases."""
        remaining = iter(cases)
        while some := list(islice(remaining, at_once)):
            answers = engine(self._program, [self._fields(facts) for facts in some])
            for facts, answer in zip(some, answers, strict=True):
                trace = self._generated.traced(facts)
                if isinstance(answer, Exception):
                    yield Agreed(trace, unanswered=str(answer))
                else:
                    yield self._compared(trace, answer)

    def _compared(self, trace: Trace, engine: Verdicts) -> Agreed:
        differences = [
            Disagreement(rule, verdict, theirs)
            for rule, code in zip(self._rules, trace[2], strict=True)
            if (theirs := engine[rule]) is not (verdict := _verdict(code))
        ]
        outcome = Verdict.UNKNOWN if isinstance(trace[0], Flaw) else Verdict.YES if trace[0] else Verdict.NO
        if engine[OUTCOME] is not outcome:
            differences.append(Disagreement(OUTCOME, outcome, engine[OUTCOME]))
        return Agreed(trace, tuple(differences))


def _verdict(code: int) -> Verdict:
    return Verdict.YES if code == 0 else Verdict.NO if code > 0 else Verdict.UNKNOWN

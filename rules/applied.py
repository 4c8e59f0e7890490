"""Which clause gave a value, and which clauses that held too it beat: of a conflict, the clauses that clash."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.authorities import Authority
from rules.declared import beaten_by
from rules.intervals import NO, YES
from rules.reckoner import Reckoner
from rules.schema import Clause


@dataclass(frozen=True)
class Applied:
    """One clause of a value whose condition holds."""

    clause: str
    authority: Authority | None


@dataclass(frozen=True)
class ClausesTold:
    """`applied` is one clause; none where the law has a gap or facts are missing, two that clash where it conflicts.

    `open` are clauses of which nobody knows yet whether they hold.
    """

    value: str
    applied: tuple[Applied, ...]
    beaten: tuple[Applied, ...]
    open: tuple[Applied, ...]


def clauses_told(reckoner: Reckoner) -> Iterator[ClausesTold]:
    for name, value in reckoner.rules.values.items():
        answers = {clause.id: reckoner.truth(clause.when) if clause.when else YES for clause in value.clauses}
        beats = beaten_by(value)
        beaten = {loser for clause in value.clauses if answers[clause.id] == YES for loser in beats[clause.id]}
        holding = [clause for clause in value.clauses if answers[clause.id] == YES]
        yield ClausesTold(
            value=name,
            applied=tuple(_applied(clause) for clause in holding if clause.id not in beaten),
            beaten=tuple(_applied(clause) for clause in holding if clause.id in beaten),
            open=tuple(_applied(clause) for clause in value.clauses if answers[clause.id] not in (YES, NO)),
        )


def _applied(clause: Clause) -> Applied:
    return Applied(clause.id, clause.authority)

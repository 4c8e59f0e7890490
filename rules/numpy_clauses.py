"""Writes which clause gives a value: of those whose guard holds, the one that no other of them beats.

The evaluator looks at every way in which unknown guards could turn out. Here it is written out what that comes to: as
`beats` is passed on, a clause wins exactly if it holds and none holds that it does not beat.
"""

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from rules.clauses import MOST_WAYS
from rules.declared import beaten_by
from rules.flawless import clash, ranked
from rules.intervals import CONFLICT, FLAWS, GAP, NO, YES, Answers
from rules.numpy_choosing import SOUND, Flawed, picked, possible
from rules.numpy_joining import holding
from rules.numpy_masks import mask_and, mask_or
from rules.numpy_text import Operand, Writer
from rules.numpy_values import Single, Truth, Value, certainly
from rules.schema import ByClauses, Clause

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

NEVER_YES = NO | FLAWS


def by_clauses(value: ByClauses, scope: "Scope") -> Value:
    guards = {clause.id: scope.truth(clause.when) if clause.when else certainly(YES) for clause in value.clauses}
    writer = scope.writer
    ways = _Ways(value, guards, writer)
    if all(guard.mask or guard.constant in (YES, NO) for guard in guards.values()):
        return _known(value, ways, scope)
    wins = {clause: ways.wins(clause) for clause in guards}
    flaws = _flags(ways.conflict(), ways.gap(), writer)
    if ways.most > MOST_WAYS:
        many = writer.let(f"{{0}} > {MOST_WAYS}", ways.number())
        wins = {clause: mask_or(many, when, writer) for clause, when in wins.items()}
        either = writer.let("np.where({0}, {1}, {2})", many, writer.small(FLAWS), _kinds(flaws, writer))
        flaws = Flawed(either, FLAWS)
    return possible([(wins[clause.id], _be(clause, scope)) for clause in value.clauses], flaws, writer)


def _known(value: ByClauses, ways: "_Ways", scope: "Scope") -> Single:
    """Every guard is known: one clause wins, or it is sure that none does."""
    writer, clashes = scope.writer, clash(value)
    order = ranked(value)
    if not clashes:
        return picked([(ways.may(clause.id, YES), _be(clause, scope)) for clause in order], SOUND, writer)
    flaws = _flags(ways.conflict() if clashes & CONFLICT else 0, ways.gap() if clashes & GAP else 0, writer)
    return picked([(ways.wins(clause.id), _be(clause, scope)) for clause in order], flaws, writer)


def _be(clause: Clause, scope: "Scope") -> Single:
    found = scope.value(clause.be)
    if hasattr(found, "there"):
        raise TypeError("A clause gives one value.")
    return found


def _flags(conflict: Operand, gap: Operand, writer: Writer) -> Flawed:
    kinds: Operand = 0
    every = 0
    for mask, flaw in ((conflict, CONFLICT), (gap, GAP)):
        if mask == 0:
            continue
        every |= flaw
        flag = writer.small(flaw) if mask == 1 else writer.let(f"logic.flag({{0}}, {flaw})", mask)
        kinds = flag if kinds == 0 else writer.let("{0} | {1}", kinds, flag)
    return Flawed(kinds, every)


def _kinds(flaws: Flawed, writer: Writer) -> Operand:
    return writer.small(flaws.kinds) if isinstance(flaws.kinds, int) else flaws.kinds


@dataclass(frozen=True)
class _Ways:
    """How the guards could turn out."""

    value: ByClauses
    guards: dict[str, Truth]
    writer: Writer

    @property
    def _beats(self) -> dict[str, frozenset[str]]:
        return beaten_by(self.value)

    def _above(self, clause: str) -> list[str]:
        return [other for other, beaten in self._beats.items() if clause in beaten]

    def may(self, clause: str, answers: Answers) -> Operand:
        return holding(self.guards[clause], answers, self.writer)

    def _every(self, masks: "list[Operand]") -> Operand:
        none: Operand = 1
        return reduce(lambda found, mask: mask_and(found, mask, self.writer), masks, none)

    def _any(self, masks: "list[Operand]") -> Operand:
        none: Operand = 0
        return reduce(lambda found, mask: mask_or(found, mask, self.writer), masks, none)

    def wins(self, clause: str) -> Operand:
        others = [other for other in self.guards if other != clause and other not in self._beats[clause]]
        return self._every([self.may(clause, YES), *(self.may(other, NO) for other in others)])

    def gap(self) -> Operand:
        nothing = self._every([self.may(clause, NO) for clause in self.guards])
        return self._any([nothing, *(self._open_gap(clause) for clause in self.guards)])

    def conflict(self) -> Operand:
        names = list(self.guards)
        pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
        return self._any([*(self._two(*pair) for pair in pairs), *(self._open_conflict(clause) for clause in names)])

    def _two(self, one: str, other: str) -> Operand:
        """Both hold and neither is beaten; nothing that the law leaves open stands beside them."""
        if other in self._beats[one] or one in self._beats[other]:
            return 0
        above = {*self._above(one), *self._above(other)}
        rest = [clause for clause in self.guards if clause not in above and clause not in (one, other)]
        return self._every(
            [
                self.may(one, YES),
                self.may(other, YES),
                *(self.may(clause, NO) for clause in above),
                *(self._closed(clause, above, YES | NO) for clause in rest),
            ]
        )

    def _closed(self, clause: str, not_holding: set[str], harmless: Answers) -> Operand:
        """Whether a guard may come out harmlessly, or else be beaten by one that may hold."""
        beaten = [self.may(over, YES) for over in self._above(clause) if over not in not_holding]
        return self._any([self.may(clause, harmless), *beaten])

    def _open_conflict(self, clause: str) -> Operand:
        """Its guard is a conflict, and nothing that holds beats it."""
        return self._every([self.may(clause, CONFLICT), *(self.may(over, NEVER_YES) for over in self._above(clause))])

    def _open_gap(self, clause: str) -> Operand:
        """Its guard is a gap, nothing that holds beats it, and no conflict weighs more."""
        above = self._above(clause)
        rest = [other for other in self.guards if other not in above and other != clause]
        return self._every(
            [
                self.may(clause, GAP),
                *(self.may(over, NO | GAP) for over in above),
                *(self._closed(other, {*above, clause}, YES | NO | GAP) for other in rest),
            ]
        )

    @property
    def most(self) -> int:
        return reduce(lambda found, guard: found * guard.possible.bit_count(), self.guards.values(), 1)

    def number(self) -> Operand:
        found: Operand = 1
        for guard in self.guards.values():
            if guard.constant is not None:
                found = self.writer.let("{0} * {1}", found, guard.constant.bit_count())
            elif not guard.mask:
                found = self.writer.let("np.multiply({0}, logic.choices({1}), dtype=np.int64)", found, guard.code)
        return found

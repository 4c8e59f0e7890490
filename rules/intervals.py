"""What is known of a value when some facts are missing: every value it could still have.

A truth is a set of possible answers, held as bits. Two are flaws of the law, not of our knowledge: a GAP (no row,
clause or value) and a CONFLICT (two clauses that both hold). An answer is settled when one possibility is left; more
facts only ever take possibilities away. That is why a settled verdict never changes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from rules.types import Exact

Answers = int  # bits of YES NO GAP CONFLICT
YES, NO, GAP, CONFLICT = 1, 2, 4, 8
EITHER = YES | NO
FLAWS = GAP | CONFLICT
PLAIN = YES  # of a value that is not a truth: it may be an ordinary one


def settled(answers: Answers) -> bool:
    """Whether one answer is left."""
    return answers in (YES, NO, GAP, CONFLICT)


def _both(left: Answers, right: Answers) -> Answers:
    """`and` of two single answers: one no decides; otherwise a flaw leaves it flawed."""
    return next(answer for answer in (NO, CONFLICT, GAP, YES) if answer in (left, right))


def _table(join: Callable[[Answers, Answers], Answers]) -> tuple[tuple[Answers, ...], ...]:
    """A join of single answers, carried over to sets of them."""
    singles = (YES, NO, GAP, CONFLICT)

    def joined(left: Answers, right: Answers) -> Answers:
        pairs = (join(a, b) for a in singles if a & left for b in singles if b & right)
        return reduce(lambda found, answer: found | answer, pairs, 0)

    return tuple(tuple(joined(left, right) for right in range(16)) for left in range(16))


NOT = tuple((answers & FLAWS) | (NO if answers & YES else 0) | (YES if answers & NO else 0) for answers in range(16))
AND = _table(_both)
OR = tuple(tuple(NOT[AND[NOT[left]][NOT[right]]] for right in range(16)) for left in range(16))


def all_of(answers: Iterable[Answers]) -> Answers:
    return reduce(lambda found, answer: AND[found][answer], answers, YES)


def any_of(answers: Iterable[Answers]) -> Answers:
    return reduce(lambda found, answer: OR[found][answer], answers, NO)


def flawed(*kinds: Answers) -> Answers:
    """What a value made from these can be: ordinary only if all are; a conflict weighs more than a gap."""
    return reduce(lambda found, kind: AND[found][kind], kinds, PLAIN)


@dataclass(frozen=True, slots=True)
class Span:
    """A number, day or month between two bounds; `kinds` says whether it may be ordinary, a gap, a conflict."""

    lo: Exact
    hi: Exact
    kinds: Answers = PLAIN

    @property
    def point(self) -> bool:
        return self.lo == self.hi and self.kinds == PLAIN

    @property
    def settled(self) -> bool:
        return self.point or self.kinds in (GAP, CONFLICT)


def point(value: Exact) -> Span:
    return Span(value, value)


def without_value(flaws: Answers) -> Span:
    return Span(0, 0, flaws)


def combined(reckon: Callable[..., tuple[Exact, Exact]], *spans: Span) -> Span:
    """A value reckoned from others; without an ordinary value for each there is none to reckon."""
    kinds = PLAIN
    for span in spans:
        if span.kinds != PLAIN:
            kinds = AND[kinds][span.kinds]
    if not kinds & PLAIN:
        return without_value(kinds)
    lo, hi = reckon(*spans)
    return Span(lo, hi, kinds)


def hull(spans: Iterable[Span]) -> Span:
    """One of these values, and nobody knows which."""
    kinds, lo, hi = 0, None, None
    for span in spans:
        kinds |= span.kinds
        if span.kinds & PLAIN:
            lo = span.lo if lo is None else min(lo, span.lo)
            hi = span.hi if hi is None else max(hi, span.hi)
    return Span(lo if lo is not None else 0, hi if hi is not None else 0, kinds)


@dataclass(frozen=True, slots=True)
class Options:
    """A member of an enum, or a ref, out of these; None: any ref at all."""

    among: frozenset[str] | None
    kinds: Answers = PLAIN

    @property
    def settled(self) -> bool:
        one = self.among is not None and len(self.among) == 1 and self.kinds == PLAIN
        return one or self.kinds in (GAP, CONFLICT)


def either_option(options: Iterable[Options]) -> Options:
    found, kinds, anything = frozenset[str](), 0, False
    for each in options:
        kinds |= each.kinds
        if each.kinds & PLAIN:
            anything = anything or each.among is None
            found |= each.among or frozenset()
    return Options(None if anything else found, kinds)


@dataclass(frozen=True, slots=True)
class Row:
    """One item's fields. `label` names it (`referrals[3]`)."""

    label: str
    of: str
    fields: "Mapping[str, Value]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a list, and whether it is in it."""

    value: "Row | Value"
    present: Answers = YES
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """The entries known of, and up to `more` that nobody has told of, each of them like `ghost`.

    A ghost need not be there, so its `present` always holds NO.
    """

    entries: tuple[Entry, ...]
    ghost: Entry | None = None
    more: int = 0

    @property
    def settled(self) -> bool:
        return not self.more and all(settled(entry.present) and is_settled(entry.value) for entry in self.entries)

    def kept(self, keep: Callable[[Entry], Answers]) -> "Items":
        """Only those that `keep` says yes to, as far as that is known."""
        marked = ((entry, AND[entry.present][keep(entry)]) for entry in self.entries)
        entries = tuple(
            entry if present == entry.present else replace(entry, present=present)
            for entry, present in marked
            if present != NO
        )
        ghost = self.ghost and replace(self.ghost, present=AND[self.ghost.present][keep(self.ghost)])
        return Items(entries, ghost, self.more) if ghost and ghost.present != NO else Items(entries)

    @property
    def kinds(self) -> Answers:
        """Whether it is certain what the list holds, or the law leaves that open."""
        kinds = flawed(*((entry.present & FLAWS) | (PLAIN if entry.present & EITHER else 0) for entry in self.entries))
        return kinds | (self.ghost.present & FLAWS if self.ghost else 0)


Value = Answers | Span | Options | Items


def is_settled(value: "Row | Value") -> bool:
    if isinstance(value, int):
        return settled(value)
    if isinstance(value, Row):
        return all(is_settled(part) for part in value.fields.values())
    return value.settled


def fraction(value: Exact) -> str:
    """Exact text: 600, or 2/3."""
    return str(Fraction(value))

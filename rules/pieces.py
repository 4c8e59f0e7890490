"""An unknown fact's range, cut into pieces on which every comparison has one sign."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from rules.atoms import Atom
from rules.intervals import NO, YES, Entry, Items, Options, Row, Span, Value
from rules.reckoner import Reckoner
from rules.schema import ResolvedRules
from rules.types import Choice, Exact, Number, Ordered, Ref, Truth, Type

Signs = tuple[int, ...]
MOST_REACHED = 20_000  # comparisons made while cutting
OTHER_REFS = ("\0one", "\0another")  # refs that no fact has named; two, so that two unknown ones can differ


class TooManyPieces(Exception):
    """Trying them all would take too long; every fact that could matter is asked instead."""


def choices_of(type_: Type, known: Mapping[str, Value]) -> list[Value] | None:
    """The values of a fact that has few: yes and no, members, and refs that are or are not one of those known."""
    match type_:
        case Truth():
            return [YES, NO]
        case Choice(members):
            return [Options(frozenset((member,))) for member in members]
        case Ref():
            refs = dict.fromkeys((*_refs(known.values()), *OTHER_REFS))
            return [Options(frozenset((ref,))) for ref in refs]
    return None


def _refs(values: "Iterable[Row | Value]") -> Iterator[str]:
    for value in values:
        match value:
            case Options(among) if among is not None and len(among) == 1:
                yield from among
            case Items(entries):
                yield from _refs(entry.value for entry in entries if isinstance(entry, Entry))
            case Row(fields=fields):
                yield from _refs(fields.values())


class Cutter:
    """Ranges are counted in steps of their type: days, months, fen, or a declared fraction."""

    def __init__(self, rules: ResolvedRules, known: Mapping[str, Value], atoms: Sequence[Atom]) -> None:
        self._rules = rules
        self._known = known
        self._atoms = atoms  # of what is still open; how others compare does not matter any more
        self._reached = 0

    def neighbours(self, name: str) -> frozenset[str]:
        """The facts that stand in a comparison with this one: its pieces depend on their values."""
        return frozenset(fact for atom in self._about(name) for fact in atom.facts) - {name}

    def _about(self, name: str) -> list[Atom]:
        return [atom for atom in self._atoms if name in atom.facts]

    def _bounds(self, name: str) -> tuple[int, int, int]:
        type_ = self._rules.facts[name].type
        if not isinstance(type_, Ordered):
            raise TypeError(f"{name} is not a number, day or month.")
        return bounds_of(type_)

    def ends(self, name: str) -> list[Value]:
        least, most, steps = self._bounds(name)
        return [stretch(end, end, steps) for end in sorted({least, most})]

    def starts(self, name: str, others: Mapping[str, Value]) -> Iterator[int]:
        """Where pieces begin, the other facts being as given."""
        least, most, _ = self._bounds(name)
        previous: Signs = ()
        for start, signs in self._uniform(name, others, least, most):
            if signs != previous:
                yield start
            previous = signs

    def _uniform(self, name: str, others: Mapping[str, Value], first: int, last: int) -> Iterator[tuple[int, Signs]]:
        whole = self._signs(name, others, first, last)
        if (
            first == last
            or all(sign & (sign - 1) == 0 for sign in whole)
            or self._open_all_over(name, others, first, last)
        ):
            yield first, whole
            return
        middle = (first + last) // 2
        yield from self._uniform(name, others, first, middle)
        yield from self._uniform(name, others, middle + 1, last)

    def _open_all_over(self, name: str, others: Mapping[str, Value], first: int, last: int) -> bool:
        """With lists still open a comparison may stay open for every single value; then it changes nowhere inside."""
        if not any(
            _is_open(self._known[fact]) for atom in self._about(name) for fact in atom.facts if fact not in others
        ):
            return False
        whole = self._signs(name, others, first, last)
        return whole == self._signs(name, others, first, first) == self._signs(name, others, last, last)

    def _signs(self, name: str, others: Mapping[str, Value], first: int, last: int) -> Signs:
        about = self._about(name)
        self._reached += len(about)
        if self._reached > MOST_REACHED:
            raise TooManyPieces
        steps = self._bounds(name)[2]
        reckoner = Reckoner(self._rules, {**self._known, **others, name: stretch(first, last, steps)})
        for atom in about:
            reckoner.truth(atom.node)
        return tuple(reckoner.heard)

    def pieces(self, name: str, starts: Iterable[int]) -> tuple[list[Value], list[Value]]:
        """For each piece its first value, and the whole of it."""
        least, most, steps = self._bounds(name)
        begins = sorted({least, *starts})
        ends = [*(begin - 1 for begin in begins[1:]), most]
        points: list[Value] = [stretch(begin, begin, steps) for begin in begins]
        boxes: list[Value] = [stretch(begin, end, steps) for begin, end in zip(begins, ends, strict=True)]
        return points, boxes


def _is_open(value: Value) -> bool:
    return isinstance(value, Items) and not value.settled


def bounds_of(type_: Ordered) -> tuple[int, int, int]:
    """The first and last value in steps of the type, and how many steps make one."""
    steps = type_.denominator if isinstance(type_, Number) else 1
    return -int(-type_.least * steps // 1), int(type_.most * steps // 1), steps


def stretch(first: int, last: int, steps: int) -> Span:
    return Span(_step(first, steps), _step(last, steps))


def _step(number: int, steps: int) -> Exact:
    return number if steps == 1 else Fraction(number, steps)

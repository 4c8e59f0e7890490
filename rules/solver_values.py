"""Values as a translation holds them: facts are complete, so each is one ordinary value, a gap or a conflict.

`at` counts over the denominator of the expression's type (`rules.scaled`); a member or an id is its number. It lies
within that type even where a flaw takes its place, so that what is reckoned from it stays within its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.solver_terms import Flag, Whole, both, choose, either, opposite


@dataclass(frozen=True)
class Flaws:
    """At most one of the two is so."""

    gap: Flag = False
    conflict: Flag = False

    @property
    def any(self) -> Flag:
        return either(self.gap, self.conflict)


SOUND = Flaws()


@dataclass(frozen=True)
class Held:
    """`yes` is never so together with a flaw."""

    yes: Flag
    flaws: Flaws = SOUND

    @property
    def no(self) -> Flag:
        return both(opposite(self.yes), opposite(self.flaws.any))


@dataclass(frozen=True)
class Point:
    at: Whole
    flaws: Flaws = SOUND


@dataclass(frozen=True, eq=False)
class ItemRow:
    """One item of a list; `of` is the fact it comes from."""

    of: str
    fields: "Mapping[str, Held | Point | Listing]"


Single = Held | Point | ItemRow


@dataclass(frozen=True)
class Place:
    """Something that may stand in a list, and whether it does."""

    value: Single
    present: Held


@dataclass(frozen=True)
class Listing:
    places: tuple[Place, ...]


Translated = Held | Point | Listing


def flawed_by(*flaws: Flaws) -> Flaws:
    """Of a value made from these: a conflict weighs more than a gap."""
    conflict = either(*(each.conflict for each in flaws))
    return Flaws(both(either(*(each.gap for each in flaws)), opposite(conflict)), conflict)


def under(condition: Flag, flaws: Flaws) -> Flaws:
    return Flaws(both(condition, flaws.gap), both(condition, flaws.conflict))


def held(flag: Flag, flaws: Flaws = SOUND) -> Held:
    return Held(both(flag, opposite(flaws.any)), flaws)


def negated(part: Held) -> Held:
    return Held(part.no, part.flaws)


def all_hold(parts: Iterable[Held]) -> Held:
    """One no decides; otherwise a flaw leaves it flawed."""
    found = tuple(parts)
    no = either(*(part.no for part in found))
    conflict = both(opposite(no), either(*(part.flaws.conflict for part in found)))
    gap = both(opposite(no), opposite(conflict), either(*(part.flaws.gap for part in found)))
    return Held(both(*(part.yes for part in found)), Flaws(gap, conflict))


def any_holds(parts: Iterable[Held]) -> Held:
    return negated(all_hold(negated(part) for part in parts))


def chosen(condition: Held, then: Held | Point, otherwise: Held | Point) -> Held | Point:
    """Either branch; a condition that is flawed leaves nothing to choose."""
    flaws = flawed_by(
        condition.flaws, under(condition.yes, then.flaws), under(condition.no, otherwise.flaws)
    )  # one of the three at most
    if isinstance(then, Held) and isinstance(otherwise, Held):
        yes = either(both(condition.yes, then.yes), both(condition.no, otherwise.yes))
        return Held(yes, flaws)
    if isinstance(then, Point) and isinstance(otherwise, Point):
        return Point(choose(condition.yes, then.at, otherwise.at), flaws)
    raise TypeError("The branches of a choice were checked to be alike and are not.")

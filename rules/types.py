"""What kinds of value a policy knows, each with the range that its declarations allow.

Days and months are held as whole numbers (`date.toordinal()`, `YearMonth.number`), so that one kind of interval
serves numbers, days and months; the type says which it is.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rules.units import Unit, YearMonth

Exact = int | Fraction


@dataclass(frozen=True)
class Untyped:
    """Before a policy is checked."""


@dataclass(frozen=True)
class Truth:
    """Yes or no."""


@dataclass(frozen=True)
class Number:
    """A multiple of 1/denominator of a base unit, between least and most."""

    unit: Unit
    least: Exact
    most: Exact
    denominator: int = 1


FIRST_DAY = date(1900, 1, 1).toordinal()
LAST_DAY = date(2199, 12, 31).toordinal()  # also what "ongoing" means as the last day of a period


@dataclass(frozen=True)
class Day:
    least: int = FIRST_DAY
    most: int = LAST_DAY


@dataclass(frozen=True)
class Month:
    least: int = YearMonth(1900, 1).number
    most: int = YearMonth(2199, 12).number


@dataclass(frozen=True)
class Choice:
    """One member of a closed list; a bare member in an expression is a list of one."""

    members: tuple[str, ...]


@dataclass(frozen=True)
class Members:
    """Several members of a closed list: a parameter that is a set."""

    members: tuple[str, ...]


@dataclass(frozen=True)
class Ref:
    """An opaque id, only ever compared for equality."""


@dataclass(frozen=True)
class Records:
    """A list of at most `most` items with these fields; `of` is the fact it comes from, whose columns it has too."""

    fields: tuple[tuple[str, "Type"], ...]
    most: int
    of: str = ""

    def field(self, name: str) -> "Type | None":
        return dict(self.fields).get(name)


@dataclass(frozen=True)
class Series:
    """A list of at most `most` plain values, made by `each`."""

    of: "Type"
    most: int


@dataclass(frozen=True)
class Record:
    """One item of a list."""

    fields: tuple[tuple[str, "Type"], ...]
    of: str = ""

    def field(self, name: str) -> "Type | None":
        return dict(self.fields).get(name)


_WORDS: dict[type, str] = {
    Untyped: "unchecked",
    Truth: "yes or no",
    Day: "a day",
    Month: "a month",
    Choice: "a member of an enum",
    Members: "a set of members",
    Ref: "an id",
    Records: "a list",
    Series: "a list of values",
    Record: "an item",
}


def in_words(type_: "Type") -> str:
    """What kind of value this is, for a message."""
    if isinstance(type_, Number):
        return "a plain number" if type_.unit is Unit.ONE else f"a number of {type_.unit}"
    return _WORDS[type(type_)]


Ordered = Number | Day | Month
Type = Untyped | Truth | Number | Day | Month | Choice | Members | Ref | Records | Series | Record
UNTYPED = Untyped()
TRUTH = Truth()
REF = Ref()

"""What a policy declares, before and after its expressions are checked.

The loader builds a `Schema` from all layers of one version; `rules.check.check` turns it into `ResolvedRules`, the same
declarations with typed trees. Values are held in base units (fen, months): `rules.units.in_base` converts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cases.authorities import Authority
from cases.wording import Wording
from rules.places import NOWHERE, Place
from rules.tree import Expr
from rules.types import Number, Type
from rules.units import YearMonth

Plain = bool | int | Fraction | date | YearMonth | str  # one value; an enum member or a ref is its text


class AskedOf(StrEnum):
    """Who can answer for a fact."""

    APPLICANT = "applicant"
    OFFICER = "officer"  # a finding, so a matter of judgment
    RECORD = "record"


class About(StrEnum):
    """Of whom a fact is, where an employer asks for something for a person whom it hired."""

    PERSON = "person"
    EMPLOYER = "employer"
    EMPLOYMENT = "employment"  # of this person with this employer


class Role(StrEnum):
    GROUND = "ground"  # one that holds is enough
    CONDITION = "condition"  # every one must hold
    EXCLUSION = "exclusion"  # none may hold
    PATH = "path"  # reported by itself, decides nothing


class AgeReached(StrEnum):
    """On which day 满 N 周岁 is reached. By birth month: write it with month()."""

    ON_BIRTHDAY = "on_birthday"
    DAY_AFTER = "day_after"


@dataclass(frozen=True)
class Field:
    """One field of the items of a list."""

    name: str
    type: Type
    label: Wording
    asked_of: AskedOf = AskedOf.APPLICANT
    changes: bool | None = None
    given_in: str = "one"  # the unit in which it is told; held in its base unit
    place: Place = NOWHERE

    @property
    def can_change(self) -> bool:
        """Whether somebody could make it otherwise; where the declaration is silent, a record's is taken as it is."""
        return self.asked_of is not AskedOf.RECORD if self.changes is None else self.changes


@dataclass(frozen=True)
class Fact:
    """`type` carries the declared range or members; for a list it is `Records`, made from `fields`."""

    name: str
    type: Type
    label: Wording
    question: Wording
    asked_of: AskedOf = AskedOf.APPLICANT
    given_in: str = "one"  # the unit in which people answer; held in its base unit
    moves: bool = False  # the reference date, which time carries along
    evidence: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    changes: bool | None = None
    about: About = About.PERSON
    place: Place = NOWHERE

    @property
    def can_change(self) -> bool:
        """Whether somebody could make it otherwise: neither time by itself, nor what a record shows unless it says so.

        For a list whether its items may be looked at: each of their fields says it for itself.
        """
        if self.changes is None:
            return bool(self.fields) or (self.asked_of is not AskedOf.RECORD and not self.moves)
        return self.changes


@dataclass(frozen=True)
class Parameter:
    """A value an authority set: a number (type of one point), a day, a month, a member, or a set of members."""

    name: str
    value: Plain | frozenset[str]
    type: Type
    authority: Authority
    at_most: int | Fraction | None = None
    at_least: int | Fraction | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class Row:
    """`members` answers the enum keys in their order; `since` and `until` (both inclusive) the dated key, if any."""

    members: tuple[str, ...]
    value: Plain
    authority: Authority
    since: date | YearMonth | None = None
    until: date | YearMonth | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class Table:
    """`keys` are `Choice`s and at most one `Day` or `Month`; no row for a key is a gap in the law."""

    name: str
    keys: tuple[Type, ...]
    type: Type  # of the values; for a number its unit counts, the range is taken from the rows
    rows: tuple[Row, ...]
    place: Place = NOWHERE


@dataclass(frozen=True)
class Step:
    """From this bound on (`inclusive`), or above it, the band gives `value`; None is a gap in the law."""

    bound: int | Fraction
    inclusive: bool
    value: Plain | None
    authority: Authority


@dataclass(frozen=True)
class Band:
    """Steps by a number, rising; `below` holds under the first step, None is a gap in the law."""

    name: str
    by: Number  # what is looked up: only the unit counts
    type: Type  # what it gives
    below: Plain | None
    steps: tuple[Step, ...]
    place: Place = NOWHERE


@dataclass(frozen=True)
class Part:
    """A named part under `derive`."""

    name: str
    be: Expr
    place: Place = NOWHERE


@dataclass(frozen=True)
class Clause:
    id: str
    be: Expr
    when: Expr | None = None
    beats: tuple[str, ...] = ()
    authority: Authority | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class ByClauses:
    """A value under `values`: the clause that holds and is not beaten gives it; none is a gap, two are a conflict."""

    name: str
    clauses: tuple[Clause, ...]
    place: Place = NOWHERE


@dataclass(frozen=True)
class Column:
    """Computed for each item (`it`) of the list that is the fact `of`."""

    of: str
    name: str
    be: Expr
    place: Place = NOWHERE


@dataclass(frozen=True)
class Rule:
    id: str
    role: Role
    when: Expr
    reason: Wording
    authority: Authority
    effect: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Schema:
    """One policy version of one place, all layers merged, its expressions parsed but not yet checked."""

    facts: tuple[Fact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    tables: tuple[Table, ...] = ()
    bands: tuple[Band, ...] = ()
    derive: tuple[Part, ...] = ()
    values: tuple[ByClauses, ...] = ()
    columns: tuple[Column, ...] = ()
    rules: tuple[Rule, ...] = ()
    amount: Expr | None = None
    age_reached: AgeReached = AgeReached.ON_BIRTHDAY
    # Names read by a plan or a clock, or inherited from an outer layer: they may go unread by expressions.
    read_elsewhere: frozenset[str] = frozenset()
    # Every fact of the book, read here or not: what a misspelt name may have meant.
    facts_declared: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResolvedRules:
    """A checked policy: every tree is typed, every name resolved, every part in an order that can be computed."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    tables: Mapping[str, Table]
    bands: Mapping[str, Band]
    parts: Mapping[str, Part]
    values: Mapping[str, ByClauses]
    columns: Mapping[tuple[str, str], Column]  # by list and name
    rules: Mapping[str, Rule]
    amount: Expr | None
    age_reached: AgeReached
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the names that each rule reads, by its id

"""What the parts of a translation ask of each other: an expression in terms of z3, where they stand."""

from typing import Protocol

from rules.schema import ResolvedRules
from rules.solver_calendar import Calendar
from rules.solver_terms import Flag
from rules.solver_values import Held, ItemRow, Listing, Point, Single, Translated
from rules.tree import Expr, Path


class Untranslated(Exception):
    """What the translation cannot say."""


class Scope(Protocol):
    @property
    def rules(self) -> ResolvedRules: ...
    @property
    def calendar(self) -> Calendar: ...

    def truth(self, node: Expr) -> Held: ...
    def point(self, node: Expr) -> Point:
        """A number over the denominator of the node's type, a day, a month, a member or an id."""

    def items(self, node: Expr) -> Listing: ...
    def value(self, node: Expr) -> Held | Point: ...
    def read(self, path: Path) -> Translated: ...
    def binding(self, item: str, value: Single) -> "Scope":
        """The same, with one item of a list named."""

    def code(self, word: str) -> int:
        """The number that stands for a member or an id."""

    def looked_up(self, name: str, row: int, hit: Flag) -> None:
        """Told when a row of a table or a step of a band gives a value."""

    def lacking(self, name: str, gap: Flag) -> None:
        """Told when a table, a band or the clauses of a value have nothing to give."""


__all__ = ["Held", "ItemRow", "Listing", "Point", "Scope", "Translated", "Untranslated"]

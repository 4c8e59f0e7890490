"""What the parts of the evaluator ask of each other: the value of an expression, by its kind, where they stand."""

from typing import Protocol

from rules.intervals import Answers, Items, Options, Row, Span, Value
from rules.schema import ResolvedRules
from rules.tree import Expr, Path


class Scope(Protocol):
    @property
    def rules(self) -> ResolvedRules: ...

    def truth(self, node: Expr) -> Answers: ...
    def span(self, node: Expr) -> Span: ...
    def options(self, node: Expr) -> Options: ...
    def items(self, node: Expr) -> Items: ...

    def value(self, node: Expr) -> Value:
        """The value by the kind that the expression's type names."""

    def read(self, path: Path) -> Value:
        """What a name, or an item's field, stands for."""

    def binding(self, item: str, value: "Row | Value") -> "Scope":
        """The same, with one item of a list named."""

    def compared(self, signs: int) -> None:
        """Told of everything that decides something: which of the signs below, equal, above are possible."""

"""What the modules that write a generated program ask of each other."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from rules.flawless import Flaws
from rules.python_writer import Here, Said, Writer
from rules.schema import ResolvedRules
from rules.tree import Expr, Path


class Scope(Protocol):
    """`truth` and `value` write an expression that may come to a Flaw exactly where `flawed` says so."""

    @property
    def rules(self) -> ResolvedRules: ...
    @property
    def flaws(self) -> Flaws: ...
    @property
    def writer(self) -> Writer: ...

    def truth(self, node: Expr, here: Here) -> Said: ...
    def value(self, node: Expr, here: Here) -> Said: ...
    def read(self, path: Path, here: Here) -> Said: ...

    def rows(self, node: Expr, here: Here) -> str:
        """A variable with the items of a list that is not flawed."""

    def pairs(self, node: Expr, here: Here) -> str:
        """A variable with the items of any list, each with whether it is in it."""

    def constant(self, value: object) -> str:
        """A name for something that is no number or text."""


def flawed(node: Expr, scope: Scope, here: Here) -> bool:
    return bool(scope.flaws.possible(node, here.lists))


def lifted(nodes: Sequence[Expr], scope: Scope, here: Here, formula: Callable[..., str]) -> Said:
    """A formula of values, each reckoned once and from the left; of a flaw among them only flaws are left.

    The formula is given a pair for each: what to write where the value is first needed, and where it is read again.
    """
    if not any(flawed(node, scope, here) for node in nodes):
        bound, texts, raw = here.bound, list[tuple[str, str]](), list[str]()
        for node in nodes:
            said = scope.value(node, here.knowing(bound))
            raw.append(said.text)
            texts.append(scope.writer.once(said.text))
            bound = said.after
        return Said(_unnamed(formula(*texts), raw, texts), bound, bound)
    guards, names, texts = list[str](), list[str](), list[tuple[str, str]]()
    for node in nodes:
        first, again = scope.writer.once(scope.value(node, here).text)
        doubtful = flawed(node, scope, here)
        if doubtful:
            guards.append(f"({first}.__class__ is Flaw)")
            names.append(again)
        texts.append((again, again) if doubtful else (first, again))
    text = f"(worst({', '.join(names)}) if {' | '.join(guards)} else {formula(*texts)})"
    return Said(text, here.bound, here.bound)


def _unnamed(text: str, raw: Sequence[str], texts: Sequence[tuple[str, str]]) -> str:
    """Without a name for what is read only once."""
    for plain, (first, again) in zip(raw, texts, strict=True):
        if first != plain and len(re.findall(rf"\b{again}\b", text)) == 1:
            text = text.replace(first, plain)
    return text

"""Lines of Python in blocks, and which names are surely bound where: what a program loads or reckons only when reached.

`(x1 := facts["waited"]) >= 90 and x2 > x1` binds x1 on both ways out, and whatever stands behind the `and` only where
the first part held. The writer keeps account of that, so that nothing is loaded twice or read before it is bound.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

Bound = frozenset[str]
NOTHING: Final[Bound] = frozenset()
ATOM = re.compile(r"\w+", re.ASCII)


@dataclass(frozen=True)
class Said:
    """An expression in Python; `yes` and `no` are the names bound once it was true, and once it was not."""

    text: str
    yes: Bound = NOTHING
    no: Bound = NOTHING

    @property
    def after(self) -> Bound:
        return self.yes & self.no

    def negated(self) -> "Said":
        return Said(f"not {self.text}", self.no, self.yes)


def said(text: str, bound: Bound) -> Said:
    return Said(text, bound, bound)


@dataclass(frozen=True)
class Item:
    """One item of a list while it is looped over: its variable, and at which place of its row each field stands."""

    variable: str
    of: str = ""  # the list fact whose columns it has; DOUBTFUL: a plain value that may be flawed
    fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Here:
    """Where an expression stands: what is bound, and which items are named around it."""

    bound: Bound = NOTHING
    items: Mapping[str, Item] = field(default_factory=dict)

    def knowing(self, bound: Bound) -> "Here":
        return replace(self, bound=bound)

    def binding(self, name: str, item: Item) -> "Here":
        return replace(self, items={**self.items, name: item})

    @property
    def lists(self) -> dict[str, str]:
        return {name: item.of for name, item in self.items.items()}


@dataclass
class Block:
    lines: list[str] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)


class Writer:
    """Lines go to the block that is open; a name is bound in it and in all blocks inside it."""

    def __init__(self) -> None:
        self.root = Block()
        self._open = [self.root]
        self._names = 0

    def fresh(self, prefix: str = "t") -> str:
        self._names += 1
        return f"{prefix}{self._names}"

    def line(self, text: str) -> None:
        self._open[-1].lines.append(text)

    def bind(self, name: str, to: Said) -> None:
        self.line(f"{name} = {to.text}")
        self._open[-1].bound |= to.after | {name}

    def knows(self, name: str, bound: Bound) -> bool:
        return name in bound or any(name in block.bound for block in self._open)

    @property
    def looping(self) -> bool:
        return len(self._open) > 1

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines inside `head`, which is written only when they are, after all that they had to have before them."""
        inside = Block()
        self._open.append(inside)
        yield
        self._open.pop()
        self.line(head)
        self._open[-1].lines += [f" {line}" for line in inside.lines]

    @contextmanager
    def at_root(self) -> Iterator[None]:
        """Lines before everything that is open: for what does not hang on the items of any list."""
        open_, self._open = self._open, [self.root]
        yield
        self._open = open_

    def once(self, text: str) -> tuple[str, str]:
        """A text to stand where it is reckoned first, and the one to stand wherever it is read again."""
        if ATOM.fullmatch(text):
            return text, text
        name = self.fresh()
        return f"({name} := {text})", name

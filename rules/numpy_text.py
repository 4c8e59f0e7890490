"""A numpy program while it is written: one assignment a line, and nothing written twice.

Every name is made up here (`t7`), every constant is a whole number, every table a numbered array: no word of a policy
gets into the program, so nothing in a policy can be run. Whatever does not depend on a case is worked out at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from rules import numpy_calendar, numpy_logic, numpy_series
from rules.population import Array

WORDS: dict[str, Any] = {"np": np, "calendar": numpy_calendar, "logic": numpy_logic, "series": numpy_series}
_NAMES = re.compile(r"\b[tc][0-9]+\b")
_COMPARING = re.compile(r"(?!.*>>)[{}0-9()<>=!&| ]+")  # a shift reckons, and is no comparison
WIDE = "W"  # the kind of whole number that the program reckons with
SMALL_LIMIT = 2**31


@dataclass(frozen=True, slots=True)
class Arr:
    """An array of the program: a value for each case, and for each item along every axis. No axes at all: None.

    A `narrow` one is held in as few bytes as its numbers need: compared as it is, and widened to be reckoned with.
    """

    text: str
    axes: tuple[int, ...] | None = ()
    narrow: bool = False


Operand: TypeAlias = Arr | int
HIGHEST, LOWEST = Arr("B", None), Arr("-B", None)  # above and below every number that the program reckons with
Key = tuple[str, ...]  # a column of the population and which of its arrays: ("household", "born_on", "low")


@dataclass(frozen=True, slots=True)
class Result:
    """What goes out of the program: an operand, or what is made of several on its way out. `dtype` None: a number."""

    operands: tuple[Operand, ...]
    dtype: "type[np.generic] | None"
    template: str = "{out}[...] = {0}"

    @property
    def constant(self) -> int | None:
        """The same for all."""
        (first, *others) = self.operands
        return first if isinstance(first, int) and not others else None

    def line(self, place: int) -> str:
        if self.constant is not None:
            return ""
        return self.template.format(*(_brought(each, ()) for each in self.operands), out=f"o[{place}]")


@dataclass
class Writer:
    lines: list[str] = field(default_factory=list)
    inputs: dict[Key, str] = field(default_factory=dict)
    _tables: list[tuple[Array, str]] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    _made: dict[str, str] = field(default_factory=dict)
    _axes: int = 0
    _furthest: int = 0

    def reaches(self, number: int) -> None:
        """Told of how far from 0 anything in the program can be."""
        self._furthest = max(self._furthest, number)

    @property
    def wide(self) -> "type[np.signedinteger[Any]]":
        """Numbers of four bytes are reckoned with twice as fast as those of eight."""
        return np.int32 if self._furthest < SMALL_LIMIT else np.int64

    def axis(self) -> int:
        """A new axis; it stands after all those there are."""
        self._axes += 1
        return self._axes

    def input(self, key: Key, axes: tuple[int, ...] = (), *, narrow: bool = False) -> Arr:
        return Arr(self.inputs.setdefault(key, f"c{len(self.inputs)}"), axes, narrow)

    def table(self, values: Sequence[int], dtype: str) -> Arr:
        """`dtype` may be WIDE, which is settled when the program is whole."""
        array = np.array(values, "int64" if dtype == WIDE else dtype)
        for number, (known, kind) in enumerate(self._tables):
            if kind == dtype and np.array_equal(known, array):
                return Arr(f"k[{number}]", None)
        self._tables.append((array, dtype))
        return Arr(f"k[{len(self._tables) - 1}]", None)

    @property
    def tables(self) -> list[Array]:
        return [array.astype(self.wide) if kind == WIDE else array for array, kind in self._tables]

    def ref(self, ref: str) -> Arr:
        """The number that the population gave an id which the policy names."""
        if ref not in self.refs:
            self.refs.append(ref)
        return Arr(f"r[{self.refs.index(ref)}]", None)

    def small(self, number: int) -> Arr:
        """A constant of one byte, so that what is made of it stays small."""
        return Arr(f"k[{self._small(number)}]", None)

    def _small(self, number: int) -> int:
        return int(self.table([number], "uint8").text[2:-1])

    def let(self, template: str, *operands: Operand) -> Operand:
        """`template` with its operands, all brought to the same axes."""
        if all(isinstance(each, int) for each in operands):
            return _worked_out(template.format(*operands))
        return self._assigned(template, operands)

    def along(self, template: str, axis: int, *operands: Operand) -> Arr:
        """Something that takes one axis, the last, away."""
        found = self._assigned(template, operands)
        if not found.axes or found.axes[-1] != axis:
            raise TypeError("A list was reckoned along another axis than its own.")
        return Arr(found.text, found.axes[:-1])

    def _assigned(self, template: str, operands: Sequence[Operand]) -> Arr:
        if not _COMPARING.fullmatch(template):
            operands = [self._widened(each) for each in operands]
        arrays = [each for each in operands if isinstance(each, Arr) and each.axes is not None]
        axes = tuple(sorted({axis for each in arrays for axis in each.axes or ()}))
        text = template.format(*(_brought(each, axes) for each in operands))
        if text not in self._made:
            self._made[text] = f"t{len(self._made)}"
            self.lines.append(f"{self._made[text]} = {text}")
        return Arr(self._made[text], axes if arrays else None)

    def _widened(self, operand: Operand) -> Operand:
        if isinstance(operand, int) or not operand.narrow:
            return operand
        return self._assigned(f"{{0}}.astype({WIDE})", [Arr(operand.text, operand.axes)])

    def text(self, results: Sequence["Result"]) -> str:
        """The whole program: what is not needed any more is let go, so that its memory serves again."""
        written = [each.line(place) for place, each in enumerate(results)]
        body = _needed([*self.lines, *(line for line in written if line), "return"])
        last: dict[str, int] = {}
        for number, line in enumerate(body):
            last.update(dict.fromkeys(_NAMES.findall(line), number))
        lines = ["def decide(c, k, r, o):"]
        lines += [f"    {name} = c[{number}]" for number, name in enumerate(self.inputs.values()) if name in last]
        for number, line in enumerate(body[:-1]):
            gone = sorted({name for name in _NAMES.findall(line) if last[name] == number})
            lines.append(f"    {line}")
            lines += [f"    del {', '.join(gone)}"] if gone else []
        return "\n".join([*lines, f"    {body[-1]}", ""])


def _needed(lines: list[str]) -> list[str]:
    """Without what came to no use."""
    wanted: set[str] = set()
    kept: list[str] = []
    for line in reversed(lines):
        name, _, text = line.partition(" = ")
        if not text or name in wanted or name.startswith("o["):
            wanted.update(_NAMES.findall(text or line))
            kept.append(line)
    return kept[::-1]


def _brought(operand: Operand, axes: tuple[int, ...]) -> str:
    """An operand with an axis of length one wherever it does not know of an item."""
    if isinstance(operand, int):
        return f"({operand})" if operand < 0 else str(int(operand))
    if operand.axes is None or operand.axes == axes:
        return operand.text
    places = [":" if axis in operand.axes else "None" for axis in axes]
    return f"{operand.text}[:, {', '.join(places)}]"


def _worked_out(text: str) -> int:
    return int(eval(text, {**WORDS, WIDE: np.int64}))  # noqa: S307 - a template of this package with whole numbers in it

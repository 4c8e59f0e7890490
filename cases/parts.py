"""The parts of a case are kept in tuples and found by their id."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Part(Protocol):
    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=Part)


def find(parts: Iterable[P], wanted: str) -> P | None:
    return next((part for part in parts if part.id == wanted), None)


def put(parts: tuple[P, ...], new: P) -> tuple[P, ...]:
    """The parts with `new` in the place of the one with its id, or at the end."""
    if find(parts, new.id) is None:
        return (*parts, new)
    return tuple(new if part.id == new.id else part for part in parts)


def numbered(prefix: str, parts: tuple[P, ...]) -> str:
    """The next id of its kind, readable and the same on every try: `referral-3`."""
    return f"{prefix}-{len(parts) + 1}"


def in_order(parts: Iterable[P]) -> tuple[P, ...]:
    """The one order of parts, told from their ids alone: by the number an id ends in, then by the id.

    So a case is the same whether a step has just made it or the record was read.
    """
    return tuple(sorted(parts, key=_place))


def _place(part: Part) -> tuple[int, str]:
    number = part.id.rpartition("-")[2]
    return (int(number) if number.isdecimal() else 0, part.id)

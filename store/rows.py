"""From a row of a table to the frozen dataclass that the rest of the engine reads."""

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import RowMapping

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def filled(kind: type[T], row: RowMapping, **instead: object) -> T:
    """The dataclass with the row's columns of the same names, and `instead` where the two differ."""
    names = _names(kind)
    return kind(**{str(name): value for name, value in row.items() if name in names} | instead)


@cache
def _names(kind: type["DataclassInstance"]) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))

"""The units of amounts and lengths, and the month as a thing of its own.

A year is twelve months and a yuan a hundred fen, so only the base units take part in arithmetic.
A day and a month do not convert into each other.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

MONTHS_IN_A_YEAR = 12
_YEAR_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


class Unit(StrEnum):
    """A base unit; `one` counts things."""

    ONE = "one"
    FEN = "fen"
    DAY = "day"
    MONTH = "month"


BASE: dict[str, tuple[Unit, int]] = {
    "one": (Unit.ONE, 1),
    "fen": (Unit.FEN, 1),
    "yuan": (Unit.FEN, 100),
    "day": (Unit.DAY, 1),
    "month": (Unit.MONTH, 1),
    "year": (Unit.MONTH, MONTHS_IN_A_YEAR),
}
SPELLINGS: dict[str, str] = {
    "fen": "fen",
    "yuan": "yuan",
    "day": "day",
    "days": "day",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
}


def in_base(value: int | Fraction, unit: str) -> tuple[int | Fraction, Unit]:
    """A value written in any unit, in its base unit: 50 years are 600 months."""
    base, factor = BASE[unit]
    return value * factor, base


@dataclass(frozen=True, order=True)
class YearMonth:
    """A calendar month, the period for which subsidies are paid."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "YearMonth":
        match = _YEAR_MONTH.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is not a month: write it as 2024-03.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def numbered(cls, number: int) -> "YearMonth":
        return cls(number // MONTHS_IN_A_YEAR, number % MONTHS_IN_A_YEAR + 1)

    @property
    def number(self) -> int:
        """Months since the year 0, so that months can be counted with whole numbers."""
        return self.year * MONTHS_IN_A_YEAR + self.month - 1

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

"""Working hours of a week: what a vacancy asks, and what a worker can give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Final

_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY


@dataclass(frozen=True)
class Shift:
    """The same hours on some days of the week (1 Monday to 7 Sunday); until the next morning if `until` is earlier."""

    days: frozenset[int]
    begin: time
    until: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(1, 8)):
            raise ValueError("A shift is on days 1 (Monday) to 7 (Sunday), at least one of them.")

    def covered(self) -> int:
        """The minutes that it covers, as bits counted from Monday 00:00; the same begin and end is a whole day."""
        length = (_minute(self.until) - _minute(self.begin)) % _DAY or _DAY
        bits = 0
        for weekday in self.days:
            bits |= ((1 << length) - 1) << ((weekday - 1) * _DAY + _minute(self.begin))
        # Sunday's night shift ends on Monday.
        return (bits | bits >> _WEEK) & ((1 << _WEEK) - 1)


@dataclass(frozen=True)
class Hours:
    shifts: tuple[Shift, ...]

    def within(self, others: "Hours") -> bool:
        """Whether every minute of these hours is one of the others'."""
        return _covered(self.shifts) & ~_covered(others.shifts) == 0


def _covered(shifts: Iterable[Shift]) -> int:
    bits = 0
    for shift in shifts:
        bits |= shift.covered()
    return bits


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute

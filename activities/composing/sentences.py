"""How what the record holds reads in a sentence on paper."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from cases.authorities import Authority, Tag
from cases.hours import Hours, Shift
from cases.papers import UNSEEN

PICTURES = range(0x1F000, 0x20000)  # emoji, which no font of a paper has
WEEKDAYS = "一二三四五六日"
BY_CERTAINTY = tuple(Tag)  # the best checked first


def one_line(text: str) -> str:
    """A note as somebody typed it, without breaks, and with a box for what cannot be printed."""
    return "".join(_printable(character) for character in " ".join(text.split()))


def _printable(character: str) -> str:
    unprintable = ord(character) in PICTURES or unicodedata.category(character) in UNSEEN
    return "□" if unprintable else character


def day_in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def weakest(authorities: Iterable[Authority]) -> Authority:
    """Several clauses as one citation, no better checked than the least checked of them."""
    cited = tuple(dict.fromkeys(authorities))
    clause = "；".join(dict.fromkeys(each.clause for each in cited))
    return Authority(clause, max((each.tag for each in cited), key=BY_CERTAINTY.index))


def hours_in_words(hours: Hours | None) -> str:
    if hours is None:
        return "未说明，请面谈时书面确认"
    return "；".join(_shift(shift) for shift in hours.shifts)


def _shift(shift: Shift) -> str:
    next_day = "次日" if shift.until <= shift.begin else ""
    return f"{_days(sorted(shift.days))} {shift.begin:%H:%M}至{next_day}{shift.until:%H:%M}"


def _days(days: list[int]) -> str:
    first, last = days[0], days[-1]
    if len(days) > 1 and last - first == len(days) - 1:
        return f"周{WEEKDAYS[first - 1]}至周{WEEKDAYS[last - 1]}"
    return "、".join(f"周{WEEKDAYS[day - 1]}" for day in days)

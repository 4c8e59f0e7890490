"""How long, how much and how far away what is typed may be; beyond it no rule reckons, and no paper states it."""

from datetime import date
from typing import Final

from cases.papers import LONGEST_TEXT
from cases.wording import Wording
from web.forms import NOT_A_DAY, Form

LONGEST: Final = LONGEST_TEXT  # what a paper can state
LONGEST_LINE: Final = 200
LONGEST_ID: Final = 100
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of the days that the law reckons with
MOST: Final = 10_000
MOST_FEN: Final = 10_000_000_000
TOO_LONG: Final = Wording(f"最多 {LONGEST} 个字", f"At most {LONGEST} characters")
LINE_TOO_LONG: Final = Wording(f"最多 {LONGEST_LINE} 个字", f"At most {LONGEST_LINE} characters")
TOO_MUCH: Final = Wording("数字太大，请核对", "The number is too large: check it")


def read_day(form: Form, name: str, *, required: bool) -> date | None:
    """A day of a year that the law reckons with."""
    day = form.day(name, required=required)
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        form.wrong(name, NOT_A_DAY)
        return None
    return day


def at_most(most: int, form: Form, name: str, value: int | None) -> int | None:
    if value is not None and value > most:
        form.wrong(name, TOO_MUCH)
        return None
    return value

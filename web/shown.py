"""How days, times and money are written on a page, in the language of the page."""

from datetime import date, datetime
from typing import Final

from cases.wording import Language
from cases.zone import STATION_ZONE

_WEEKDAYS: Final = {
    Language.ZH: ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FEN_PER_YUAN: Final = 100
SHORT_NUMBER: Final = 8


def day(value: date, language: Language, today: date) -> str:
    """A day; with its year when that is not this year."""
    same_year = value.year == today.year
    if language is Language.ZH:
        return f"{value.month}月{value.day}日" if same_year else f"{value.year}年{value.month}月{value.day}日"
    short = f"{value.day} {_MONTHS[value.month - 1]}"
    return short if same_year else f"{short} {value.year}"


def instant(value: datetime, language: Language, today: date | None = None) -> str:
    """A moment at the station, in 24 hours."""
    local = value.astimezone(STATION_ZONE)
    return f"{day(local.date(), language, today or local.date())} {local:%H:%M}"


def clock_time(value: datetime) -> str:
    return f"{value.astimezone(STATION_ZONE):%H:%M}"


def weekday(value: date, language: Language) -> str:
    return _WEEKDAYS[language][value.weekday()]


def money(fen: int) -> str:
    """Fen as yuan with two decimals, thousands apart."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), _FEN_PER_YUAN)
    return f"{sign}{yuan:,}.{rest:02d}"


def case_number(case_id: str) -> str:
    """How people call a case: the end of its number, by which it can be found too."""
    return case_id.removeprefix("case-")[-SHORT_NUMBER:]

"""From the calendar files of a country's holiday notices to the calendar that clocks are reckoned with."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from cases.authorities import Authority, Tag
from cases.calendars import Calendar, CalendarYear, Holiday, first_day_of_notice
from cases.days import is_weekend
from cases.wording import Wording

Mapping = dict[str, Any]


if TYPE_CHECKING:
    _Base = yaml.BaseLoader
else:
    _Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's is ten times as fast


class BadCalendar(ValueError):
    """A calendar file that cannot be trusted: nothing of it is used until it is put right."""


class _TextLoader(_Base):
    """Every scalar stays text, and a key written twice is refused (YAML would silently keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise BadCalendar(f"Line {node.start_mark.line + 1}: {', '.join(twice)} is written twice; keep one.")
        return super().construct_mapping(node, deep=deep)


def calendar(texts: Iterable[str]) -> Calendar:
    """The calendar of all files given, in any order."""
    years = sorted((calendar_year(text) for text in texts), key=lambda notice: notice.year)
    try:
        return Calendar(tuple(years))
    except ValueError as error:
        raise BadCalendar(str(error)) from error


def calendar_year(text: str) -> CalendarYear:
    try:
        document = yaml.load(text, _TextLoader)  # noqa: S506  (a BaseLoader makes text only)
    except yaml.YAMLError as error:
        raise BadCalendar(f"The calendar file is not YAML: {error}") from error
    fields = _fields(document, "the file", {"year", "notices", "holidays"})
    year = _year(fields["year"])
    holidays = tuple(_holiday(entry, year) for entry in _list(fields["holidays"], "holidays"))
    authorities = tuple(_authority(entry) for entry in _list(fields["notices"], "notices"))
    if not authorities:
        raise BadCalendar(f"The calendar of {year} names no notice: give the notice that sets its days.")
    return CalendarYear(year, holidays, authorities)


def _authority(entry: object) -> Authority:
    fields = _fields(entry, "a notice", {"authority", "tag", "issued_on", "page"})
    tag = _text(fields["tag"], "tag")
    if tag not in set(Tag):
        raise BadCalendar(f"A notice has the tag {tag!r}; use one of {', '.join(Tag)}.")
    _day(fields["issued_on"], "issued_on")
    return Authority(_text(fields["authority"], "authority"), Tag(tag))


def _holiday(entry: object, year: int) -> Holiday:
    fields = _fields(entry, "a holiday", {"title", "rest", "working"})
    title = _fields(fields["title"], "a title", {"zh", "en"})
    wording = Wording(_text(title["zh"], "zh"), _text(title["en"], "en"))
    rest = tuple(_day_of(entry, year, wording) for entry in _list(fields["rest"], "rest"))
    working = tuple(_day_of(entry, year, wording) for entry in _list(fields["working"], "working"))
    for day in rest:
        if is_weekend(day):
            raise BadCalendar(f"{wording.en}: {day} is a weekend day, which rests anyway; list weekdays off only.")
    for day in working:
        if not is_weekend(day):
            raise BadCalendar(f"{wording.en}: {day} is a weekday, which is worked anyway; list weekend days only.")
    return Holiday(wording, rest, working)


def _day_of(entry: object, year: int, holiday: Wording) -> date:
    day = _day(entry, holiday.en)
    if not first_day_of_notice(year) <= day <= date(year, 12, 31):
        raise BadCalendar(f"{holiday.en}: {day} does not belong to the calendar of {year}.")
    return day


def _fields(entry: object, what: str, wanted: set[str]) -> Mapping:
    if not isinstance(entry, dict) or set(entry) != wanted:
        found = ", ".join(sorted(map(str, entry))) if isinstance(entry, dict) else repr(entry)
        raise BadCalendar(f"In {what} of a calendar stand exactly {', '.join(sorted(wanted))}; found {found}.")
    return entry


def _list(entry: object, what: str) -> list[Any]:
    if not isinstance(entry, list):
        raise BadCalendar(f"{what} of a calendar is a list, [] where there is nothing; found {entry!r}.")
    return list(entry)


def _text(entry: object, what: str) -> str:
    if not isinstance(entry, str) or not entry.strip():
        raise BadCalendar(f"{what} of a calendar is text and not empty; found {entry!r}.")
    return entry


def _year(entry: object) -> int:
    text = _text(entry, "year")
    if not (len(text) == 4 and text.isascii() and text.isdigit()):  # noqa: PLR2004  (a year has four digits)
        raise BadCalendar(f"year of a calendar is four digits; found {text!r}.")
    return int(text)


def _day(entry: object, what: str) -> date:
    text = _text(entry, what)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadCalendar(f"{what}: {text!r} is no day of the calendar; write YYYY-MM-DD.") from error
    if str(day) != text:  # 2026-W01-1 and 20260101 are days too, but not as we write them
        raise BadCalendar(f"{what}: write {text!r} as {day}.")
    return day

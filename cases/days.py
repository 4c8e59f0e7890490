"""Days and months as the Civil Code counts them (民法典第二百条至第二百零三条), and days of the station's zone."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from cases.zone import STATION_ZONE

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# 24:00, the end of a day. `time` has no 24; a term that ends when its last day begins would lose that day, so 00:00 is
# free to mean the end of the day.
END_OF_DAY = time(0)


def days_between(start: date, end: date) -> int:
    """Whole days from start to end; the start day is not counted (art.201)."""
    return (end - start).days


def add_months(day: date, months: int) -> date:
    """The corresponding day, or the month's last day where there is none (art.202).

    Always count from the first day: adding a month twice is not adding two months.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """The greatest n with add_months(start, n) <= end, so that both directions agree."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def day_of(at: datetime) -> date:
    """The station's day in which an instant falls."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} names no time zone, so the day it falls on is unknown.")
    return at.astimezone(STATION_ZONE).date()


def start_of(day: date) -> datetime:
    """The instant at which a station's day begins."""
    return datetime.combine(day, time(), STATION_ZONE)


def instant(day: date, at: time) -> datetime:
    """A time of a station's day as an instant; END_OF_DAY is 24:00, which is 00:00 of the next day."""
    return datetime.combine(day + ONE_DAY if at == END_OF_DAY else day, at, STATION_ZONE)


def due_time(text: str) -> time:
    """Read a time of day at which a term ends: 17:30, or 24:00 for the end of the day."""
    if text == "24:00":
        return END_OF_DAY
    try:
        at = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  (a time of day has no zone)
    except ValueError:
        at = END_OF_DAY
    if at == END_OF_DAY or text != f"{at:%H:%M}":
        raise ValueError(f"A term cannot end at {text!r}: write HH:MM from 00:01 to 23:59, or 24:00 for the day's end.")
    return at


def shown_time(at: time) -> str:
    """A due time as people write it; the other direction of due_time."""
    return "24:00" if at == END_OF_DAY else f"{at:%H:%M}"


def shown_instant(at: datetime) -> str:
    """A due instant as people write it: 2026-12-31 24:00, not 2027-01-01 00:00."""
    local = at.astimezone(STATION_ZONE)
    day = local.date() - ONE_DAY if local.time() == END_OF_DAY else local.date()
    return f"{day} {shown_time(local.time())}"

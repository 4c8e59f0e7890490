"""The hours of a week as a form asks for them: up to three shifts, each on some days."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Final

from cases.hours import Hours, Shift
from cases.wording import Wording
from web.forms import CHOOSE, Form
from web.vacancies.words import WEEKDAYS, days_wording

SHIFTS: Final = (1, 2, 3)
NOT_A_TIME: Final = Wording("请填写 24 小时制的时间，例如 08:30", "Enter a time of 24 hours, such as 08:30")
NO_SHIFT: Final = Wording("请至少填写一个班次", "Fill in one shift at least")
_DAYS: Final = frozenset(str(day) for day in range(1, 8))
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def read_hours(form: Form) -> Hours | None:
    """None: the employer did not say, or something is wrong, which then stands at its field."""
    said = form.yes("hours_said")
    if not said:
        return None
    before = len(form.errors)
    shifts = [shift for number in SHIFTS if (shift := _shift(form, number))]
    if not shifts and len(form.errors) == before:
        form.wrong("days1", NO_SHIFT)
    return Hours(tuple(shifts)) if shifts else None


def hours_values(hours: Hours | None) -> dict[str, tuple[str, ...]]:
    """The same, as the form shows it again."""
    if hours is None:
        return {"hours_said": ("no",)}
    values: dict[str, tuple[str, ...]] = {"hours_said": ("yes",)}
    for number, shift in zip(SHIFTS, hours.shifts, strict=False):
        values[f"days{number}"] = tuple(str(day) for day in sorted(shift.days))
        values[f"begin{number}"] = (f"{shift.begin:%H:%M}",)
        values[f"until{number}"] = (f"{shift.until:%H:%M}",)
    return values


def read_time(text: str) -> time | None:
    """A time of day as people write it; 24:00 is the midnight that ends the day."""
    typed = _TIME.fullmatch(text.replace("：", ":").strip())
    if typed is None:
        return None
    if typed.groups() == ("24", "00"):
        return time(0)
    try:
        return time(int(typed[1]), int(typed[2]))
    except ValueError:
        return None


def _shift(form: Form, number: int) -> Shift | None:
    days = frozenset(form.chosen(f"days{number}"))
    spoken: Mapping[str, str] = {name: form.text(f"{name}{number}") for name in ("begin", "until")}
    if not days and not any(spoken.values()):
        return None
    if not days or not days <= _DAYS:
        form.wrong(f"days{number}", CHOOSE)
    times = {name: read_time(text) for name, text in spoken.items()}
    for name, found in times.items():
        if found is None:
            form.wrong(f"{name}{number}", NOT_A_TIME)
    begin, until = times["begin"], times["until"]
    if not days or not days <= _DAYS or begin is None or until is None:
        return None
    return Shift(frozenset(int(day) for day in days), begin, until)


def read_hours_text(text: str) -> Hours | None:
    """Hours as a cell holds them, such as “周一至周五 08:00-17:00；周六 09:00-12:00”; None: they cannot be read."""
    if len(text) > _LONGEST:
        return None
    shifts = [_shift_of(part) for part in _PARTS.split(text.strip()) if part.strip()]
    found = tuple(shift for shift in shifts if shift is not None)
    return Hours(found) if found and len(found) == len(shifts) <= len(SHIFTS) else None


def hours_text(hours: Hours) -> str:
    """The other direction: what a cell holds, so that it can be read in again."""
    return "；".join(f"{days_wording(shift.days).zh} {shift.begin:%H:%M}-{shift.until:%H:%M}" for shift in hours.shifts)


def _shift_of(part: str) -> Shift | None:
    found = _SPAN.fullmatch(part.strip())
    if found is None:
        return None
    days, begin, until = _days_of(found["days"]), read_time(found["begin"]), read_time(found["until"])
    if not days or begin is None or until is None:
        return None
    return Shift(days, begin, until)


def _days_of(text: str) -> frozenset[int]:
    """1-5, 1,3,5, 周一至周五, 周一、周三, Mon to Fri or 每天; nothing where one of them is no day."""
    if text.strip().casefold() in ("每天", "every day", "daily"):
        return frozenset(range(1, 8))
    days: set[int] = set()
    for piece in re.split(r"[、,，]", text):
        ends = [_DAY_NAMES.get(end.strip().casefold()) for end in re.split(r"至|到|-|–|\bto\b", piece)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:  # noqa: PLR2004 -- a span has two ends
            return frozenset()
        days.update(range(first, last + 1))
    return frozenset(days)


_PARTS: Final = re.compile(r"[；;\n]")
_CLOCK: Final = "[0-9]{1,2}[:：][0-9]{2}"
_SPAN: Final = re.compile(
    rf"(?P<days>[^0-9].*?|[1-7][1-7,，、\-–至到 ]*?)\s+(?P<begin>{_CLOCK})\s*[-–至到~]\s*(?P<until>{_CLOCK})"
)
_LONGEST: Final = 200
_DAY_NAMES: Final[Mapping[str, int]] = {
    name: number
    for number, weekday in enumerate(WEEKDAYS, start=1)
    for name in (
        str(number),
        weekday.zh,
        weekday.zh.replace("周", "星期"),
        weekday.en.casefold(),
    )
} | {"周天": 7, "星期天": 7}

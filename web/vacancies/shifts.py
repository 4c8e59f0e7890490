"""The hours of a week as a form asks for them: up to three shifts, each on some days."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from cases.hours import Hours, Shift
from cases.wording import Wording
from web.forms import CHOOSE, Form

SHIFTS: Final = (1, 2, 3)
NOT_A_TIME: Final = Wording("请填写 24 小时制的时间，例如 08:30", "Enter a time of 24 hours, such as 08:30")
NO_SHIFT: Final = Wording("请至少填写一个班次", "Fill in one shift at least")
_DAYS: Final = frozenset(str(day) for day in range(1, 8))


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
    hour, _, minute = text.replace("：", ":").strip().partition(":")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal() and len(minute) == 2):  # noqa: PLR2004
        return None
    if (hour, minute) == ("24", "00"):
        return time(0)
    try:
        return time(int(hour), int(minute))
    except (ValueError, OverflowError):
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

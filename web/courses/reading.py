"""A course's form: read, and shown again as it stands."""

from typing import Final

from cases.wording import Wording
from store.courses import Course
from web.forms import Form, day_values

LONGEST: Final = 80
MOST: Final = 9_999
TOO_LONG: Final = Wording(f"最多 {LONGEST} 个字", f"At most {LONGEST} characters")
HOW_MANY: Final = Wording(f"请填写 1 至 {MOST}", f"Enter 1 to {MOST}")
ENDS_BEFORE: Final = Wording("结束日期不能早于开始日期", "It cannot end before it begins")
TOO_MANY_HOURS: Final = Wording(
    "至少参加的课时不能多于总课时", "A worker cannot have to attend more hours than there are"
)


def read_course(form: Form, course_id: str, station_id: str) -> Course | None:
    """None while something is wrong, which then stands at its field."""
    title, provider, trade, place = (line(form, name) for name in ("title", "provider", "trade", "place"))
    begins_on, ends_on = form.day("begins_on"), form.day("ends_on")
    if begins_on and ends_on and ends_on < begins_on:
        form.wrong("ends_on", ENDS_BEFORE)
    hours, minimum, seats = (_number(form, name) for name in ("hours", "minimum_hours", "seats"))
    if hours and minimum and minimum > hours:
        form.wrong("minimum_hours", TOO_MANY_HOURS)
    free = form.yes("free")
    if form.errors or not (begins_on and ends_on and hours and minimum and seats) or free is None:
        return None
    return Course(
        id=course_id,
        station_id=station_id,
        title=title,
        provider=provider,
        trade=trade,
        place=place,
        begins_on=begins_on,
        ends_on=ends_on,
        hours=hours,
        minimum_hours=minimum,
        seats=seats,
        free=free,
    )


def values_of(course: Course) -> dict[str, str]:
    return {
        "station": course.station_id,
        "title": course.title,
        "provider": course.provider,
        "trade": course.trade,
        "place": course.place,
        "hours": str(course.hours),
        "minimum_hours": str(course.minimum_hours),
        "seats": str(course.seats),
        "free": "yes" if course.free else "no",
        **day_values("begins_on", course.begins_on),
        **day_values("ends_on", course.ends_on),
    }


def line(form: Form, name: str) -> str:
    text = " ".join(form.text(name, required=True).split())
    if len(text) > LONGEST:
        form.wrong(name, TOO_LONG)
    return text


def _number(form: Form, name: str) -> int | None:
    number = form.whole(name)
    if number is not None and not 0 < number <= MOST:
        form.wrong(name, HOW_MANY)
    return number

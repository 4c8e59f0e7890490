"""Beside the queue: appointments, what comes due in the next two weeks, and what came in since the last evening."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from cases.calendars import Calendar
from cases.days import ONE_DAY, day_of, instant, start_of
from cases.wording import Language, Wording
from store.agenda import Meeting, Told, meetings, unread
from store.case_reading import staff_names
from store.queue_reading import Asked, Reading, View
from web.queue.asked import Address
from web.shown import clock_time, day, weekday
from web.visit import Visit
from web.worker_names import named_workers

LOAD_DAYS: Final = 10  # working days: two weeks
EVENING: Final = time(18)
MOST: Final = 8
_MANY: Final = 5  # of one day, from which on it is said
Shown = dict[str, object]


def rail(visit: Visit, connection: Connection, reading: Reading, asked: Asked, address: Address) -> Shown:
    own = {visit.me.staff_id, *asked.covered}
    return {
        "meetings": _meetings(visit, connection, own),
        "load": _load(visit, reading, asked, address),
        "told": _told(visit, connection),
    }


def _meetings(visit: Visit, connection: Connection, staff_ids: set[str]) -> list[Shown]:
    """Today's and tomorrow's, a day under each other."""
    today = visit.today
    found = meetings(connection, visit.scope, staff_ids, start_of(today), start_of(today + 2 * ONE_DAY), MOST)
    people = named_workers(visit, connection, {each.worker_id for each in found})
    staff = staff_names(connection, {each.with_staff for each in found})
    days: dict[date, list[Shown]] = {}
    for each in found:
        person = people.get(each.worker_id)
        line: Shown = {
            "at": clock_time(each.at),
            "name": person.name if person else "",
            "with": staff.get(each.with_staff, each.with_staff),
            "href": _keep(each),
        }
        days.setdefault(day_of(each.at), []).append(line)
    titles = {today: Wording("今天的预约", "Appointments today"), today + ONE_DAY: Wording("明天的预约", "Tomorrow")}
    return [{"title": titles[on], "meetings": lines} for on, lines in sorted(days.items()) if on in titles]


def _keep(meeting: Meeting) -> str:
    return f"/cases/{meeting.case_id}/do/keep-appointment?about={meeting.about}&back=%2Fqueue"


def _load(visit: Visit, reading: Reading, asked: Asked, address: Address) -> Shown:
    calendar = visit.office.station.policies.calendar
    days = _working_days(visit.today, LOAD_DAYS, calendar)
    view = Asked(asked.view, asked.staff_id, asked.covered)
    counted = reading.due_by_day(view, days)
    bars = [
        {
            "label": str(on.day),
            "value": rows,
            "kind": "today" if on == visit.today else "",
            "href": address.with_(due=on.isoformat(), bucket=None) if rows else "",
            "day": day(on, visit.language, visit.today),
        }
        for on, rows in counted.items()
    ]
    return {"bars": bars, "any": any(counted.values()), "most": _most(visit, counted, asked)}


def _most(visit: Visit, counted: Mapping[date, int], asked: Asked) -> Wording | None:
    on, rows = max(counted.items(), key=lambda each: each[1])
    if rows < _MANY or on == visit.today or asked.view is not View.MINE:
        return None
    zh, en = (day(on, language, visit.today) for language in Language)
    return Wording(f"{zh}有 {rows} 件，可以提前办", f"{rows} fall on {en}; start early")


def _told(visit: Visit, connection: Connection) -> Shown:
    since = last_evening(visit.now, visit.office.station.policies.calendar)
    found = unread(connection, visit.me.staff_id, since, MOST)
    on = day_of(since)
    yesterday = on == visit.today - ONE_DAY
    zh = "昨天下班后" if yesterday else f"{weekday(on, Language.ZH)}下班后"
    en = "Since yesterday evening" if yesterday else f"Since {weekday(on, Language.EN)} evening"
    return {"title": Wording(zh, en), "notices": [_notice(visit, each) for each in found]}


def _notice(visit: Visit, told: Told) -> Shown:
    when = f"{weekday(day_of(told.at), visit.language)} {clock_time(told.at)}"
    return {"id": told.id, "words": told.wording, "when": when, "href": f"/cases/{told.case_id}?back=%2Fqueue"}


def last_evening(now: datetime, calendar: Calendar) -> datetime:
    """When the last working day before today ended."""
    on = day_of(now) - ONE_DAY
    while not calendar.is_working(on):
        on -= ONE_DAY
    return instant(on, EVENING)


def _working_days(today: date, number: int, calendar: Calendar) -> Sequence[date]:
    """Today and the working days after it."""
    days = [today]
    while len(days) < number:
        days.append(calendar.next_working(days[-1] + timedelta(days=1)))
    return days

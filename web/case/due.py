"""When something is due, in words, shape and colour: the due chip of a clock, and its reckoning as a list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from activities.case_view import ClockView
from cases.calendars import Calendar
from cases.case_parts import ClockState
from cases.clocks import Counts
from cases.counting import count
from cases.days import is_weekend
from cases.reckoning import State
from web.case.speech import Shown, Speech, due_clock, due_day

SOON: Final = 3  # working days


@dataclass(frozen=True)
class Chip:
    """`state` is one of the due chip's: overdue, today, soon, later, waiting, provisional, done."""

    state: str
    words: str


def chip(view: ClockView, calendar: Calendar, speech: Speech) -> Chip:
    clock = view.state
    if clock.stopped_at:
        done = speech.day(due_day(clock.stopped_at))
        return Chip("done", speech(f"{done}完成", f"Done {done}"))
    if clock.due_at is None or view.position is None:
        return Chip("waiting", speech("已暂停", "Paused"))
    if view.position.state is State.OVER:
        return _over(clock, view.position.late, speech)
    due = due_day(clock.due_at)
    if due == speech.today:
        at = due_clock(clock.due_at)
        return Chip("today", speech(f"今天 {at} 到期", f"Due today, {at}"))
    if clock.provisional:
        return Chip("provisional", speech(f"预估 {speech.day(due)}", f"About {speech.day(due)}"))
    left = days_left(clock.counts, due, speech.today, calendar)
    soon = days_left(Counts.WORKING, due, speech.today, calendar) <= SOON
    words = speech(
        f"还剩 {counted_days(left, clock.counts, speech)}", f"{counted_days(left, clock.counts, speech)} left"
    )
    return Chip("soon" if soon else "later", words)


def _over(clock: ClockState, late: int, speech: Speech) -> Chip:
    if not late:
        return Chip("overdue", speech("今天已逾期", "Overdue since today"))
    days = counted_days(late, clock.counts, speech)
    return Chip("overdue", speech(f"逾期 {days}", f"{days} over"))


def counted_days(number: int, counts: str, speech: Speech) -> str:
    """Days with their kind, which is always said."""
    s = "" if number == 1 else "s"
    if counts == Counts.WORKING:
        return speech(f"{number} 个工作日", f"{number} working day{s}")
    return speech(f"{number} 天（自然日）", f"{number} natural day{s}")


def days_left(counts: str, due: date, today: date, calendar: Calendar) -> int:
    """The days that a clock still counts after today, its due day with them."""
    if counts == Counts.NATURAL:
        return (due - today).days
    ahead = (today + timedelta(days=number) for number in range(1, (due - today).days + 1))
    return sum(calendar.is_working(day) for day in ahead)


def reckoning(view: ClockView, calendar: Calendar, speech: Speech) -> list[tuple[str, str]]:
    """How the due day came about: from when, how long and by which article, what was left out, what was not."""
    clock, terms = view.clock, view.clock.terms
    counted = count(clock, calendar)
    start = speech.day(counted.start)
    begins = speech(
        f"{start}{speech.w(terms.starts)}，当日不计", f"{start}, {speech.w(terms.starts)}; that day not counted"
    )
    length = _length(view, speech)
    rows = [
        (speech("起算", "From"), begins),
        (speech("期限", "Length"), speech(f"{length}，{view.authority.clause}", f"{length}, {view.authority.clause}")),
        *_holidays(view, calendar, counted.relied_on, counted.end or counted.start, speech),
    ]
    if counted.passed_over:
        spans = _spans(counted.passed_over, speech)
        days = counted_days(len(counted.passed_over), terms.counts, speech)
        rows.append((speech("暂停", "Paused"), speech(f"{spans}，{days}", f"{spans}: {days}")))
    if counted.end and counted.due and counted.end != counted.due:
        end, due = speech.day(counted.end), speech.day(counted.due)
        rows.append(
            (
                speech("顺延", "Moved"),
                speech(f"{end}是休息日或暂停中，移到{due}", f"{end} is no day to end on, so {due}"),
            )
        )
    if view.state.due_at:
        last = due_day(view.state.due_at)
        said = f"{speech.day(last)} {speech.weekday(last)} {due_clock(view.state.due_at)}"
        rows.append((speech("到期", "Due"), said))
    else:
        left = counted_days(counted.left, terms.counts, speech)
        rows.append(
            (
                speech("到期", "Due"),
                speech(f"恢复办理后才能确定，还余 {left}", f"open until the case resumes; {left} left"),
            )
        )
    if view.state.provisional:
        rows.append((speech("预估", "About"), provisional_note(speech)))
    return rows


def provisional_note(speech: Speech) -> str:
    return speech(
        "其中有一年的放假安排还没有录入，暂按周末推算，录入后自动重算。",
        "One of its years has no calendar yet, so only weekends rest; it is reckoned again when the calendar arrives.",
    )


def road(view: ClockView, calendar: Calendar, now: datetime, speech: Speech) -> Shown:
    """The road of a clock from its start to its due day, in shares of the days that it counts."""
    counted = count(view.clock, calendar)
    length = counted.length or 1
    used = sum(1 for day in counted.counted if view.clock.closes(day) <= now)
    pauses = []
    for pause in view.clock.pauses:
        before = sum(1 for day in counted.counted if view.clock.closes(day) <= pause.from_at) / length
        days = sum(1 for day in counted.passed_over if pause.holds(view.clock.closes(day)))
        pauses.append((min(before, 0.98), min(before + max(days / length, 0.02), 1.0)))
    paused = len(counted.passed_over)
    end = speech.day(due_day(view.state.due_at)) if view.state.due_at else speech("暂停中", "paused")
    return {
        "gone": used / length,
        "start": speech.day(counted.start),
        "end": end,
        "pauses": pauses,
        "pause_words": speech(f"停 {paused} 天", f"{paused} paused") if paused else None,
    }


def _length(view: ClockView, speech: Speech) -> str:
    terms = view.clock.terms
    if terms.unit == "month":
        s = "" if terms.length == 1 else "s"
        return speech(f"{terms.length} 个月", f"{terms.length} month{s}")
    return counted_days(terms.length, terms.counts, speech)


def _holidays(
    view: ClockView, calendar: Calendar, relied_on: tuple[date, ...], last: date, speech: Speech
) -> list[tuple[str, str]]:
    """What a count of working days left out, and the weekend days that it counts because they are worked."""
    if view.clock.terms.counts is not Counts.WORKING:
        return []
    met = [(day, holiday) for day in relied_on if day <= last and (holiday := calendar.holiday(day))]
    named: dict[str, list[date]] = {}
    for day, holiday in met:
        if not is_weekend(day):
            named.setdefault(speech.w(holiday.title), []).append(day)
    skipped = [speech("周末", "weekends")]
    skipped += [f"{title} {_spans(tuple(days), speech)}" for title, days in named.items()]
    rows = [(speech("不算", "Skips"), speech("；", "; ").join(skipped))]
    worked = [speech.day(day) for day, _ in met if is_weekend(day)]
    if worked:
        days = speech.list(worked)
        rows.append((speech("照算", "Counts"), speech(f"调休上班日 {days}", f"make-up workdays {days}")))
    return rows


def _spans(days: tuple[date, ...], speech: Speech) -> str:
    """Days in order, neighbours as a span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    words = [
        speech.day(span[0]) if len(span) == 1 else f"{speech.day(span[0])}{speech('至', ' to ')}{speech.day(span[-1])}"
        for span in spans
    ]
    return speech.list(words)

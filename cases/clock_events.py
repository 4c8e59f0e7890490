"""What happens to a clock after it began: events that start it anew, spans it leaves out, and one extension."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases.calendars import Calendar
from cases.clocks import Clock, ClockTerms, Pause
from cases.counting import count
from cases.days import day_of, start_of

EXTENSION = "extension"


@dataclass(frozen=True)
class ClockEvent:
    """On a day, or from a day to another (`until`, the first day that counts again; open as long as it is None)."""

    kind: str
    on: date
    until: date | None = None


def running(terms: ClockTerms, started_at: datetime, events: Iterable[ClockEvent], calendar: Calendar) -> Clock:
    """The clock after these events, whatever the order they are told in.

    One that comes after the term was over changes nothing: what has run out does not begin again. ValueError for an
    event that the terms do not know, and for a second extension.
    """
    clock = Clock(terms, started_at)
    for event in sorted(events, key=lambda each: (each.on, each.kind)):
        if event.on < day_of(clock.started_at) or _over(clock, calendar, event.on):
            continue
        clock = _after(clock, event)
    return clock


def _after(clock: Clock, event: ClockEvent) -> Clock:
    terms = clock.terms
    if event.kind in terms.restarts:
        return Clock(terms, start_of(event.on))
    if event.kind in terms.excludes:
        until = start_of(event.until) if event.until else None
        return replace(clock, pauses=(*clock.pauses, Pause(start_of(event.on), until, event.kind)))
    if event.kind == EXTENSION and terms.extends_by:
        return replace(clock, terms=replace(terms, length=terms.length + terms.extends_by, extends_by=0))
    known = ", ".join((*terms.restarts, *terms.excludes, *((EXTENSION,) if terms.extends_by else ())))
    raise ValueError(f"{terms.id}: '{event.kind}' does nothing to this clock; what does: {known or 'nothing'}.")


def _over(clock: Clock, calendar: Calendar, on: date) -> bool:
    due = count(clock, calendar).due
    return due is not None and due < on

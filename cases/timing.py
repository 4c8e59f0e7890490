"""The clocks of a case: begun, stopped, paused and resumed, each with its due instant reckoned anew."""

from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from cases.calendars import Calendar
from cases.case import Case
from cases.case_parts import ClockState, PauseSpan
from cases.clocks import Clock, ClockTerms, Pause
from cases.days import start_of
from cases.parts import find, put
from cases.reckoning import reckon
from cases.setting import Setting

C = TypeVar("C", bound=Case)


def begin(case: C, clock_id: str, terms: ClockTerms, seen: Setting, *, on: date | None = None) -> C:
    """Start a clock, or start it over: now, or with an earlier day. A case that is paused starts it paused."""
    pauses = (PauseSpan(seen.at),) if case.paused else ()
    fresh = ClockState(
        id=clock_id,
        terms_id=terms.id,
        length=terms.length,
        unit=terms.unit,
        counts=terms.counts,
        started_at=seen.at if on is None or on == seen.on else start_of(on),
        due_at=None,
        alarms=(),
        provisional=False,
        calendar_hash=seen.calendar.hash,
        pauses=pauses,
    )
    return replace(case, clocks=put(case.clocks, reckoned(fresh, terms, seen.calendar)))


def reckoned(clock: ClockState, terms: ClockTerms, calendar: Calendar) -> ClockState:
    """The clock with its due instant and alarms as this calendar gives them."""
    result = reckon(as_clock(clock, terms), calendar)
    return replace(
        clock,
        due_at=result.due_at,
        alarms=result.thresholds,
        provisional=result.provisional,
        calendar_hash=result.calendar_hash,
    )


def as_clock(clock: ClockState, terms: ClockTerms) -> Clock:
    return Clock(terms, clock.started_at, tuple(Pause(p.from_at, p.until_at, "") for p in clock.pauses))


def stop(case: C, clock_id: str, at: datetime) -> C:
    """Stop a clock whose duty is done; one that never ran, or was stopped, stays as it is."""
    clock = find(case.clocks, clock_id)
    if clock is None or not clock.running:
        return case
    return replace(case, clocks=put(case.clocks, replace(clock, stopped_at=at)))


def stop_all(case: C, at: datetime, *, starting_with: str = "") -> C:
    for clock in case.clocks:
        if clock.id.startswith(starting_with):
            case = stop(case, clock.id, at)
    return case


def pause_all(case: C, at: datetime) -> C:
    return replace(case, clocks=tuple(_paused(clock, at) if clock.running else clock for clock in case.clocks))


def resumed(case: C, seen: Setting) -> C:
    """The case with its pause ended and every clock going on where it stood; one that is not paused stays as it is."""
    if not case.paused:
        return case
    pauses = (*case.pauses[:-1], replace(case.pauses[-1], until_at=seen.at))
    clocks = tuple(_resumed(clock, seen) if clock.running else clock for clock in case.clocks)
    return replace(case, pauses=pauses, clocks=clocks)


def _paused(clock: ClockState, at: datetime) -> ClockState:
    return replace(clock, pauses=(*clock.pauses, PauseSpan(at)), due_at=None, alarms=())


def _resumed(clock: ClockState, seen: Setting) -> ClockState:
    if not clock.pauses or clock.pauses[-1].until_at is not None:
        return clock
    ended = replace(clock.pauses[-1], until_at=seen.at)
    return reckoned(replace(clock, pauses=(*clock.pauses[:-1], ended)), seen.terms[clock.terms_id], seen.calendar)

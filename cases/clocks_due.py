"""Which clock of a case rings next, and when the first is due."""

from datetime import datetime

from cases.case import Case
from cases.case_parts import ClockState


def next_alarm(case: Case) -> tuple[ClockState, datetime, int] | None:
    """The clock whose alarm comes first, its instant and percent; clocks of one instant in the order of their ids."""
    alarms = [(a.at, clock.id, a.percent, clock) for clock in case.clocks if (a := clock.next_alarm)]
    if not alarms:
        return None
    at, _, percent, clock = min(alarms, key=lambda alarm: alarm[:3])
    return clock, at, percent


def first_due(case: Case) -> datetime | None:
    """When the first of the running clocks is due, or was."""
    return min((clock.due_at for clock in case.clocks if clock.running and clock.due_at), default=None)

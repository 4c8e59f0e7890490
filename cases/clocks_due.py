"""Which clock of a case rings next, and when the first is due."""

from datetime import datetime
from typing import Final

from cases.case import Case
from cases.case_parts import ClockState

# The applicant's own time to ask for a review or to go to a body outside: by these nothing of the station is due.
APPEALS: Final = ("ask-review/", "reconsideration/", "court/")


def next_alarm(case: Case) -> tuple[ClockState, datetime, int] | None:
    """The clock whose alarm comes first, its instant and percent; clocks of one instant in the order of their ids."""
    alarms = [(a.at, clock.id, a.percent, clock) for clock in case.clocks if (a := clock.next_alarm)]
    if not alarms:
        return None
    at, _, percent, clock = min(alarms, key=lambda alarm: alarm[:3])
    return clock, at, percent


def first_due(case: Case) -> datetime | None:
    """When the first of the running clocks that somebody has to keep is due, or was."""
    kept = (clock for clock in case.clocks if clock.running and not clock.id.startswith(APPEALS))
    return min((clock.due_at for clock in kept if clock.due_at), default=None)

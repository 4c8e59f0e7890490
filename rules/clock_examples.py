"""An example of a clock: begun on a day, with what happened since, it is due on a day."""

from collections.abc import Iterator

from cases.calendars import Calendar
from cases.clock_events import ClockEvent, running
from cases.counting import count
from cases.days import start_of
from cases.reckoning import reckon
from rules.clock_terms import clock_terms
from rules.errors import PolicyError, nearest
from rules.loading import Mapping, Node
from rules.policies import ResolvedPolicy
from rules.reading import day, items, mapping, scalar, text, truth, whole

OF_A_CLOCK = ("clock", "starts", "events", "due", "counted", "provisional")


def clock_differences(example: Mapping, policy: ResolvedPolicy, calendar: Calendar) -> Iterator[str]:
    """Every way in which the clock comes out otherwise than the example says."""
    entries = mapping(example, ("name", "on", *OF_A_CLOCK), ("clock", "starts")).entries
    terms, named = clock_terms(policy), text(entries["clock"])
    if named not in terms:
        suggestion = nearest(named, terms)
        raise PolicyError(f"there is no clock '{named}'", entries["clock"].place, suggestion=suggestion)
    events = [_event(node) for node in items(entries["events"])] if "events" in entries else []
    try:
        clock = running(terms[named], start_of(day(entries["starts"])), events, calendar)
    except ValueError as error:
        raise PolicyError(str(error).removesuffix("."), entries["events"].place) from None
    found, day_due = reckon(clock, calendar), count(clock, calendar).due
    due = str(day_due) if day_due else "open"
    if "due" in entries and (said := _due(entries["due"])) != due:
        yield f"it says due on {said}, and it is due on {due}"
    if "counted" in entries and (days := whole(entries["counted"])) != found.counted:
        yield f"it says {days} days counted, and {found.counted} are"
    if "provisional" in entries and truth(entries["provisional"]) is not found.provisional:
        yield f"it says provisional: {scalar(entries['provisional']).text}, and it is otherwise"


def _due(node: Node) -> str:
    return "open" if scalar(node).text == "open" else str(day(node))


def _event(node: Node) -> ClockEvent:
    found = mapping(node, ("kind", "on", "until"), ("kind", "on")).entries
    return ClockEvent(text(found["kind"]), day(found["on"]), day(found["until"]) if "until" in found else None)

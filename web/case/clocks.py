"""The clocks of a case on its pages: how far each has run, when it is due, and how that day came about."""

from collections.abc import Iterable
from datetime import datetime

from activities.case_view import ClockView, clock_views
from cases.authorities import Authority
from cases.hardship.queueing import WHOLE
from web.case.due import chip, provisional_note, reckoning, road
from web.case.opened_any import Opened
from web.case.speech import Shown


def clocks_of(opened: Opened) -> tuple[ClockView, ...]:
    """Those that run, the first due first; then those that stopped, the latest first."""
    views = clock_views(opened.terms, opened.station.policies.calendar, opened.case, opened.visit.now)
    running = sorted((v for v in views if v.state.running), key=_due)
    stopped = sorted((v for v in views if v.state.stopped_at), key=_stopped)
    return (*running, *stopped[::-1])


def _due(view: ClockView) -> tuple[bool, datetime]:
    """A clock that is paused has no due instant, and comes last."""
    return view.state.due_at is None, view.state.due_at or view.state.started_at


def _stopped(view: ClockView) -> datetime:
    return view.state.stopped_at or view.state.started_at


def clock_title(opened: Opened, view: ClockView) -> str:
    """What it times; of one service, which."""
    title = opened.speech.w(view.title)
    number = view.state.id.rpartition("-")[2]
    if view.state.id.startswith("outcome/") and number.isdecimal():
        return opened.speech(f"{title}（第 {number} 次推荐）", f"{title} (referral {number})")
    return title


def shown_clocks(opened: Opened, views: Iterable[ClockView], *, explained: int) -> list[Shown]:
    """As the macro `clock` takes them; the first ones with their whole reckoning."""
    return [_shown(opened, view, explained=number < explained) for number, view in enumerate(views)]


def cited(authority: Authority) -> Shown:
    return {"text": authority.clause, "tag": authority.tag.value, "href": None}


def _shown(opened: Opened, view: ClockView, *, explained: bool) -> Shown:
    speech, calendar = opened.speech, opened.station.policies.calendar
    due = chip(view, calendar, speech)
    shown: Shown = {
        "id": view.state.id.replace("/", "-"),
        "title": clock_title(opened, view),
        "due_state": due.state,
        "due_words": due.words,
        "gone": None,
        "start": "",
        "end": "",
        "pauses": [],
        "pause_words": None,
        "ticks": tuple(percent for percent in view.clock.terms.thresholds if percent < WHOLE),
        "reckoning": [],
        "note": None,
        "authority": cited(view.authority),
    }
    if view.state.running:
        shown |= road(view, calendar, opened.visit.now, speech)
    if explained:
        shown["reckoning"] = reckoning(view, calendar, speech)
    elif view.state.provisional and view.state.running:
        shown["note"] = provisional_note(speech)
    return shown

"""An inquiry of a page: begun once, worked on elsewhere, and found again by what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from activities import inquiry_starting
from activities.inquiries import Inquiries
from activities.simulation_starting import Progress, progress
from cases.canonical import Json
from cases.inquiries import InquiryKind
from store.case_reading import staff_names
from store.inquiries import Inquiry, Kept, inquiries_about
from web.forms import Form
from web.keyed import keyed_id
from web.visit import Visit

BEGINS_WITHIN: Final = timedelta(minutes=1)  # a process takes a moment before it says how far it is


@dataclass(frozen=True)
class Standing:
    """`waiting`: the newest, while it has no answer; `stuck`: nobody is at work on it."""

    waiting: Kept | None
    progress: Progress | None
    stuck: bool
    answered: tuple[Kept, ...]  # the newest first
    names: Mapping[str, str]


def begin(visit: Visit, form: Form, kind: InquiryKind, about: str, given: Mapping[str, Json]) -> None:
    """Raises Refused at once where nothing could come of it."""
    new = Inquiry(keyed_id(visit, form.key), kind, about, given, visit.me.staff_id, visit.now)
    if Inquiries(visit.office.station).ask(new):
        inquiry_starting.start(visit.office.settings, new.id)


def standing(visit: Visit, connection: Connection, kind: InquiryKind, about: str) -> Standing:
    found = inquiries_about(connection, kind, about)
    waiting = found[0] if found and found[0].came is None else None
    done = progress(visit.office.settings, waiting.asked.id) if waiting else None
    young = waiting is not None and visit.now - waiting.asked.asked_at < BEGINS_WITHIN
    names = staff_names(connection, {each.asked.asked_by for each in found})
    answered = tuple(each for each in found if each.came is not None)
    return Standing(waiting, done, waiting is not None and done is None and not young, answered, names)

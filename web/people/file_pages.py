"""The other pages of a worker: facts with their history, determinations and papers, corrections, and who looked."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import Json
from cases.papers import PaperKind
from cases.wording import Wording
from store.case_reading import staff_names
from store.changes import Changed, changes
from store.facts import fact_history
from store.worker_file import (
    Look,
    count_looks,
    determinations_of_worker,
    facts_told,
    looks,
    notices_to_worker,
    papers_of_worker,
)
from web.audit.kinds import kind_wording
from web.case.head import GRANTED, OPEN, REFUSED
from web.case.speech import Shown
from web.people.opened import OpenWorker, note_look, open_worker
from web.people.page import CHANGES, FACTS, LOOKS, PAPERS, shared
from web.people.shown import FIELDS, change_value, fact_rows
from web.reasons import REASONS, Why
from web.roles import CASE_READING
from web.serving import Page
from web.shown import case_number
from web.subsidies.titles import policies_called
from web.vacancies.listing import page_number
from web.visit import Visit

ROWS: Final = 50
HIDDEN: Final = Wording("不显示", "not shown")


def facts_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        context = shared(connection, opened, FACTS) | {"facts": _facts(connection, opened) if opened.working else []}
    note_look(opened)
    return visit.render("people/facts.html", context)


def papers_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        context = shared(connection, opened, PAPERS) | {
            "determinations": _determinations(connection, opened),
            "papers": _papers(connection, opened),
            "sent": _notices(connection, opened),
        }
    note_look(opened)
    return visit.render("people/papers.html", context)


def changes_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        context = shared(connection, opened, CHANGES) | {"entries": _changes(connection, opened)}
    note_look(opened)
    return visit.render("people/changes.html", context)


def looks_page(visit: Visit) -> Response:
    page, keyring = page_number(visit), visit.office.station.keyring
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        seen = looks(connection, keyring, opened.id, at_most=ROWS, skip=ROWS * (page - 1))
        staff = staff_names(connection, {look.actor for look in seen})
        context = shared(connection, opened, LOOKS) | {
            "looks": [_look(opened, look, staff.get(look.actor, look.actor)) for look in seen],
            "page": page,
            "pages": max(-(-count_looks(connection, opened.id) // ROWS), 1),
        }
    note_look(opened)
    return visit.render("people/looks.html", context)


def _facts(connection: Connection, opened: OpenWorker) -> list[Shown]:
    """Each fact with all its values, the one that holds now first."""
    station = opened.visit.office.station
    declared = station.policies.book.facts
    histories = [
        fact_history(connection, station.keyring, *subject, name) for subject, name in facts_told(connection, opened.id)
    ]
    staff = staff_names(connection, {fact.recorded_by for history in histories for fact in history})
    shown = [fact_rows(opened.speech, declared, iter(history), staff) for history in histories]
    return [{"now": rows[0], "before": rows[1:]} for rows in shown if rows]


def _determinations(connection: Connection, opened: OpenWorker) -> list[Shown]:
    speech = opened.speech
    found = determinations_of_worker(connection, opened.visit.scope, opened.id)
    staff = staff_names(connection, {each.decided_by for each in found if each.decided_by})
    decided = {True: GRANTED, False: REFUSED, None: OPEN}
    called = policies_called(opened.visit.office.station.policies.book)
    return [
        {
            "href": f"/cases/{each.case_id}/determinations/{each.id}",
            "case": case_number(each.case_id),
            "title": speech.w(called.get(each.policy, Wording(each.policy, each.policy))),
            "conclusion": speech.w(each.conclusion.label),
            "decided": speech.w(decided[each.granted]),
            "settled": each.granted is not None,
            "by": staff.get(each.decided_by or "", ""),
            "at": each.made_at,
            "superseded": each.superseded,
        }
        for each in found
    ]


def _papers(connection: Connection, opened: OpenWorker) -> list[Shown]:
    return [
        {
            "href": f"/cases/{each.case_id}/papers/{each.id}" if each.sha256 else None,
            "case": case_number(each.case_id),
            "title": opened.speech.w(PaperKind(each.kind).wording),
            "dated": each.dated,
            "made": each.sha256 is not None,
            "waived": each.waived_on is not None,
        }
        for each in papers_of_worker(connection, opened.visit.scope, opened.id)
    ]


def _notices(connection: Connection, opened: OpenWorker) -> list[Shown]:
    return [
        {
            "case": case_number(each.case_id),
            "words": _wording(opened, each.wording),
            "at": each.at,
            "read": each.read_at,
        }
        for each in notices_to_worker(connection, opened.visit.scope, opened.id)
    ]


def _wording(opened: OpenWorker, kept: Json) -> str:
    return opened.speech(str(kept["zh"]), str(kept["en"])) if isinstance(kept, dict) else str(kept)


def _changes(connection: Connection, opened: OpenWorker) -> list[Shown]:
    """Corrections, the newest first; their values only for those who work with the worker."""
    speech, keyring = opened.speech, opened.visit.office.station.keyring
    found = changes(connection, keyring, Changed.WORKER, opened.id)
    staff = staff_names(connection, {each.changed_by for each in found})
    hidden = speech.w(HIDDEN)
    return [
        {
            "field": speech.w(FIELDS[each.field]) if each.field in FIELDS else each.field,
            "before": change_value(connection, speech, each.field, each.before) if opened.working else hidden,
            "after": change_value(connection, speech, each.field, each.after) if opened.working else hidden,
            "reason": each.reason if opened.working else hidden,
            "by": staff.get(each.changed_by, each.changed_by),
            "at": each.changed_at,
        }
        for each in reversed(found)
    ]


def _look(opened: OpenWorker, look: Look, who: str) -> Shown:
    """Reasons of a closed list in words; of a correction, the fields."""
    speech = opened.speech
    if look.reason in tuple(Why):
        reason = speech.w(REASONS[Why(look.reason)])
    else:
        names = [speech.w(FIELDS[name]) for name in (look.reason or "").split(",") if name in FIELDS]
        reason = speech.list(names)
    return {
        "at": look.at,
        "who": who,
        "what": speech.w(kind_wording(look.kind)),
        "case": case_number(look.case_id) if look.case_id else "",
        "reason": reason,
        "note": look.note if opened.working else None,
    }


ROUTES: Final = [
    Page("/workers/{worker_id}/facts", facts_page, CASE_READING),
    Page("/workers/{worker_id}/papers", papers_page, CASE_READING),
    Page("/workers/{worker_id}/changes", changes_page, CASE_READING),
    Page("/workers/{worker_id}/looks", looks_page, CASE_READING),
]

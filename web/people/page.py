"""A worker's page: what was done for them, who they are and how to reach them, what they can and cannot do."""

from typing import Final

from sqlalchemy import Connection, select
from starlette.responses import Response

from cases.days import day_of, months_between
from cases.facts import SubjectKind
from cases.identity import parse_identity
from cases.phones import parse_phone
from cases.refusals import Refused
from cases.subsidy.stages import Applicant
from cases.wording import Wording
from store.case_reading import staff_names, station_names
from store.cases import has_other_open_case
from store.changes import Changed, revision
from store.facts import current_facts
from store.households import household_of, members
from store.people import candidates, workers
from store.search import Sought
from store.tables.people import worker
from store.worker_file import count_looks, facts_told, looks
from store.worker_list import CaseOfWorker, cases_of_workers
from web.audit.kinds import kind_wording
from web.case.person import SEXES, read_aloud
from web.case.speech import Shown
from web.case.ways import ways_of
from web.people.opened import OpenWorker, note_look, open_worker
from web.people.rows import case_standing
from web.people.shown import fact_rows, limit_lines
from web.revealing import Masked, masked
from web.roles import CASE_READING, COUNTER, GUIDES
from web.serving import Page
from web.shown import case_number
from web.subsidies.of_applicant import subsidies_of
from web.visit import Visit

OVERVIEW, FACTS, PAPERS, CHANGES, LOOKS = "", "/facts", "/papers", "/changes", "/looks"
_TABS: Final = (
    (OVERVIEW, Wording("概况", "Overview")),
    (FACTS, Wording("事实", "Facts")),
    (PAPERS, Wording("认定、材料和通知", "Determinations, papers, notices")),
    (CHANGES, Wording("变更记录", "Corrections")),
    (LOOKS, Wording("谁看过", "Who looked")),
)
NEWEST_LOOKS: Final = 5
LIST: Final = Wording("回零工列表", "Back to the workers")
MATCHES: Final = {
    Sought.NAME: Wording("姓名相同", "same name"),
    Sought.PHONE: Wording("电话相同", "same phone"),
}


def worker_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        context = _context(connection, opened)
    note_look(opened)
    return visit.render("people/worker.html", context)


def shared(connection: Connection, opened: OpenWorker, here: str) -> Shown:
    """What every page of a worker needs besides its own content."""
    visit, speech, person = opened.visit, opened.speech, opened.known.person
    counts = {
        FACTS: len(facts_told(connection, opened.id)),
        CHANGES: revision(connection, Changed.WORKER, opened.id),
        LOOKS: count_looks(connection, opened.id),
    }
    return {
        "worker_id": opened.id,
        "path": opened.path,
        "working": opened.working,
        "name": opened.name,
        "beside": [words for words in (_reading(opened), _about(opened), _since(opened)) if words],
        "masked": {field.value: masked(person, field) for field in Masked},
        "back": _back(visit),
        "tabs": [
            {
                "href": ways_of(visit).on(opened.path + tab),
                "words": speech.w(words),
                "count": counts.get(tab),
                "here": tab == here,
            }
            for tab, words in _TABS
        ],
        "may_open": bool(visit.roles & COUNTER.roles) and not has_other_open_case(connection, opened.id, ""),
        "may_edit": opened.working and bool(visit.roles & GUIDES.roles),
        "station": station_names(connection, {person.station_id}).get(person.station_id, person.station_id),
    }


def _back(visit: Visit) -> dict[str, str]:
    """To where the address says that the reader came from, or to the list."""
    ways = ways_of(visit)
    if not ways.given:
        return {"href": "/workers", "words": LIST.within(visit.language)}
    return {"href": ways.back, "words": ways.words.within(visit.language)}


def shown_cases(connection: Connection, opened: OpenWorker) -> list[Shown]:
    speech = opened.speech
    found = cases_of_workers(connection, opened.visit.scope, [opened.id]).get(opened.id, ())
    staff = staff_names(connection, {case.caseworker for case in found if case.caseworker})
    stations = station_names(connection, {case.station_id for case in found})
    return [
        {
            "id": case.id,
            "number": case_number(case.id),
            "open": case.closed_at is None,
            "standing": speech.w(case_standing(case)),
            "caseworker": staff.get(case.caseworker or "", "") or speech("未分派", "nobody yet"),
            "station": stations.get(case.station_id, case.station_id),
            "span": _span(opened, case),
        }
        for case in found
    ]


def _context(connection: Connection, opened: OpenWorker) -> Shown:
    visit, speech, keyring = opened.visit, opened.speech, opened.visit.office.station.keyring
    cases = shown_cases(connection, opened)
    seen = looks(connection, keyring, opened.id, at_most=NEWEST_LOOKS)
    current = current_facts(connection, keyring, SubjectKind.WORKER, opened.id, visit.today)
    staff = staff_names(connection, {*(look.actor for look in seen), *(fact.recorded_by for fact in current.values())})
    return shared(connection, opened, OVERVIEW) | {
        "cases": cases,
        "stations": len({case["station"] for case in cases}),
        "subsidies": subsidies_of(visit, connection, Applicant.WORKER, opened.id),
        "household": _household(connection, opened),
        "skills": opened.known.skills if opened.working else (),
        "wishes": opened.known.wishes if opened.working else (),
        "limits": limit_lines(connection, speech, opened.known.constraints) if opened.working else (),
        "facts": fact_rows(speech, visit.office.station.policies.book.facts, iter(current.values()), staff)
        if opened.working
        else (),
        "alike": _alike(connection, opened),
        "looks": [
            {"at": look.at, "who": staff.get(look.actor, look.actor), "what": speech.w(kind_wording(look.kind))}
            for look in seen
        ],
    }


def _household(connection: Connection, opened: OpenWorker) -> list[str]:
    """Who lives with the worker: relations, and names for those who work with the worker."""
    visit = opened.visit
    household_id = household_of(connection, opened.id, visit.today)
    if household_id is None or not opened.working:
        return []
    found = members(connection, visit.office.station.keyring, household_id, visit.today)
    return [
        f"{each.relation} {each.name}" if each.name else each.relation for each in found if each.worker_id != opened.id
    ]


def _alike(connection: Connection, opened: OpenWorker) -> list[Shown]:
    """Others of the ledger, within the reader's scope, who may be the same person, and by what."""
    person, visit = opened.known.person, opened.visit
    keyring = visit.office.station.keyring
    found = [
        each
        for each in candidates(connection, keyring, person.name, None, parse_phone(person.phone))
        if each.worker_id != opened.id
    ]
    seen = select(worker.c.id).where(worker.c.id.in_([each.worker_id for each in found]), visit.scope.has_worker())
    people = workers(connection, keyring, connection.scalars(seen).all())
    stations = station_names(connection, {other.station_id for other in people.values()})
    return [
        {
            "id": each.worker_id,
            "name": people[each.worker_id].masked().name,
            "station": stations.get(people[each.worker_id].station_id, ""),
            "registered_on": people[each.worker_id].registered_on,
            "matched": opened.speech.list([opened.speech.w(MATCHES[s]) for s in MATCHES if s in each.matched]),
        }
        for each in found
        if each.worker_id in people
    ]


def _reading(opened: OpenWorker) -> str:
    return read_aloud(opened.known.person.name) if opened.working else ""


def _about(opened: OpenWorker) -> str:
    """Sex and age, as the identity number says them."""
    speech, today = opened.speech, opened.visit.today
    if not opened.working:
        return ""
    try:
        known = parse_identity(opened.known.person.identity, today)
    except Refused:
        return ""
    age = months_between(known.born_on, today) // 12
    sex = speech.w(SEXES[known.sex])
    return speech(f"{sex} {age} 岁", f"{sex}, {age}")


def _since(opened: OpenWorker) -> str:
    on = opened.known.person.registered_on
    return opened.speech(f"实名台账 {on.year}年{on.month}月起", f"in the ledger since {opened.speech.day(on)}")


def _span(opened: OpenWorker, case: CaseOfWorker) -> str:
    speech = opened.speech
    begun = speech.day(case.applied_on)
    if case.closed_at is None:
        return speech(f"{begun} 起", f"since {begun}")
    ended = speech.day(day_of(case.closed_at))
    return speech(f"{begun}至{ended}", f"{begun} to {ended}")


ROUTES: Final = [Page("/workers/{worker_id}", worker_page, CASE_READING)]

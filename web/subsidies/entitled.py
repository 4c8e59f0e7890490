"""Everyone entitled (应享尽享): who probably could have a subsidy and has not applied, told or not wanting it."""

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection, select
from starlette.responses import Response

from activities.entitlements import Entitlements
from cases.names import mask_name
from cases.refusals import Refused
from cases.subsidy.stages import Applicant
from cases.wording import Wording
from store.case_reading import staff_names, station_names
from store.employers import household_names
from store.entitlements import Answer, Found, Of, Wanted, answer_of, count_found, found_in
from store.scope import NotInScope
from store.tables.employers import employer
from store.tables.entitlements import Standing
from store.tables.people import worker
from web.case.marking import marked
from web.case.speech import Shown, Speech, speech_of
from web.forms import REQUIRED, Form
from web.queue.asked import page_of
from web.roles import ASSIGNING, CASE_READING, COUNTER, GUIDES
from web.serving import Page
from web.shown import money
from web.subsidies.titles import subsidy_title
from web.visit import Visit
from web.worker_names import named_workers

HOME: Final = "/subsidies/entitled"
SWEEP: Final = f"{HOME}/sweep"
PAGE_ROWS: Final = 25
FAILED: Final = 422
NAMES: Final = ("policy", "station", "standing", "declined", "page")
TOLD, DECLINED = "told", "declined"
_LONGEST: Final = 64
MOST_TEXT: Final = 500


def entitled_page(visit: Visit) -> Response:
    return _page(visit, Form())


def answer(visit: Visit) -> Response:
    """They were told, or do not want it; a reason is kept sealed."""
    form = Form.sent(visit)
    applicant_id, policy, hired, press = (visit.field(name) for name in ("applicant", "policy", "hired", "press"))
    reason = form.text("reason")[:MOST_TEXT] if press == DECLINED else None
    if press == DECLINED and not reason:
        form.wrong("reason", REQUIRED)
    if press not in (TOLD, DECLINED):
        return visit.go(_here(visit))
    with visit.reading() as connection:
        wanted = Wanted(policy=policy, applicant_id=applicant_id, hired=hired, with_declined=True)
        if not count_found(connection, wanted, visit.scope):
            raise NotInScope
    if form.errors:
        return _page(visit, form, status=FAILED)
    said = Answer(visit.today, visit.me.staff_id, reason)
    with visit.writing() as connection:
        answer_of(connection, visit.office.station.keyring, Of(applicant_id, policy, hired), said, visit.now)
    return visit.go(_here(visit), said="entitled-marked")


def sweep(visit: Visit) -> Response:
    """Look anew at everybody of one station."""
    station_id, station = visit.field("of"), visit.office.station
    with visit.reading() as connection:
        if station_id not in connection.scalars(visit.scope.stations).all():
            raise NotInScope
    try:
        Entitlements(station.engine, station.keyring, station.policies).sweep(visit.now, station=station_id)
    except Refused as refused:
        return _page(visit, Form(), [reason.wording for reason in refused.refusals], status=FAILED)
    return visit.go(f"{HOME}?{urlencode({'station': station_id})}", said="swept")


def rows_of(visit: Visit, connection: Connection, found: Collection[Found]) -> list[Shown]:
    """Lines of the list, also for the page of one worker or one employer."""
    speech, book = speech_of(visit), visit.office.station.policies.book
    workers = named_workers(visit, connection, _ids(found, Applicant.WORKER))
    employers = _employers(visit, connection, _ids(found, Applicant.EMPLOYER))
    hired = _hired(visit, connection, {each.entitled.hired for each in found if each.entitled.hired})
    told_by = staff_names(connection, {each.answer.told_by for each in found if each.answer})
    rows = []
    for each in found:
        of, facts = each.entitled, visit.office.station.policies.book.facts
        person = workers.get(of.applicant_id)
        name = person.name if person else employers.get(of.applicant_id, "")
        missing = [speech.w(facts[fact].label) if fact in facts else fact for fact in of.missing]
        kind = of.applicant.value
        row: Shown = {
            "id": "-".join(each for each in (of.applicant_id, of.hired, of.policy) if each),
            "hired": of.hired,
            "hired_name": hired.get(of.hired, ""),
            "applicant": of.applicant_id,
            "policy": of.policy,
            "name": name,
            "sub": f"{speech('尾号 ', '…')}{person.phone_tail}" if person else "",
            "href": f"/workers/{of.applicant_id}"
            if of.applicant is Applicant.WORKER
            else f"/employers/{of.applicant_id}",
            "title": marked(speech.w(subsidy_title(book, of.policy)), visit.language),
            "standing": speech.w(of.standing.label),
            "sure": of.standing is Standing.QUALIFIES,
            "missing": marked(speech.list(missing), visit.language),
            "amount": money(of.amount_fen) if of.amount_fen is not None else "",
            "found": speech.day(each.found_on),
            "answer": _answered(each.answer, told_by, speech),
            "apply": f"/subsidies/apply?{kind}={of.applicant_id}" + (f"&hired={of.hired}" if of.hired else "")
            if visit.roles & COUNTER.roles
            else None,
        }
        rows.append(row)
    return rows


def _page(visit: Visit, form: Form, why: list[Wording] | None = None, *, status: int = 200) -> Response:
    given = {name: value[:_LONGEST] for name in NAMES if (value := visit.asked(name).strip())}
    with visit.reading() as connection:
        speech, book = speech_of(visit), visit.office.station.policies.book
        stations = station_names(connection, connection.scalars(visit.scope.stations).all())
        wanted = _wanted(given, stations)
        total = count_found(connection, wanted, visit.scope)
        page, pages = page_of(given, total)
        found = found_in(
            connection, visit.office.station.keyring, wanted, visit.scope, (page - 1) * PAGE_ROWS, PAGE_ROWS
        )
        policies = {each.entitled.policy for each in found} | ({given["policy"]} if "policy" in given else set())
        context = {
            "rows": rows_of(visit, connection, found),
            "total": total,
            "page": page,
            "pages": pages,
            "href": f"{HOME}?{urlencode({k: v for k, v in given.items() if k != 'page'})}&page={{page}}",
            "given": given,
            "narrowed": bool(given),
            "policies": sorted((each, speech.w(subsidy_title(book, each))) for each in policies),
            "stations": sorted(stations.items()),
            "standings": [(each.value, speech.w(each.label)) for each in Standing],
            "may_answer": bool(visit.roles & GUIDES.roles),
            "may_sweep": bool(visit.roles & ASSIGNING.roles),
            "form": form,
            "why": why or [],
            "action": _here(visit),
        }
    return visit.render("subsidies/entitled.html", context, status=status)


def _wanted(given: Mapping[str, str], stations: Mapping[str, str]) -> Wanted:
    standing, station = given.get("standing"), given.get("station")
    return Wanted(
        policy=given.get("policy"),
        office=station if station in stations else None,
        standing=Standing(standing) if standing in tuple(Standing) else None,
        with_declined=given.get("declined") == "yes",
    )


def _answered(answer: Answer | None, told_by: Mapping[str, str], speech: Speech) -> str:
    if answer is None:
        return ""
    who, on = told_by.get(answer.told_by, answer.told_by), speech.day(answer.told_on)
    if answer.declined:
        return speech(f"{on} {who}问过，本人不要", f"asked by {who} on {on}: not wanted")
    return speech(f"{on} {who}已告知", f"told by {who} on {on}")


def _ids(found: Collection[Found], kind: Applicant) -> set[str]:
    return {each.entitled.applicant_id for each in found if each.entitled.applicant is kind}


def _employers(visit: Visit, connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    rows = connection.execute(select(employer.c.id, employer.c.name).where(employer.c.id.in_(ids))).all()
    masked = household_names(connection, visit.office.station.keyring, [row.id for row in rows if row.name is None])
    return {row.id: row.name or mask_name(masked.get(row.id, "—")) for row in rows}


def _hired(visit: Visit, connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """Whoever was hired may be of another place: who may not see their file sees the name masked."""
    lines = named_workers(visit, connection, ids)
    theirs = select(worker.c.id).where(worker.c.id.in_(ids), visit.scope.has_worker())
    seen = frozenset(connection.scalars(theirs))
    return {id_: line.name if id_ in seen else mask_name(line.name) for id_, line in lines.items()}


def _here(visit: Visit) -> str:
    query = visit.request.url.query
    return f"{HOME}?{query}" if query and visit.path == HOME else HOME


ROUTES: Final = [
    Page(HOME, entitled_page, CASE_READING),
    Page(HOME, answer, GUIDES, methods=("POST",)),
    Page(SWEEP, sweep, ASSIGNING, methods=("POST",)),
]

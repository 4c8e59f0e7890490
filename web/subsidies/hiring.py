"""For whom an employer applies: chosen among the people whom it is known to have hired, or sought."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from cases.applications import Hired
from cases.identity import parse_identity
from cases.refusals import Refused
from cases.subsidy.stages import Per
from cases.wording import Wording
from store.finding import find_people
from store.hires import hires_of
from store.scope import NotInScope
from store.subsidy_applicants import worker_applying
from web.case.speech import Shown, speech_of
from web.forms import UNPROCESSABLE, Form
from web.roles import COUNTER
from web.serving import Page
from web.subsidies.choosing import CHOOSE, FORM, HIRED, SEVERAL, Choice, choice_of, law_chosen, whose
from web.subsidies.hired_person import Person, person_of
from web.visit import Visit

FIND: Final = "find"
SOUGHT, TICKED, ABOUT = "q", "person", "about"
MOST_TYPED: Final = 100
MOST_FOUND: Final = 20
MOST_AT_ONCE: Final = 30
NOBODY: Final = Wording(
    "请选择招用人员；没有登记过的，请先登记零工", "Choose whom it hired; whoever is not registered is registered first"
)
TOO_MANY: Final = Wording(f"一次最多选{MOST_AT_ONCE}人", f"At most {MOST_AT_ONCE} people at once")


def hired_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        if choice is None or not choice.policy:
            return visit.go(CHOOSE + (choice.query() if choice else ""))
        kept = visit.kept(HIRED)
        form = Form.of(kept.fields) if kept and (kept.fields.get(ABOUT) or ("",))[0] == choice.query() else Form()
        return _page(visit, connection, choice, form)


def choose(visit: Visit) -> Response:
    """To the page again with whom was sought; on to the form of one person, or to that of several."""
    form = Form.sent(visit)
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        if choice is None or not choice.policy:
            return visit.go(CHOOSE)
        if visit.field("press") != FIND:
            chosen = tuple(dict.fromkeys(form.chosen(TICKED)))
            if not chosen:
                form.wrong(TICKED, NOBODY)
            if len(chosen) > MOST_AT_ONCE:
                form.wrong(TICKED, TOO_MANY)
            if form.errors:
                return _page(visit, connection, choice, form, status=UNPROCESSABLE)
            return visit.go(FORM + choice.query(hired=chosen[0]) if len(chosen) == 1 else several_of(choice, chosen))
    visit.keep(form=HIRED)
    return visit.go(HIRED + choice.query())


def several_of(choice: Choice, people: tuple[str, ...]) -> str:
    return f"{SEVERAL}{choice.query()}&{urlencode({'people': ','.join(people)})}"


def _page(visit: Visit, connection: Connection, choice: Choice, form: Form, *, status: int = 200) -> Response:
    try:
        law = law_chosen(visit, connection, choice)
    except Refused:
        return visit.go(CHOOSE + choice.query(policy=""))
    if law.process.per is not Per.HIRE:
        return visit.go(FORM + choice.query())
    sought = form.value(SOUGHT).strip()[:MOST_TYPED]
    known = list(_known(visit, connection, choice))
    listed = {each.id for each in known}
    more = [*form.chosen(TICKED), *(_found(visit, connection, sought) if sought else ())]
    others = [_maybe(visit, connection, id_) for id_ in dict.fromkeys(more) if id_ not in listed]
    context = {
        "applicant": whose(visit, connection, choice),
        "title": law.subsidy.title,
        "form": form,
        "people": [_row(visit, each) for each in (*known, *others) if each],
        "found": bool(sought) and any(others),
        "sought": sought,
        "ticked": form.chosen(TICKED),
        "action": HIRED + choice.query(),
        "about": choice.query(),
        "back": CHOOSE + choice.query(policy=""),
    }
    return visit.render("subsidies/apply_hired.html", context, status=status)


def _known(visit: Visit, connection: Connection, choice: Choice) -> Iterator[Person]:
    speech = speech_of(visit)
    for hire in hires_of(connection, [choice.applicant_id], visit.scope).get(choice.applicant_id, ()):
        since = speech(f"{speech.day(hire.since)}起", f"since {speech.day(hire.since)}")
        if hire.ended_on:
            since += speech(f"，{speech.day(hire.ended_on)}离开", f", left {speech.day(hire.ended_on)}")
        yield replace(person_of(visit, connection, hire.worker_id), since=since)


def _found(visit: Visit, connection: Connection, sought: str) -> Iterator[str]:
    """By whatever the reader may look for; by the whole number of their document, people of other stations too."""
    keyring = visit.office.station.keyring
    for hit in find_people(connection, keyring, visit.scope, sought, visit.today, at_most=MOST_FOUND):
        yield hit.worker_id
    try:
        identity = parse_identity(sought, visit.today)
    except Refused:
        return
    found = worker_applying(connection, keyring, Hired(identity_number=sought), identity)
    if found:
        yield found


def _maybe(visit: Visit, connection: Connection, worker_id: str) -> Person | None:
    try:
        return person_of(visit, connection, worker_id)
    except (NotInScope, Refused):
        return None


def _row(visit: Visit, person: Person) -> Shown:
    speech = speech_of(visit)
    elsewhere = "" if person.ours else speech("在其他驿站登记", "registered at another station")
    hint = [each for each in (person.about, person.identity, person.since, elsewhere) if each]
    return {"value": person.id, "text": person.name, "hint": speech.list(hint)}


ROUTES: Final = [
    Page(HIRED, hired_page, COUNTER),
    Page(HIRED, choose, COUNTER, methods=("POST",)),
]

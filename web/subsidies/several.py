"""One application for several people whom an employer hired: a case for each, and why one was not taken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.subsidy_intake import SubsidyIntake
from cases.applications import Application, Hired
from cases.refusals import Refused
from cases.subsidy.stages import Each, Per
from cases.wording import Wording
from rules.schema import About
from store.offers import station_names
from web.case.speech import speech_of
from web.case.words import SOURCES
from web.forms import UNPROCESSABLE, Form
from web.people.first_facts import SOURCES_OFFERED
from web.roles import COUNTER
from web.serving import Page
from web.shown import case_number
from web.subsidies.application import Asking, asking, drawn, facts_asked, read_application
from web.subsidies.choosing import CHOOSE, FORM, HIRED, SEVERAL, Choice, choice_of, law_chosen, whose
from web.subsidies.hired_person import Person, person_of
from web.subsidies.hiring import MOST_AT_ONCE
from web.visit import Visit

PEOPLE: Final = "people"


@dataclass(frozen=True)
class Group:
    """The people chosen, and what all their applications have in common."""

    choice: Choice
    people: tuple[Person, ...]
    asked: Asking

    @property
    def query(self) -> str:
        return f"{self.choice.query()}&{PEOPLE}={','.join(person.id for person in self.people)}"


def several_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        group = _group(visit, connection)
        return group if isinstance(group, Response) else _form(visit, connection, group, Form())


def apply(visit: Visit) -> Response:
    """Take them one by one; sent again, each is taken once."""
    form = Form.sent(visit)
    with visit.reading() as connection:
        group = _group(visit, connection)
        if isinstance(group, Response):
            return group
        # All of the employer's: what the first sending made known is read of the second too, which is the same then.
        every = tuple(each for each in facts_asked(group.asked.law, {}) if each.fact.about is About.EMPLOYER)
        application = read_application(visit, form, group.choice, replace(group.asked, facts=every))
        if group.asked.process.each is Each.MONTH and not application.periods:
            form.wrong("periods", Wording("请写明申领的月份", "Say which months are claimed"))
        if form.errors:
            return _form(visit, connection, group, form, status=UNPROCESSABLE)
    rows = [_taken(visit, application, group.choice, person) for person in group.people]
    with visit.reading() as connection:
        context = {
            **_about(visit, connection, group),
            "rows": rows,
            "opened": sum(row["href"] is not None for row in rows),
            "again": HIRED + group.choice.query(),
        }
    return visit.render("subsidies/apply_several_done.html", context)


def _taken(visit: Visit, application: Application, choice: Choice, person: Person) -> dict[str, Any]:
    of = _of(application, person)
    station = visit.office.station
    try:
        case = SubsidyIntake(station.engine, station.keyring, station.policies).apply(of, visit.me.staff_id, visit.now)
    except Refused as refused:
        return {
            "person": person,
            "href": None,
            "why": [each.wording for each in refused.refusals],
            "alone": FORM + replace(choice, hired=person).query(),
        }
    return {"person": person, "href": f"/subsidies/{case.id}", "number": case_number(case.id), "why": []}


def _of(application: Application, person: Person) -> Application:
    """The application for one of them, under a key of its own."""
    return replace(application, key=f"{application.key}/{person.id}", hired=Hired(worker=person.id))


def _group(visit: Visit, connection: Connection) -> Group | Response:
    choice = choice_of(visit, connection)
    if choice is None or not choice.policy:
        return visit.go(CHOOSE + (choice.query() if choice else ""))
    try:
        law = law_chosen(visit, connection, choice)
    except Refused:
        return visit.go(CHOOSE + choice.query(policy=""))
    ids = [each for each in dict.fromkeys(visit.asked(PEOPLE).split(",")) if each]
    if law.process.per is not Per.HIRE or not 1 <= len(ids) <= MOST_AT_ONCE:
        return visit.go(HIRED + choice.query())
    people = tuple(person_of(visit, connection, each) for each in ids)
    asked = asking(visit, connection, choice, law)
    common = tuple(each for each in asked.facts if each.fact.about is About.EMPLOYER)
    return Group(choice, people, replace(asked, facts=common))


def _form(visit: Visit, connection: Connection, group: Group, form: Form, *, status: int = 200) -> Response:
    speech = speech_of(visit)
    evidence = visit.office.station.policies.book.evidence
    context = {
        **_about(visit, connection, group),
        "form": form,
        "facts": [each for each in drawn(form, group.asked, speech, evidence) if not each["recognised"]],
        "each": group.asked.process.each.value,
        "sources": [(each.value, SOURCES[each].within(visit.language)) for each in SOURCES_OFFERED],
        "action": SEVERAL + group.query,
    }
    return visit.render("subsidies/apply_several.html", context, status=status)


def _about(visit: Visit, connection: Connection, group: Group) -> dict[str, Any]:
    choice = group.choice
    stations = station_names(connection, visit.scope)
    return {
        "applicant": whose(visit, connection, choice),
        "title": group.asked.law.subsidy.title,
        "station": stations.get(choice.station, choice.station),
        "people": list(_named(group)),
        "back": HIRED + choice.query(),
    }


def _named(group: Group) -> Iterator[dict[str, str]]:
    for person in group.people:
        yield {"name": person.name, "about": person.about, "identity": person.identity}


ROUTES: Final = [
    Page(SEVERAL, several_page, COUNTER),
    Page(SEVERAL, apply, COUNTER, methods=("POST",)),
]

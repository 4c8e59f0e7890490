"""Taking an application at the counter: what is asked, a look at what will follow, and done."""

from typing import Any, Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.subsidy_intake import SubsidyIntake
from cases.applications import Application
from cases.refusals import Refused
from cases.subsidy.claiming import periods_of
from cases.subsidy.stages import Each, Per
from store.drafts import drop_draft
from store.offers import station_names
from store.steps import finished_step
from web.case.determination_pages import LOOKS
from web.case.marking import marked
from web.case.speech import Shown, Speech, speech_of
from web.case.words import SOURCES
from web.forms import KEY, UNPROCESSABLE, Form
from web.people.first_facts import SOURCES_OFFERED
from web.roles import COUNTER
from web.serving import Page
from web.shown import money
from web.subsidies.application import Asking, asking, drawn, read_application
from web.subsidies.choosing import CHOOSE, FORM, HIRED, Choice, Here, choice_of, law_chosen, whose
from web.subsidies.foreseen import foreseen
from web.visit import Visit

CONFIRM: Final = f"{FORM}/confirm"
SAVE, MORE, DRAFT, CLEAR = "save", "more", "draft", "clear"
PRESS: Final = "press"
ABOUT: Final = "about"  # whom and which subsidy a draft is about
_OF_PERIODS: Final = (
    "no-period",
    "bad-period",
    "future-period",
    "claimed-elsewhere",
    "period-twice",
    "too-many-periods",
    "period-without-policy",
)


def form_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        if choice is None or not choice.policy:
            return visit.go(CHOOSE + (choice.query() if choice else ""))
        kept = visit.kept()
        about = next(iter(kept.fields.get(ABOUT, ())), "") if kept else ""
        if not _whom(visit, connection, choice):
            return visit.go(HIRED + choice.query())
        # What was half-filled was about somebody else, and stays kept.
        form = Form.shown(visit) if kept and about == choice.query() else Form()
        return _form(visit, connection, choice, form)


def check(visit: Visit) -> Response:
    """The form again, or on to what will follow."""
    form, press = Form.sent(visit), visit.field(PRESS)
    if press == CLEAR:
        visit.forget(FORM)
        return visit.go(_here(visit, FORM))
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        if choice is None or not choice.policy:
            return visit.go(CHOOSE)
        if press == MORE:
            return _form(visit, connection, choice, form)
        if press == DRAFT:
            visit.keep(form=FORM)
            return visit.go(_here(visit, FORM))
        application = _read(visit, connection, choice, form)
        response = None if application else _form(visit, connection, choice, form, status=UNPROCESSABLE)
    visit.keep(form=FORM)
    return response or visit.go(_here(visit, CONFIRM))


def confirm_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        form = _kept(visit, choice)
        application = _read(visit, connection, choice, form) if choice and form else None
        if choice is None or form is None or application is None:
            return visit.go(_here(visit, FORM))
        asked = asking(visit, connection, choice, law_chosen(visit, connection, choice))
        context = {
            **_about(visit, connection, choice, asked),
            "form": form,
            "key": form.key,
            "rows": _answers(visit, application, asked),
            "outcome": _outcome(visit, connection, choice, asked, application),
            "action": _here(visit, CONFIRM),
            "form_path": _here(visit, FORM),
        }
    return visit.render("subsidies/apply_confirm.html", context)


def confirm(visit: Visit) -> Response:
    """Take it: once per key, however often it is sent."""
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        form = _kept(visit, choice)
        application = _read(visit, connection, choice, form) if choice and form else None
    if choice is None or form is None or application is None or form.key != visit.field(KEY):
        done = _done_before(visit)
        return visit.go(f"/subsidies/{done}" if done else _here(visit, FORM))
    try:
        case = _intake(visit).apply(application, visit.me.staff_id, visit.now)
    except Refused as refused:
        form.refuse(refused.refusals)
        with visit.reading() as connection:
            return _form(visit, connection, choice, form, status=UNPROCESSABLE)
    with visit.writing() as connection:
        drop_draft(connection, visit.me.owner, FORM)
    return visit.go(f"/subsidies/{case.id}", said="applied")


def _read(visit: Visit, connection: Connection, choice: Choice, form: Form) -> Application | None:
    """None, with the form's errors, where something is wrong or stands against it."""
    try:
        law = law_chosen(visit, connection, choice)
    except Refused as refused:
        form.refuse(refused.refusals)
        return None
    application = read_application(visit, form, choice, asking(visit, connection, choice, law))
    if form.errors:
        return None
    against = (
        *application.refusals(),
        *_intake(visit).objections(connection, application, visit.me.staff_id, visit.now),
    )
    for reason in against:
        form.wrong("periods" if reason.code in _OF_PERIODS else "", reason.wording)
    return None if form.errors else application


def _form(visit: Visit, connection: Connection, choice: Choice, form: Form, *, status: int = 200) -> Response:
    speech = speech_of(visit)
    try:
        law = law_chosen(visit, connection, choice)
    except Refused:
        return visit.go(CHOOSE + choice.query(policy=""))
    asked = asking(visit, connection, choice, law)
    facts = drawn(form, asked, speech, visit.office.station.policies.book.evidence)
    context = {
        **_about(visit, connection, choice, asked),
        "form": form,
        "facts": [each for each in facts if not each["recognised"]],
        "recognised": [each for each in facts if each["recognised"]],
        "known": [speech.w(fact.label) for name, fact in law.subsidy.rules.facts.items() if name in asked.known],
        "each": law.process.each.value,
        "months_in": _label(law, speech),
        "sources": [(each.value, SOURCES[each].within(visit.language)) for each in SOURCES_OFFERED],
        "action": _here(visit, FORM),
        "draft_at": FORM,
        "about": choice.query(),
        "today": visit.today,
        "yesterday": visit.today,
        "address": FORM,
    }
    return visit.render("subsidies/apply_form.html", context, status=status)


def _whom(visit: Visit, connection: Connection, choice: Choice) -> bool:
    """Whether it is said for whom, where that is asked."""
    try:
        law = law_chosen(visit, connection, choice)
    except Refused:
        return True
    return law.process.per is not Per.HIRE or choice.hired is not None


def _label(law: Here, speech: Speech) -> str:
    """Of the list whose months are claimed where none are named."""
    months_in = law.process.months_in
    fact = law.subsidy.rules.facts.get(months_in) if months_in else None
    return speech.w(fact.label) if fact else ""


def _about(visit: Visit, connection: Connection, choice: Choice, asked: Asking) -> dict[str, Any]:
    stations = station_names(connection, visit.scope)
    return {
        "applicant": whose(visit, connection, choice),
        "title": asked.law.subsidy.title,
        "version": asked.law.subsidy.version,
        "station": stations.get(choice.station, choice.station),
        "hired": choice.hired,
        "back": HIRED + choice.query(hired="") if choice.hired else CHOOSE + choice.query(policy=""),
    }


def _answers(visit: Visit, application: Application, asked: Asking) -> list[Shown]:
    """What was filled in: the periods, and each fact with where it comes from; values stand in the form alone."""
    speech = speech_of(visit)
    declared = asked.law.subsidy.rules.facts
    rows: list[Shown] = []
    if asked.process.each is not Each.ONCE:
        rows.append(
            {
                "label": speech("申领期间", "Periods"),
                "value": speech.list(list(periods_of(asked.process.each, application.periods, visit.today))),
            }
        )
    for fact in application.facts:
        source = speech.list([each for each in (speech.w(SOURCES[fact.source]), fact.body, fact.paper) if each])
        label = speech.w(declared[fact.name].label) if fact.name in declared else fact.name
        rows.append({"label": label, "value": marked(source, visit.language)})
    return rows


def _outcome(
    visit: Visit, connection: Connection, choice: Choice, asked: Asking, application: Application
) -> Shown | None:
    outcome = foreseen(visit, connection, choice, asked, application)
    if outcome is None:
        return None
    return {
        "look": LOOKS.get(outcome.conclusion, "unknown"),
        "words": outcome.conclusion.label.within(visit.language),
        "amount": money(outcome.amount_fen) if outcome.amount_fen is not None else None,
    }


def _kept(visit: Visit, choice: Choice | None) -> Form | None:
    kept = visit.kept(FORM)
    if kept is None or choice is None or next(iter(kept.fields.get(ABOUT, ())), "") != choice.query():
        return None
    return Form.of(kept.fields)


def _done_before(visit: Visit) -> str | None:
    """The case that this very form opened, where it was sent twice."""
    with visit.reading() as connection:
        finished = finished_step(connection, f"application/{visit.field(KEY)}")
    return finished.receipt.case_id if finished and finished.actor == visit.me.staff_id else None


def _here(visit: Visit, path: str) -> str:
    query = visit.request.url.query
    return f"{path}?{query}" if query else path


def _intake(visit: Visit) -> SubsidyIntake:
    station = visit.office.station
    return SubsidyIntake(station.engine, station.keyring, station.policies)


ROUTES: Final = [
    Page(FORM, form_page, COUNTER),
    Page(FORM, check, COUNTER, methods=("POST",)),
    Page(CONFIRM, confirm_page, COUNTER),
    Page(CONFIRM, confirm, COUNTER, methods=("POST",)),
]

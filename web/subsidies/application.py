"""The form of an application: periods, what the policy reads and is not known yet, and that it was said to be true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from activities.subsidy_subjects import known_of
from cases.applications import Application, Applying, Hired
from cases.canonical import Json
from cases.facts import Fact as Kept
from cases.facts import SourceKind, SubjectKind
from cases.registration import FirstFact
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.stages import Applicant, Each
from cases.wording import Wording
from rules.schema import About, AskedOf, Fact
from web.acts.fact_values import FactList, question, value_widget
from web.acts.words import SOURCES
from web.case.speech import Shown, Speech
from web.forms import CHOOSE, REQUIRED, Form
from web.subsidies.choosing import Choice, Here
from web.visit import Visit

# What the case itself says, and nobody is asked.
OF_THE_CASE: Final = frozenset({"applied_on"})
OF_THE_EMPLOYER: Final = frozenset({SubjectKind.EMPLOYER, SubjectKind.EMPLOYMENT})  # it told them itself
OUT_OF_RANGE: Final = Wording("这个值超出了可能的范围", "This value is out of range")
_NUMBER: Final = "0123456789-"


@dataclass(frozen=True)
class AskedFact:
    """`recognised`: an officer's to find, so that at the counter only another body's paper can tell it."""

    fact: Fact
    recognised: bool

    @property
    def field(self) -> str:
        return f"fact_{self.fact.name}"


@dataclass(frozen=True)
class Asking:
    """What one application is asked: for which subsidy, and which facts that are not known yet."""

    law: Here
    known: Mapping[str, Kept]
    facts: tuple[AskedFact, ...]

    @property
    def process(self) -> SubsidyProcess:
        return self.law.process


def asking(visit: Visit, connection: Connection, choice: Choice, law: Here) -> Asking:
    station = visit.office.station
    known = known_of(connection, station.keyring, choice.parties, station.policies.book.facts, visit.today)
    asked = tuple(facts_asked(law, known))
    if choice.hired and not choice.hired.ours:  # what is known of somebody of another station is not for this page
        known = {name: fact for name, fact in known.items() if fact.subject_kind in OF_THE_EMPLOYER}
        asked = tuple(each for each in asked if each.fact.about is not About.PERSON)
    return Asking(law, known, asked)


def facts_asked(law: Here, known: Mapping[str, Kept]) -> Iterator[AskedFact]:
    """The list of the months claimed is always asked for: each application brings its own."""
    months_in = law.process.months_in
    for name, fact in law.subsidy.rules.facts.items():
        if name in OF_THE_CASE or fact.moves or (name in known and name != months_in):
            continue
        yield AskedFact(fact, fact.asked_of is AskedOf.OFFICER)


def read_application(visit: Visit, form: Form, choice: Choice, asked: Asking) -> Application:
    """What was filled in; what is wrong is an error of the form."""
    facts = tuple(_read_facts(visit, form, asked))
    if form.yes("said_true", required=False) is not True:
        form.wrong("said_true", CHOOSE)
    applying = Applying(
        worker=choice.applicant_id if choice.kind is Applicant.WORKER else None,
        employer=choice.applicant_id if choice.kind is Applicant.EMPLOYER else None,
    )
    return Application(
        key=form.key,
        station=choice.station,
        policy=choice.policy,
        applicant=applying,
        periods=_periods(form, asked.process, facts),
        said_true=form.yes("said_true", required=False) is True,
        facts=facts,
        opened_from=choice.opened_from or None,
        hired=Hired(worker=choice.hired.id) if choice.hired else None,
    )


def _periods(form: Form, process: SubsidyProcess, facts: tuple[FirstFact, ...]) -> tuple[str, ...]:
    """As they were typed; left empty, the months of the list that the subsidy counts."""
    if process.each is Each.ONCE:
        return ()
    typed = [line.strip() for line in form.value("periods").replace(",", "\n").replace("，", "\n").splitlines()]
    periods = [_written(line) for line in typed if line]
    if not periods and process.months_in:
        told = next((fact.value for fact in facts if fact.name == process.months_in), None)
        periods = [str(item["month"]) for item in _items(told) if "month" in item]
    return tuple(dict.fromkeys(periods))


def _written(line: str) -> str:
    """2026-3, 2026.3 and 2026年3月 are March 2026."""
    plain = line.replace("年", "-").replace("月", "").replace(".", "-").replace("/", "-").strip("-")
    year, dash, month = plain.partition("-")
    return f"{year}-{month.zfill(2)}" if dash and set(plain) <= set(_NUMBER) else plain


def _items(value: object) -> list[Mapping[str, Json]]:
    items = value.get("items") if isinstance(value, Mapping) else value
    return [each for each in items if isinstance(each, Mapping)] if isinstance(items, list | tuple) else []


def _read_facts(visit: Visit, form: Form, asked: Asking) -> Iterator[FirstFact]:
    policies = visit.office.station.policies
    for each in asked.facts:
        name, widget = each.field, value_widget(each.fact)
        value = widget.read(form, name, required=False)
        if value is None:
            if isinstance(widget, FactList) and any(
                key.startswith(f"{name}.") and form.value(key).strip() for key in form.values
            ):
                form.wrong(f"{name}-complete", REQUIRED)
            continue
        if policies.fact_refusals(each.fact.name, value):
            form.wrong(name, OUT_OF_RANGE)
            continue
        yield _fact(visit, form, each, value)


def _fact(visit: Visit, form: Form, each: AskedFact, value: object) -> FirstFact:
    name = each.field
    if each.recognised:
        body, paper = (form.text(f"{name}_{part}", required=True) for part in ("body", "paper"))
        detail = form.text(f"{name}_detail") or f"{body} {paper}".strip() or "—"
        return FirstFact(each.fact.name, value, SourceKind.RECOGNITION, visit.today, detail, body, paper)
    source = form.choice(f"{name}_source", SourceKind, required=False) or SourceKind.STATEMENT
    source = SourceKind.STATEMENT if source is SourceKind.RECOGNITION else source
    detail = form.text(f"{name}_detail") or SOURCES[source].zh
    return FirstFact(each.fact.name, value, source, visit.today, detail)


def drawn(form: Form, asked: Asking, speech: Speech, evidence: Mapping[str, Wording]) -> list[Shown]:
    """The facts as the macros of an act's form draw them, each with its question, its evidence and who answers it."""
    return [_drawn(form, each, speech, evidence) for each in asked.facts]


def _drawn(form: Form, each: AskedFact, speech: Speech, evidence: Mapping[str, Wording]) -> Shown:
    fact, widget, name = each.fact, value_widget(each.fact), each.field
    proofs = [speech.w(evidence[kind]) for kind in fact.evidence if kind in evidence]
    hint = speech.w(question(fact))
    if proofs:
        hint += speech(f" 材料：{speech.list(proofs)}。", f" Evidence: {speech.list(proofs)}.")
    shown: Shown = {
        "name": name,
        "look": widget.look,
        "widget": widget,
        "label": speech.w(fact.label),
        "hint": hint,
        "optional": True,
        "error": form.error(name),
        "value": form.value(name),
        "typed_in": None,
        "options": _options(widget, speech),
        "search": None,
        "recognised": each.recognised,
        "asked_of": fact.asked_of.value,
    }
    return shown | ({"rows": widget.rows(form, name)} if isinstance(widget, FactList) else {})


def _options(widget: Any, speech: Speech) -> list[Shown]:  # noqa: ANN401 - a widget of any kind
    words: Mapping[str, Wording] = getattr(widget, "words", {})
    options = [{"value": str(value), "words": speech.w(said)} for value, said in words.items()]
    if widget.look == "yes_no":
        options = [
            {"value": "yes", "words": speech.w(widget.yes)},
            {"value": "no", "words": speech.w(widget.no)},
            {"value": "", "words": speech("未知", "Unknown")},
        ]
    return [{**option, "hint": None, "fields": []} for option in options]

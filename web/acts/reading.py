"""From what was typed to an act, and from an act to what would be typed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cases.commands import HARDSHIP_ACTS, Acts, AnyAct
from cases.refusals import Refusal, Refused
from cases.wording import Wording
from rules.schema import Fact
from web.acts.described import ActForm, Field, plain
from web.acts.fact_values import FactValue, value_widget
from web.acts.sentences import spoken_of
from web.acts.widgets import Widget
from web.forms import CHOOSE, REQUIRED, Form

FACT: Final = "name"  # the field that names the fact whose value is filled in
_FIELD: Final = "field:"

Facts = Mapping[str, Fact]


def widget_of(field: Field, fact: str, facts: Facts) -> Widget:
    """What a field is filled in with; the value of a fact by what the fact is."""
    if isinstance(field.widget, FactValue) and fact in facts:
        return value_widget(facts[fact])
    return field.widget


def shown_now(field: Field, form: Form) -> bool:
    """Whether the field belongs to what was chosen."""
    return field.when is None or form.value(field.when[0]) == field.when[1]


def typed_fields(described: ActForm, form: Form, facts: Facts) -> dict[str, Any]:
    """The act's fields as far as they were filled in; what is wrong is an error of the form."""
    fact = form.value(FACT)
    found: dict[str, Any] = {}
    for field in described.fields:
        if not shown_now(field, form):
            continue
        if isinstance(field.widget, FactValue) and fact not in facts:
            if fact:
                form.wrong(FACT, CHOOSE)
            continue
        value = widget_of(field, fact, facts).read(form, field.name, required=field.required)
        if value is None and _needed(field, form):
            form.wrong(field.name, REQUIRED)
        if value is not None and field.own is None:
            found[field.name] = value
    return found


def sent_act(described: ActForm, form: Form, facts: Facts, acts: Acts[Any] = HARDSHIP_ACTS) -> AnyAct | None:
    """The act that was filled in; None, with the form's errors, where something is missing or wrong."""
    fields = typed_fields(described, form, facts)
    if form.errors:
        return None
    try:
        act: AnyAct = acts.read_act(described.kind, nested(fields))
    except Refused as refused:
        refuse(described, form, refused.refusals)
        return None
    return act


def refuse(
    described: ActForm, form: Form, refusals: tuple[Refusal, ...], say: Callable[[Refusal], Wording] | None = None
) -> None:
    """Each reason at the field that it is about, or with the form as a whole."""
    for refusal in refusals:
        form.wrong(field_of(described, refusal), say(refusal) if say else refusal.wording)


def field_of(described: ActForm, refusal: Refusal) -> str:
    """Said by the form's description; else the field that the sentence itself names."""
    if refusal.code.startswith(_FIELD):
        named = refusal.code.removeprefix(_FIELD)
        return named if described.named(named) else ""
    for code, name in described.at.items():
        if refusal.code == code or (code.endswith(":") and refusal.code.startswith(code)):
            return name
    spoken = spoken_of(described, refusal)
    return spoken.name if spoken else ""


def act_values(described: ActForm, act: AnyAct, facts: Facts) -> dict[str, str]:
    """An act as the form would have it typed."""
    fact = str(getattr(act, FACT, ""))
    typed: dict[str, str] = {}
    for field in described.fields:
        value = field.own(act) if field.own else plain(act, field.name)
        typed |= widget_of(field, fact, facts).written(field.name, value)
    return typed


def nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`terms.pay_fen` as a field of `terms`."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        *above, last = name.split(".")
        into = found
        for step in above:
            into = into.setdefault(step, {})
        into[last] = value
    return found


def paths(described: ActForm) -> Iterator[str]:
    """The paths of the act that the form fills in."""
    yield from (field.name for field in described.fields if field.own is None)


def _needed(field: Field, form: Form) -> bool:
    return field.needed_when is not None and form.value(field.needed_when[0]) in field.needed_when[1]

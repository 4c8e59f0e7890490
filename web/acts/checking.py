"""The live check beside a form: will it be accepted and why not, will it count, and what follows."""

from dataclasses import dataclass, field, replace
from typing import Any

from cases.commands import AnyAct
from cases.refusals import Refusal, Refused
from cases.wording import Language
from web.acts.at_hand import AtHand
from web.acts.consequences import after, consequences
from web.acts.counting import Counting, counting
from web.acts.described import ActForm
from web.acts.judging import NOT_OURS, sample
from web.acts.offered import is_ours
from web.acts.reading import field_of, sent_act, typed_fields
from web.acts.speaking import spoken, str_of
from web.acts.widgets import Asked
from web.case.marking import marked
from web.forms import Form


@dataclass(frozen=True)
class Check:
    """`missing`: fields still to be filled in, by their labels; `reasons`: why it would not be accepted."""

    missing: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    counting: Counting | None = None
    then: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return not self.missing and not self.reasons


def marked_check(found: Check, language: Language) -> Check:
    """What is Chinese in it marked so on an English page."""
    counted = found.counting
    return replace(
        found,
        reasons=_marked(found.reasons, language),
        then=_marked(found.then, language),
        counting=replace(counted, note=_marked([counted.note], language)[0]) if counted else None,
    )


def _marked(sentences: list[str], language: Language) -> list[str]:
    return [str_of(marked(sentence, language)) for sentence in sentences]


def check(hand: AtHand, described: ActForm, typed: Form) -> Check:
    """Of what is filled in so far; the form itself stays without errors."""
    form = Form(typed.values)
    filled = ours(hand, described, form, typed_fields(described, form, hand.facts))
    speech = hand.opened.speech
    wrong = [error for error in form.errors if typed.value(error.field)]
    try:
        act = sample(hand, described, filled)
    except Refused as refused:
        return Check(reasons=[speech.w(spoken(hand.opened, described, reason)) for reason in refused.refusals])
    reasons = [speech.w(error.wording) for error in wrong]
    missing = _missing(hand, described, form)
    against = [r for r in hand.objections(act) if _speaks_of_what_is_said(described, r, filled)]
    if missing:
        # What nobody has chosen yet is missing; that there is no such thing would be said of the sample's.
        against = [reason for reason in against if reason.code != "unknown"]
    reasons += [speech.w(spoken(hand.opened, described, reason)) for reason in against]
    then = after(hand, act)
    counted = then or hand.would_be(act)
    return Check(
        missing=missing,
        reasons=list(dict.fromkeys(reasons)),
        counting=counting(hand, counted) if counted else None,
        then=consequences(hand, act, then) if then else [],
    )


def read(hand: AtHand, described: ActForm, form: Form) -> AnyAct | None:
    """The act that was filled in, of things of the reader's own place; None, with the form's errors."""
    act = sent_act(described, form, hand.facts, hand.acts)
    if act is None:
        return None
    ours(hand, described, form, {f.name: form.value(f.name) for f in described.fields})
    return None if form.errors else act


def ours(hand: AtHand, described: ActForm, form: Form, filled: dict[str, Any]) -> dict[str, Any]:
    """What is filled in, without what is not of the reader's place: that is an error at its field."""
    kept = dict(filled)
    for each in described.fields:
        value = filled.get(each.name)
        if value and isinstance(each.widget, Asked) and not is_ours(hand, each.widget.of, str(value).strip()):
            form.wrong(each.name, NOT_OURS)
            del kept[each.name]
    return kept


def _speaks_of_what_is_said(described: ActForm, reason: Refusal, filled: dict[str, Any]) -> bool:
    if reason.code == "blank":
        return False
    about = field_of(described, reason)
    return not about or about in filled


def _missing(hand: AtHand, described: ActForm, form: Form) -> list[str]:
    wrong = {error.field for error in form.errors}
    return [hand.opened.speech.w(each.label) for each in described.fields if each.name in wrong]

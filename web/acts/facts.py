"""Which fact to record: first those that a determination waits for, then the rest, which change nothing for now."""

from typing import Final

from starlette.responses import Response

from activities.subsidy_subjects import known_in_case
from cases.canonical import Json
from cases.determinations import ASKED_OF
from cases.facts import Fact as Kept
from cases.wording import Wording
from rules.schema import Fact
from store.determinations import determination_record
from web.acts.at_hand import AtHand
from web.acts.described import ActForm
from web.acts.fact_values import question, value_widget
from web.acts.page import form_address, form_query, head
from web.acts.saying import said
from web.acts.widgets import Widget, YesNo
from web.case.marking import marked
from web.case.speech import Shown
from web.forms import Form

# A recognition that another body may have given, on paper.
DIFFICULTY: Final = "employment_difficulty"
HIDDEN: Final = Wording("已登记", "recorded")


def facts_page(hand: AtHand, described: ActForm) -> Response:
    station = hand.visit.office.station
    known = known_in_case(hand.connection, station.keyring, hand.case, station.policies.book.facts, hand.today)
    waiting = _waiting(hand)
    asked = [
        {
            "called": hand.opened.called(policy),
            "facts": [_listed(hand, hand.facts[name], known.get(name)) for name in names],
        }
        for policy, names in waiting.items()
    ]
    matters = {name for names in waiting.values() for name in names}
    others = [
        _listed(hand, fact, known.get(name)) for name, fact in hand.facts.items() if name not in matters | _own(hand)
    ]
    return hand.visit.render("acts/facts.html", {**head(hand, described), "asked": asked, "others": others})


def _own(hand: AtHand) -> frozenset[str]:
    """The case's own record answers these, whatever is written down by hand; another body may give a recognition."""
    return hand.opened.of_the_case - {DIFFICULTY}


def _waiting(hand: AtHand) -> dict[str, list[str]]:
    """By policy, the facts that the determinations of today ask for, in the order to ask them."""
    found: dict[str, list[str]] = {}
    for each in hand.case.determinations:
        if each.superseded or each.granted is not None:
            continue
        made = determination_record(hand.connection, hand.opened.key, hand.case.id, each.id)
        names = [q.fact for q in made.questions if q.fact in hand.facts and q.fact not in _own(hand)]
        if names:
            found[each.policy] = names
    return found


def _listed(hand: AtHand, fact: Fact, kept: Kept | None) -> Shown:
    speech, visit = hand.opened.speech, hand.visit
    return {
        "href": form_address(visit) + form_query(visit, about=fact.name),
        "label": speech.w(fact.label),
        "question": speech.w(question(fact)),
        "asked_of": speech.w(ASKED_OF[fact.asked_of.value]),
        "evidence": fact.evidence,
        "known": marked(_value(hand, fact, kept), visit.language) if kept else None,
    }


def _value(hand: AtHand, fact: Fact, kept: Kept) -> str:
    """Values are for those who work on the case."""
    if not hand.opened.working:
        return hand.opened.speech.w(HIDDEN)
    return value_said(hand, fact, kept.value)


def value_said(hand: AtHand, fact: Fact, value: Json) -> str:
    """The value of a fact in words."""
    widget: Widget = value_widget(fact)
    typed = Form({name: (text,) for name, text in widget.written(fact.name, value).items()})
    options = []
    if isinstance(widget, YesNo):
        options = [
            {"value": "yes", "words": hand.opened.speech.w(widget.yes)},
            {"value": "no", "words": hand.opened.speech.w(widget.no)},
        ]
    words = getattr(widget, "words", {})
    options += [{"value": member, "words": hand.opened.speech.w(wording)} for member, wording in words.items()]
    return said(hand, {"name": fact.name, "widget": widget, "options": options}, typed)

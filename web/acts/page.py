"""The page of an act's form: begun, shown again with what is wrong, or not shown because the act cannot be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.drafts import Draft, draft
from store.scope import NotInScope
from store.since import Happened, happened_since
from store.steps import finished_step, step_key
from store.tables.access import DraftState
from web.acts.all_forms import FORMS_OF
from web.acts.at_hand import AtHand
from web.acts.checking import check, marked_check
from web.acts.described import ActForm
from web.acts.drawn import Drawing, initial
from web.acts.judging import Standing, standing
from web.acts.reading import FACT, refuse
from web.acts.sending import sent_address
from web.acts.speaking import spoken
from web.case.homes import case_asked, home_asked, kind_asked
from web.case.ways import ways_of
from web.forms import Form
from web.visit import Visit

UNPROCESSABLE: Final = 422
CONFLICT: Final = 409
ONE_DAY: Final = timedelta(days=1)
RECORD_FACT: Final = "record-fact"


@dataclass(frozen=True)
class Begun:
    """`kept_at`: when what is shown was kept, if it comes from a draft; `told`: what happened to it."""

    form: Form
    kept_at: datetime | None = None
    conflict: tuple[Happened, ...] = ()
    status: int = 200
    notes: tuple[Wording, ...] = field(default=())


def described_act(visit: Visit) -> ActForm:
    """The description of the act in the address. Raises NotInScope where there is none."""
    described = FORMS_OF[kind_asked(visit)].get(visit.part("act"))
    if described is None:
        raise NotInScope
    return described


def form_address(visit: Visit) -> str:
    """The address of the form, whichever of its pages this is; what is kept of it is kept under this."""
    return f"{home_asked(visit)}/do/{visit.part('act')}"


def form_query(visit: Visit, **more: str) -> str:
    """What the address carries on: where the reader came from, and what the act is about."""
    carried = {name: visit.asked(name) for name in ("about", "back", "sent") if visit.asked(name)} | more
    return f"?{urlencode(carried, quote_via=quote)}" if carried else ""


def confirm_path(visit: Visit) -> str:
    return f"{form_address(visit)}/confirm{form_query(visit)}"


def done_path(visit: Visit, key: str) -> str:
    """The case, saying what was saved under this key."""
    return ways_of(visit).on(f"{home_asked(visit)}?done={key}")


def was_done(connection: Connection, visit: Visit, key: str) -> bool:
    """Whether the reader's act of this key is in the record."""
    finished = finished_step(connection, step_key(case_asked(visit), "act", key))
    return finished is not None and finished.actor == visit.me.owner


def begin(hand: AtHand, described: ActForm, standing_: Standing) -> Begun:
    """What was kept of the form, or what it begins with."""
    about = about_of(hand, described)
    kept = _kept(hand, described, about)
    if kept is None:
        form = _typed(initial(hand, described, standing_.parts, about))
        form.revision = hand.case.revision
        return Begun(form)
    form = Form.of(kept.fields)
    if kept.state is DraftState.REFUSED:
        form = replace(form, key=Form().key)
    refuse(described, form, kept.refusals, partial(spoken, hand.opened, described))
    since = happened(hand, form.revision)
    form.revision = hand.case.revision
    return Begun(form, kept.kept_at, since)


def about_of(hand: AtHand, described: ActForm) -> str:
    """What the address says that the act is about; of a fact only its name will do."""
    about = hand.visit.asked("about") if described.about else ""
    return "" if described.about == FACT and about not in hand.facts else about


def happened(hand: AtHand, seen: int | None) -> tuple[Happened, ...]:
    """What others did to the case since the form was shown; the engine's own steps are in nobody's way."""
    if seen is None:
        return ()
    steps = happened_since(hand.connection, hand.case.id, seen)
    return tuple(step for step in steps if step.actor != "engine")


def shown(hand: AtHand, described: ActForm, begun: Begun, standing_: Standing | None = None) -> Response:
    visit, form = hand.visit, begun.form
    now = standing_ or standing(hand, described)
    drawing = Drawing(hand, described, form, now.parts)
    address = form_address(visit)
    context = {
        **head(hand, described),
        "form": form,
        "described": described,
        "sections": drawing.sections(),
        "check": marked_check(check(hand, described, form), visit.language),
        "counts": described.kind == "record-referral",
        "action": address + form_query(visit),
        "check_action": f"{address}/check{form_query(visit)}",
        "address": address,
        "today": hand.today,
        "yesterday": hand.today - ONE_DAY,
        "kept_at": begun.kept_at,
        "conflict": told(hand, begun.conflict),
        "notes": begun.notes,
        "sent": visit.asked("sent"),
    }
    return visit.render("acts/form.html", context, status=begun.status)


def cannot(hand: AtHand, described: ActForm, standing_: Standing) -> Response:
    """The act cannot be done now by this reader: why not, all of it."""
    reasons = [spoken(hand.opened, described, reason) for reason in standing_.reasons]
    return hand.visit.render("acts/cannot.html", {**head(hand, described), "reasons": reasons})


def head(hand: AtHand, described: ActForm) -> dict[str, Any]:
    """The top of every page of an act."""
    opened = hand.opened
    case = opened.case
    return {
        "title": hand.acts.known[described.kind].TITLE,
        "save": described.save,
        "person": hand.person,
        "case_path": opened.ways.on(opened.path),
        "beside": hand.served(described) or opened.speech.w(case.stage.label),
        "case_id": case.id,
    }


def told(hand: AtHand, steps: Sequence[Happened]) -> list[Mapping[str, object]]:
    """Who did what, when, as the reader is told of it."""
    opened = hand.opened
    return [
        {
            "title": opened.speech.w(hand.acts.known[step.kind].TITLE) if step.kind in hand.acts.known else step.kind,
            "who": opened.actor(step.actor),
            "when": step.at,
        }
        for step in steps
    ]


def _kept(hand: AtHand, described: ActForm, about: str) -> Draft | None:
    """A draft of this form, unless the address asks for it about something else."""
    visit = hand.visit
    owner, keyring = visit.me.owner, visit.office.station.keyring
    sent = visit.asked("sent")
    if sent:
        answered = draft(hand.connection, keyring, owner, sent_address(hand.opened.path, sent))
        if answered and answered.state is DraftState.REFUSED:
            return answered
    kept = draft(hand.connection, keyring, owner, form_address(visit))
    if kept is None:
        return None
    said = next(iter(kept.fields.get(described.about, ())), "") if described.about else ""
    return None if about and said and said != about else kept


def _typed(values: Mapping[str, str]) -> Form:
    return Form({name: (value,) for name, value in values.items()})

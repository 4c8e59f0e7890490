"""Looking once more (核对) at an act that leaves the station or is hard to take back, before it is sent."""

import hashlib
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cases.commands import AnyAct, body_of
from store.drafts import draft
from web.acts.at_hand import AtHand
from web.acts.checking import read
from web.acts.consequences import after, consequences
from web.acts.described import ActForm, Field
from web.acts.doing import answered
from web.acts.drawn import Drawing, default_of
from web.acts.in_hand import at_hand
from web.acts.page import confirm_path, described_act, done_path, form_address, form_query, head, was_done
from web.acts.reading import FACT, shown_now, widget_of
from web.acts.saying import said
from web.acts.sending import send
from web.case.homes import case_asked
from web.case.marking import marked
from web.forms import KEY, Form
from web.visit import Visit

LOOKED_AT = "seen"  # what the page showed: whoever signs, signs that


def confirm_page(visit: Visit) -> Response:
    described = described_act(visit)
    with visit.reading() as connection:
        hand = at_hand(connection, visit, described.kind)
        form = kept_form(hand)
        act = read(hand, described, form) if form else None
        if form is None or act is None or hand.objections(act):
            return visit.go(form_address(visit) + form_query(visit))
        then = after(hand, act)
        context = {
            **head(hand, described),
            "form": form,
            "answers": answers(hand, described, form),
            "then": marked(consequences(hand, act, then) if then else [], visit.language),
            "seen": digest(act),
            "action": confirm_path(visit),
            "form_path": form_address(visit) + form_query(visit),
        }
    return visit.render("acts/confirm.html", context)


async def confirm(visit: Visit) -> Response:
    described = described_act(visit)
    ready = await run_in_threadpool(_looked_at, visit, described)
    if isinstance(ready, Response):
        return ready
    act, form = ready
    sent = await send(visit, case_asked(visit), act, form=form, address=form_address(visit))
    return await run_in_threadpool(answered, visit, described, form, sent)


def kept_form(hand: AtHand) -> Form | None:
    visit = hand.visit
    kept = draft(hand.connection, visit.office.station.keyring, visit.me.owner, form_address(visit))
    return Form.of(kept.fields) if kept else None


def digest(act: AnyAct) -> str:
    return hashlib.sha256(body_of(act).encode()).hexdigest()


def answers(hand: AtHand, described: ActForm, form: Form) -> list[dict[str, Any]]:
    """What was filled in, label by label; what was left as the act has it stays unsaid."""
    drawing = Drawing(hand, described, form, ())
    found = []
    for field in described.fields:
        if not shown_now(field, form) or _left_as_it_is(hand, described, field, form):
            continue
        words = said(hand, drawing.field(field), form)
        if words:
            value = marked(words, hand.opened.speech.language)
            found.append({"label": hand.opened.speech.w(field.label), "value": value})
    return found


def _left_as_it_is(hand: AtHand, described: ActForm, field: Field, form: Form) -> bool:
    default = default_of(hand.acts.known[described.kind], field.name)
    if field.required or default is None:
        return False
    typed = widget_of(field, form.value(FACT), hand.facts).written(field.name, default)
    return all(form.value(name).strip() == value for name, value in typed.items())


def _looked_at(visit: Visit, described: ActForm) -> tuple[AnyAct, Form] | Response:
    """The act as it was looked at; the page again where the draft has changed since."""
    key = visit.field(KEY)
    with visit.reading() as connection:
        if was_done(connection, visit, key):
            return visit.go(done_path(visit, key))
        hand = at_hand(connection, visit, described.kind)
        form = kept_form(hand)
        act = read(hand, described, form) if form else None
    if form is None or act is None or digest(act) != visit.field(LOOKED_AT) or form.key != key:
        return visit.go(confirm_path(visit))
    return act, form

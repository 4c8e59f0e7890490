"""Doing an act at the counter: its form shown, checked, kept, looked at once more, and sent."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cases.commands import AnyAct
from cases.refusals import Refusal
from cases.steps import changed_meanwhile
from cases.wording import Wording
from store.drafts import NewDraft, drop_draft, keep_draft
from store.scope import NotInScope
from web.acts.at_hand import AtHand
from web.acts.checking import read
from web.acts.described import ActForm
from web.acts.drawn import SEARCH, SEARCHED_BY
from web.acts.facts import facts_page
from web.acts.in_hand import at_hand
from web.acts.judging import standing
from web.acts.page import (
    CONFLICT,
    RECORD_FACT,
    UNPROCESSABLE,
    Begun,
    begin,
    cannot,
    confirm_path,
    described_act,
    done_path,
    form_address,
    form_query,
    happened,
    shown,
    was_done,
)
from web.acts.reading import FACT, refuse
from web.acts.sending import Declined, Done, Late, Sent, current_revision, send, sent_address
from web.acts.speaking import spoken
from web.case.homes import case_asked, home_asked
from web.case.of_address import open_asked
from web.case.opened_any import note_look
from web.case.ways import ways_of
from web.csrf import FIELD as TOKEN
from web.forms import KEY, REVISION, Form
from web.visit import Visit

PRESS: Final = "press"  # which button it was
SAVE, DRAFT, DISCARD, SEARCHING, MORE = "save", "draft", "discard", "search", "more"
KEPT: Final = Wording("草稿已保存，还没有办理。", "Kept as a draft; nothing is done yet.")


@dataclass(frozen=True)
class Ready:
    """What may go out: an act that the rules let pass just now."""

    act: AnyAct
    form: Form


def form_page(visit: Visit) -> Response:
    described = described_act(visit)
    with visit.reading() as connection:
        hand = at_hand(connection, visit, described.kind)
        response = _begun(hand, described)
    note_look(hand.opened)
    return response


def check_page(visit: Visit) -> Response:
    """The form with the check worked out anew; the button “检查” and every change come here."""
    described = described_act(visit)
    with visit.reading() as connection:
        hand = at_hand(connection, visit, described.kind)
        return shown(hand, described, Begun(Form.sent(visit)))


def check_address(visit: Visit) -> Response:
    """Whoever comes to the address of the check by itself goes to the form; so does what a session that ended left."""
    described_act(visit)
    kept = visit.kept()
    if kept:
        visit.forget()
        visit = replace(visit, fields={name: tuple(values) for name, values in kept.fields.items()})
        visit.keep(form=form_address(visit))
    return visit.go(form_address(visit) + form_query(visit))


async def save(visit: Visit) -> Response:
    described = described_act(visit)
    ready = await run_in_threadpool(_prepared, visit, described)
    if isinstance(ready, Response):
        return ready
    address = form_address(visit)
    sent = await send(visit, case_asked(visit), ready.act, form=ready.form, address=address)
    return await run_in_threadpool(answered, visit, described, ready.form, sent)


def answered(visit: Visit, described: ActForm, form: Form, sent: Sent) -> Response:
    """The page after an act was sent: the case with what was saved, the wait for an answer, or the form again."""
    match sent:
        case Done():
            return _done(visit, form)
        case Late(key):
            return visit.go(ways_of(visit).on(sent_address(home_asked(visit), key)))
        case Declined():
            return _declined(visit, described, form, sent)


def _begun(hand: AtHand, described: ActForm) -> Response:
    now = standing(hand, described)
    if not now.possible:
        return cannot(hand, described, now)
    begun = begin(hand, described, now)
    chosen = begun.form.value(FACT) in hand.facts and not hand.visit.asked("choose")
    if described.kind == RECORD_FACT and not chosen:
        return facts_page(hand, described)
    if hand.visit.asked("kept"):
        begun = replace(begun, notes=(KEPT,))
    return shown(hand, described, begun, now)


def _prepared(visit: Visit, described: ActForm) -> Response | Ready:
    """What may go out now, or the page that comes instead."""
    press = visit.field(PRESS)
    if press == DISCARD:
        visit.forget(form_address(visit))
        return visit.go(form_address(visit) + form_query(visit))
    if press == DRAFT:
        visit.keep(form=form_address(visit))
        return visit.go(form_address(visit) + form_query(visit, kept="yes"))
    form = Form.sent(visit)
    with visit.reading() as connection:
        hand = at_hand(connection, visit, described.kind)
        if press in (SEARCHING, MORE) or (press != SAVE and _searches(form)):
            return shown(hand, described, Begun(form))
        act = read(hand, described, form)
        instead = _again(hand, described, form) if act is None or _refused_now(hand, described, act, form) else None
    if act is None or instead:
        _keep(visit, form)
        return instead or visit.go(form_address(visit))
    if described.leaves:
        visit.keep(form=form_address(visit))
        return visit.go(confirm_path(visit))
    return Ready(act, form)


def _refused_now(hand: AtHand, described: ActForm, act: AnyAct, form: Form) -> bool:
    """Whether the rules speak against it as the case stands, before it goes anywhere; the form then says why."""
    expected = current_revision(hand.connection, hand.case.id, form.revision)
    if expected == hand.case.revision and not hand.objections(act):
        return False
    if was_done(hand.connection, hand.visit, form.key):
        return False  # sent a second time: the desk answers as it did the first
    refuse(described, form, hand.objections(act), partial(spoken, hand.opened, described))
    return True


def _again(hand: AtHand, described: ActForm, form: Form) -> Response:
    conflict = happened(hand, form.revision)
    form.revision = hand.case.revision
    return shown(hand, described, Begun(form, conflict=conflict, status=CONFLICT if conflict else UNPROCESSABLE))


def _declined(visit: Visit, described: ActForm, form: Form, sent: Declined) -> Response:
    with visit.reading() as connection:
        hand = at_hand(connection, visit, described.kind)
        refuse(described, form, _unsaid(hand, form, sent), partial(spoken, hand.opened, described))
        response = _again(hand, described, form)
    _keep(visit, form, sent.refusals)
    return response


def _unsaid(hand: AtHand, form: Form, sent: Declined) -> tuple[Refusal, ...]:
    """Where others were first, the page tells who and what; the other reasons are still to be said."""
    told = changed_meanwhile().code if happened(hand, form.revision) else ""
    return tuple(reason for reason in sent.refusals if reason.code != told)


def _keep(visit: Visit, form: Form, refusals: tuple[Refusal, ...] = ()) -> None:
    """What was filled in, as the form now carries it on: a key that was refused is used up."""
    typed = {name: tuple(values) for name, values in form.values.items() if name != TOKEN}
    own: dict[str, tuple[str, ...]] = {KEY: (form.key,), REVISION: (str(form.revision or ""),)}
    kept = NewDraft(visit.me.owner, form_address(visit), typed | own, refusals=refusals)
    with visit.writing() as connection:
        keep_draft(connection, visit.office.station.keyring, kept, visit.now)


def _done(visit: Visit, form: Form) -> Response:
    """To the case, or where it is no longer the reader's to see, back to where they came from."""
    ways = ways_of(visit)
    before = visit.asked("sent") or visit.field("sent")
    if before:
        with visit.writing() as connection:
            drop_draft(connection, visit.me.owner, sent_address(home_asked(visit), before))
    try:
        with visit.reading() as connection:
            open_asked(connection, visit)
    except NotInScope:
        return visit.go(ways.back, said="saved")
    return visit.go(done_path(visit, form.key))


def _searches(form: Form) -> bool:
    """Whether Enter was pressed in a search box: its words are not those of the list that is shown."""
    return any(
        form.value(name) != form.value(SEARCHED_BY + name.removeprefix(SEARCH))
        for name in form.values
        if name.startswith(SEARCH)
    )

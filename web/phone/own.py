"""A worker's own case: what is asked, the two answers of equal weight, a review, and their papers."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.papers_desk import kept_paper
from activities.pinning import law_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.leaving import AskReview
from cases.hardship.referring import AnswerReferral
from cases.parts import find
from cases.refusals import refusal
from store.audit import AuditEvent, record_audit
from store.cases import load_case
from store.drafts import drafts_under
from store.scope import NotInScope
from store.tables.access import DraftState
from web.acts.sending import Done, Late, send
from web.forms import UNPROCESSABLE, Form
from web.phone.plain import OwnCase, own_case
from web.phone.subsidies import own_subsidies
from web.roles import LINKED
from web.serving import Page
from web.visit import Visit

_WHY: Final = refusal("field:reason", "请简单写一下哪里不同。", "Say in a few words what was different.")


def case_page(visit: Visit) -> Response:
    own = _own(visit)
    with visit.reading() as connection:
        subsidies = own_subsidies(visit, connection, own.case.worker_id)
        homes = [f"/cases/{own.case.id}", *(f"/subsidies/{each.id}" for each in subsidies)]
        keyring, me = visit.office.station.keyring, visit.me.owner
        sent = [draft for home in homes for draft in drafts_under(connection, keyring, me, f"{home}/sent/")]
    context = {
        "own": own,
        "subsidies": subsidies,
        "name": visit.me.name,
        "form": Form(),
        "under_way": [draft for draft in sent if draft.state is DraftState.SENT],
        "declined": [draft for draft in sent if draft.state is DraftState.REFUSED],
    }
    return visit.render("phone/case.html", context)


def referral_page(visit: Visit) -> Response:
    return _contesting(visit, Form.shown(visit))


async def answer(visit: Visit) -> Response:
    """Yes needs nothing more; no asks what was different."""
    form = Form.sent(visit)
    confirmed = form.yes("confirmed")
    reason = form.text("reason")
    if confirmed is False and not reason:
        form.refuse((_WHY,))
    if form.errors or confirmed is None:
        return _contesting(visit, form, status=UNPROCESSABLE)
    act = AnswerReferral(visit.part("referral"), confirmed, "" if confirmed else reason)
    return await _sent(visit, act, form)


def review_page(visit: Visit) -> Response:
    return _reviewing(visit, Form.shown(visit))


async def ask_review(visit: Visit) -> Response:
    form = Form.sent(visit)
    reason = form.text("reason", required=True)
    if form.errors:
        return _reviewing(visit, form, status=UNPROCESSABLE)
    return await _sent(visit, AskReview(reason), form)


def paper(visit: Visit) -> Response:
    """A paper of the worker's own case; that it was fetched is written down with it."""
    station = visit.office.station
    with visit.writing() as connection:
        case = _case(visit, connection)
        found = find(case.papers, visit.part("paper"))
        if found is None or found.sha256 is None:
            raise NotInScope
        pdf = kept_paper(connection, station, case, found)
        event = AuditEvent("fetch-own-paper", case.worker_id, visit.now, "paper", found.id, case.id, case.station_id)
        record_audit(connection, station.keyring, event)
    name = f"{found.kind}-{found.dated.isoformat()}.pdf"
    return Response(
        pdf, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def _sent(visit: Visit, act: Act, form: Form) -> Response:
    """The worker acts for themselves: the desk knows them as the worker of this case and no other."""
    case_id, worker_id = _ids(visit)
    sent = await send(visit, case_id, act, actor=worker_id, form=form)
    match sent:
        case Done():
            return visit.go("/w/case", said="answer-kept")
        case Late():
            return visit.go("/w/case", said="answer-late")
        case _:
            form.refuse(sent.refusals)
            if isinstance(act, AnswerReferral):
                return _contesting(visit, form, status=UNPROCESSABLE)
            return _reviewing(visit, form, status=UNPROCESSABLE)


def _contesting(visit: Visit, form: Form, *, status: int = 200) -> Response:
    own = _own(visit)
    asked = next((r for r in (*own.asked, *own.answered) if r.id == visit.part("referral")), None)
    if asked is None:
        raise NotInScope
    return visit.render("phone/referral.html", {"own": own, "asked": asked, "form": form}, status=status)


def _reviewing(visit: Visit, form: Form, *, status: int = 200) -> Response:
    own = _own(visit)
    if not own.may_ask_review:
        raise NotInScope
    return visit.render("phone/review.html", {"own": own, "form": form}, status=status)


def _own(visit: Visit) -> OwnCase:
    with visit.reading() as connection:
        case = _case(visit, connection)
        plan = law_of(connection, visit.office.station.policies, case).plan
        return own_case(connection, case, plan)


def _case(visit: Visit, connection: Connection) -> HardshipCase:
    case_id, _ = _ids(visit)
    return load_case(connection, case_id)


def _ids(visit: Visit) -> tuple[str, str]:
    """The case that the link was for, and its worker: nothing in the address can name another."""
    session = visit.me.session
    if session.case_id is None or session.worker_id is None:
        raise NotInScope
    return session.case_id, session.worker_id


ROUTES: Final = [
    Page("/w/case", case_page, LINKED),
    Page("/w/referrals/{referral}", referral_page, LINKED),
    Page("/w/referrals/{referral}", answer, LINKED, methods=("POST",)),
    Page("/w/review", review_page, LINKED),
    Page("/w/review", ask_review, LINKED, methods=("POST",)),
    Page("/w/papers/{paper}", paper, LINKED),
]

"""A worker's own subsidies in plain words, and what they may ask: that a person looks, or for a review."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.acts import refusals
from cases.determinations import Conclusion
from cases.subsidy.acts import Act
from cases.subsidy.appealing import AskReview
from cases.subsidy.case import SubsidyCase
from cases.subsidy.looking import AskPerson
from cases.subsidy.stages import Applicant, Outcome, Stage
from cases.wording import Wording
from store.cases import load_subsidy
from store.scope import NotInScope
from store.subsidy_list import Wanted, listed_subsidies
from web.acts.sending import Done, Late, send
from web.forms import UNPROCESSABLE, Form
from web.roles import LINKED
from web.serving import Page
from web.shown import money
from web.subsidies.titles import subsidy_title
from web.visit import Visit

STAGES: Final = {
    Stage.DETERMINATION: Wording("我们正在审核您的申请。", "We are looking at your application."),
    Stage.NOTICE: Wording(
        "已经准予，正在公示；公示期过后拨付。", "It was granted, and is shown to the public; then it is paid."
    ),
    Stage.PAYMENT: Wording("已经准予，正在拨付。", "It was granted, and is being paid."),
    Stage.RUNNING: Wording(
        "已经发放。新的月份可以续报，请联系驿站。", "It was paid. You can claim more months: ask the station."
    ),
    Stage.REFUSAL: Wording(
        "这次没有给您，原因写在决定书里。您不同意，可以提出来。",
        "It was not granted; the decision says why. If you do not agree, you can say so.",
    ),
    Stage.RECOVERY: Wording(
        "有多发的部分，驿站会告诉您怎样退回。", "Too much was paid; the station tells you how to pay it back."
    ),
    Stage.CLOSED: Wording("已经办结。", "It is closed."),
}
MISSING: Final = Wording("还缺材料，请带到驿站来。", "Something is missing: bring it to the station.")
OUTCOMES: Final = {
    Outcome.PAID: Wording("结果：已经发给您。", "It ended so: it was paid to you."),
    Outcome.REFUSED: Wording("结果：没有给您。", "It ended so: it was not granted."),
    Outcome.WITHDRAWN: Wording("结果：您撤回了申请。", "It ended so: you withdrew the application."),
    Outcome.EXPIRED: Wording(
        "结果：到期没有补齐材料，可以重新申请。", "It ended so: what was missing did not come in time; apply again."
    ),
    Outcome.STOPPED: Wording("结果：不再发放。", "It ended so: it is not paid any more."),
    Outcome.RECOVERED: Wording("结果：多发的已经退回。", "It ended so: what was paid too much came back."),
    Outcome.WRITTEN_OFF: Wording("结果：不再追回。", "It ended so: it is not asked back any more."),
}
# What a worker may ask, in the order in which it is offered: the address, the act, and its words.
ASKS: Final = {
    "person": Wording("请一个人重新看", "Ask that a person looks"),
    "review": Wording("申请复核", "Ask for a review"),
}


@dataclass(frozen=True)
class OwnSubsidy:
    id: str
    title: Wording
    said: Wording
    outcome: Wording | None
    granted: str
    paid: str
    asks: tuple[str, ...]


def own_subsidies(visit: Visit, connection: Connection, worker_id: str) -> tuple[OwnSubsidy, ...]:
    """All of them, wherever they were applied for: they are the worker's own."""
    wanted = Wanted(with_closed=True, applicant=Applicant.WORKER, applicant_id=worker_id)
    listed = listed_subsidies(connection, wanted, None, at_most=None)
    return tuple(_own(visit, load_subsidy(connection, each.id)) for each in listed)


def subsidy_page(visit: Visit) -> Response:
    return _page(visit, Form())


async def ask(visit: Visit) -> Response:
    """The worker acts for themselves: the desk knows them as the applicant of this case and of no other."""
    form = Form.sent(visit)
    reason, what = form.text("reason", required=True), form.one_of("ask", ASKS)
    case = _case(visit)
    if form.errors or what is None:
        return _page(visit, form, status=UNPROCESSABLE)
    sent = await send(visit, case.id, _act(what, reason), actor=case.applicant_id, form=form)
    match sent:
        case Done():
            return visit.go("/w/case", said="answer-kept")
        case Late():
            return visit.go("/w/case", said="answer-late")
        case _:
            form.refuse(sent.refusals)
            return _page(visit, form, status=UNPROCESSABLE)


def _page(visit: Visit, form: Form, *, status: int = 200) -> Response:
    own = _own(visit, _case(visit))
    if not own.asks:
        raise NotInScope
    return visit.render("phone/subsidy.html", {"own": own, "form": form, "asks": ASKS}, status=status)


def _own(visit: Visit, case: SubsidyCase) -> OwnSubsidy:
    missing = case.standing is not None and case.standing.conclusion is Conclusion.NEEDS_INFORMATION
    book = visit.office.station.policies.book
    return OwnSubsidy(
        id=case.id,
        title=subsidy_title(book, case.policy, case.jurisdiction),
        said=MISSING if missing and case.stage is Stage.DETERMINATION else STAGES[case.stage],
        outcome=OUTCOMES[case.outcome] if case.outcome else None,
        granted=money(case.granted_fen) if case.granted_fen else "",
        paid=money(case.paid_fen) if case.paid_fen else "",
        asks=tuple(_asks(case)),
    )


def _asks(case: SubsidyCase) -> Iterator[str]:
    for what in ASKS:
        if not refusals(_act(what, "?"), case):
            yield what


def _act(what: str, reason: str) -> Act:
    return AskPerson(reason) if what == "person" else AskReview(reason)


def _case(visit: Visit) -> SubsidyCase:
    """Raises NotInScope for a case that is not the worker's own."""
    with visit.reading() as connection:
        worker_id = visit.me.session.worker_id
        wanted = Wanted(with_closed=True, applicant=Applicant.WORKER, applicant_id=worker_id or "")
        mine = {each.id for each in listed_subsidies(connection, wanted, None, at_most=None)}
        if visit.part("subsidy") not in mine:
            raise NotInScope
        return load_subsidy(connection, visit.part("subsidy"))


_PATH: Final = "/w/subsidies/{subsidy}"
ROUTES: Final = [Page(_PATH, subsidy_page, LINKED), Page(_PATH, ask, LINKED, methods=("POST",))]

"""One proposal: what it changes, how its examples came out, what it would do to past cases, and what became of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection
from starlette.responses import Response

from activities.deciding_again import UNTRIED
from activities.throw_away import Ending
from activities.trying import ELSEWHERE, Trial
from cases.determinations import Verdict
from cases.inquiries import InquiryKind
from cases.refusals import Refused
from cases.wording import Wording
from rules.differences import Differences
from rules.explain import VERDICTS
from rules.publishable import file_in
from rules.shelf import FileKey
from store.case_reading import staff_names
from store.cohorts import cohorts_of
from store.inquiries import inquiries_about
from store.offers import station_names
from store.policy_files import ContentTampered, checks, content, proposal
from store.policy_proposals import Proposal, ProposalState
from store.policy_refusals import TEXT_ALTERED
from store.scope import NotInScope
from store.simulations import simulations_of_text
from web.forms import UNPROCESSABLE, Form
from web.policies.listing import LIST
from web.policies.one import lines_of
from web.policies.proposing import why_of
from web.policies.simulating import ASKING
from web.roles import CASE_READING, POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

PROPOSAL: Final = f"{LIST}/proposals/{{proposal_id}}"
DIFFERENCES: Final = TypeAdapter(Differences)
MOST_SHOWN: Final = 100  # of the cases that would come out otherwise
NO_ACT: Final = Wording("请选择要做什么", "Choose what to do")
_SIMULATION: Final = Wording("政策模拟", "Simulation")
_OTHER: Final = Wording("其他驿站", "other stations")


def proposal_page(visit: Visit) -> Response:
    return _page(visit, Form.shown(visit))


def act_on(visit: Visit) -> Response:
    acts: dict[str, Callable[[Visit, Proposal, Form], Response]] = {
        "try": _try,
        "check": _check,
        "publish": _publish,
        "withdraw": _withdraw,
    }
    form, found = Form.sent(visit), _found(visit)
    act = acts.get(form.value("act"))
    if act is None:
        form.wrong("", NO_ACT)
        return _page(visit, form, status=UNPROCESSABLE)
    try:
        return act(visit, found, form)
    except Refused as refused:
        form.refuse(refused.refusals)
    except ContentTampered:
        form.refuse((TEXT_ALTERED,))
    return _page(visit, form, status=UNPROCESSABLE)


def _try(visit: Visit, found: Proposal, form: Form) -> Response:
    with visit.reading() as connection:
        stations = station_names(connection, visit.scope)
    trial = visit.office.station.trying.try_on_past_cases(found, visit.me.staff_id, set(stations), visit.now)
    return _page(visit, form, trial=trial)


def _check(visit: Visit, found: Proposal, _: Form) -> Response:
    visit.office.station.publishing.check(found.id, visit.me.staff_id, visit.now)
    return visit.go(visit.path, said="policy-checked")


def _publish(visit: Visit, found: Proposal, form: Form) -> Response:
    why = why_of(form)
    if form.errors:
        return _page(visit, form, status=UNPROCESSABLE)
    station = visit.office.station
    station.publishing.publish(found.id, visit.me.staff_id, why, visit.now)
    station.policies.refresh()  # whoever published sees it in use at once
    visit.forget()
    return visit.go(visit.path, said="policy-published")


def _withdraw(visit: Visit, found: Proposal, form: Form) -> Response:
    why = why_of(form)
    if form.errors:
        return _page(visit, form, status=UNPROCESSABLE)
    visit.office.station.publishing.withdraw(found.id, visit.me.staff_id, why, visit.now)
    visit.forget()
    return visit.go(visit.path, said="policy-withdrawn")


def _found(visit: Visit) -> Proposal:
    with visit.reading() as connection:
        found = proposal(connection, visit.part("proposal_id"))
    if found is None:
        raise NotInScope
    return found


def _page(visit: Visit, form: Form, *, trial: Trial | None = None, status: int = 200) -> Response:
    found = _found(visit)
    with visit.reading() as connection:
        runs, text = checks(connection, found.id), _text(connection, found)
        stations = station_names(connection, visit.scope)
        people = {found.proposed_by, *(run.run_by for run in runs)}
        people |= {found.publication.published_by} if found.publication else set()
        people |= {found.withdrawal.withdrawn_by} if found.withdrawal else set()
        names = staff_names(connection, people)
        asked = list(_asked(connection, found))
    latest = runs[0]
    context = {
        "proposal": found,
        "form": form,
        "differences": _differences(latest.report.get("differences")),
        "check": latest,
        "runs": len(runs),
        "ending": Ending(latest.report["ended"]).label,
        "lines": list(lines_of(text or "")),
        "altered": TEXT_ALTERED.wording if text is None else None,
        "names": names,
        "open": found.state is ProposalState.OPEN,
        "may_write": bool(visit.roles & POLICY_WRITING.roles),
        "mine": found.proposed_by == visit.me.staff_id,
        "trial": trial,
        "stations": {**stations, ELSEWHERE: None},
        "elsewhere": _OTHER,
        "untried": UNTRIED,
        "verdicts": {verdict.value: VERDICTS[verdict] for verdict in Verdict},
        "most_shown": MOST_SHOWN,
        "reads_cases": bool(visit.roles & CASE_READING.roles),
        "asked": asked,
        "simulated_at": _simulated_at(visit, found),
    }
    return visit.render("policies/proposal.html", context, status=status)


@dataclass(frozen=True)
class AskedOfIt:
    """A simulation, an analysis or a cohort report of a proposal: what, when, how it stands, and where it is read."""

    what: Wording
    at: datetime
    state: Wording
    href: str


def _asked(connection: Connection, found: Proposal) -> Iterator[AskedOfIt]:
    """Each kind together, the newest first."""
    here = f"{LIST}/proposals/{found.id}"
    for each in simulations_of_text(connection, found.sha256):
        state = _state(answered=each.answer is not None, refused=bool(each.answer and each.answer.refusals))
        yield AskedOfIt(_SIMULATION, each.asked.asked_at, state, f"{LIST}/simulations/{each.asked.id}")
    for one in inquiries_about(connection, InquiryKind.ANALYSIS, found.id):
        state = _state(answered=one.came is not None, refused=bool(one.came and one.came.refusals))
        href = f"{here}/analysis?inquiry={one.asked.id}"
        yield AskedOfIt(InquiryKind.ANALYSIS.label, one.asked.asked_at, state, href)
    for made in cohorts_of(connection, found.id):
        href = f"{here}/cohort?report={made.id}"
        yield AskedOfIt(InquiryKind.COHORT.label, made.made_at, _state(answered=True, refused=False), href)


def _simulated_at(visit: Visit, found: Proposal) -> list[tuple[str, str]]:
    """The files of it that a simulation can be asked of here, and where."""
    if not visit.roles & ASKING.roles:
        return []
    keys = [
        (name, FileKey(name.partition("/")[2].removesuffix(".yaml"), name.partition("/")[0])) for name in found.files
    ]
    book = visit.office.station.policies.book
    return [
        (name, f"{LIST}/files/{key.policy}/{key.jurisdiction}/simulate") for name, key in keys if file_in(book, key)
    ]


def _state(*, answered: bool, refused: bool) -> Wording:
    if not answered:
        return Wording("还没有结果", "no result yet")
    return Wording("没有结果", "no result") if refused else Wording("有结果", "done")


def _text(connection: Connection, found: Proposal) -> str | None:
    """None where what is kept is no longer what was proposed."""
    try:
        return content(connection, found.sha256)
    except ContentTampered:
        return None


def _differences(found: object) -> Differences | None:
    """As they were when the examples were run; None where the process ended before it came to them."""
    try:
        return DIFFERENCES.validate_python(found)
    except ValidationError:
        return None


ROUTES: Final = [
    Page(PROPOSAL, proposal_page, POLICY_READING),
    Page(PROPOSAL, act_on, POLICY_WRITING, methods=("POST",)),
]

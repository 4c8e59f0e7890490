"""The analysis of a policy, or of what a proposal would make of it: a button, and what came of it."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from activities.analysing import Analysed, Analysing
from cases.refusals import Refused
from cases.wording import Wording
from rules.publishable import file_in
from rules.shelf import FileKey
from rules.solver_findings import Analysis
from rules.solver_text import asked, searched, stated, summary
from store.organisation import nodes_with_jurisdiction
from store.policy_files import proposal
from store.policy_proposals import Proposal
from store.scope import NotInScope
from web.forms import UNPROCESSABLE, Form
from web.policies.listing import LIST
from web.roles import POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

OF_A_FILE: Final = f"{LIST}/files/{{policy}}/{{jurisdiction}}/analysis"
OF_A_PROPOSAL: Final = f"{LIST}/proposals/{{proposal_id}}/analysis"
_PROPOSAL: Final = Wording("政策提议", "Policy proposal")


def file_page(visit: Visit) -> Response:
    return _of_a_file(visit, None)


def analyse_file(visit: Visit) -> Response:
    return _of_a_file(visit, lambda analysing: analysing.file(visit.part("policy"), visit.part("jurisdiction")))


def proposal_page(visit: Visit) -> Response:
    return _of_a_proposal(visit, run=False)


def analyse_proposal(visit: Visit) -> Response:
    return _of_a_proposal(visit, run=True)


Runs = Callable[[Analysing], Analysed]


def _of_a_file(visit: Visit, run: Runs | None) -> Response:
    key = FileKey(visit.part("policy"), visit.part("jurisdiction"))
    file = file_in(visit.office.station.policies.book, key)
    if file is None:
        raise NotInScope
    back = f"{LIST}/files/{key.policy}/{key.jurisdiction}"
    return _page(visit, run, file.title, back)


def _of_a_proposal(visit: Visit, *, run: bool) -> Response:
    found = _found(visit)
    return _page(
        visit, (lambda analysing: analysing.proposal(found)) if run else None, _PROPOSAL, f"{LIST}/proposals/{found.id}"
    )


def _found(visit: Visit) -> Proposal:
    with visit.reading() as connection:
        found = proposal(connection, visit.part("proposal_id"))
    if found is None:
        raise NotInScope
    return found


def _page(visit: Visit, run: Runs | None, title: Wording, back: str) -> Response:
    form, done, status = Form.shown(visit), None, 200
    if run is not None:
        form = Form.sent(visit)
        try:
            done = run(Analysing.like(visit.office.station.publishing))
        except Refused as refused:
            form.refuse(refused.refusals)
            status = UNPROCESSABLE
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
    context = {
        "title": title,
        "back": back,
        "form": form,
        "done": done,
        "summary": summary(done.analyses) if done else None,
        "shown": [each for each in done.analyses if _worth_showing(each)] if done else [],
        "asked": asked,
        "stated": stated,
        "searched": searched,
        "names": names,
        "may_run": bool(visit.roles & POLICY_WRITING.roles),
    }
    return visit.render("policies/analysis.html", context, status=status)


def _worth_showing(found: Analysis) -> bool:
    return bool(found.questions or found.findings or found.open)


ROUTES: Final = [
    Page(OF_A_FILE, file_page, POLICY_READING),
    Page(OF_A_FILE, analyse_file, POLICY_WRITING, methods=("POST",)),
    Page(OF_A_PROPOSAL, proposal_page, POLICY_READING),
    Page(OF_A_PROPOSAL, analyse_proposal, POLICY_WRITING, methods=("POST",)),
]

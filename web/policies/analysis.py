"""The analysis of a policy, or of what a proposal would make of it: asked by a button, kept, and shown with its day."""

from typing import Final

from starlette.responses import Response

from activities.inquiries import ANALYSED
from cases.inquiries import InquiryKind
from cases.refusals import Refused
from cases.wording import Wording
from rules.publishable import file_in
from rules.shelf import FileKey
from rules.solver_findings import Analysis
from rules.solver_text import asked, searched, stated, summary
from store.organisation import nodes_with_jurisdiction
from store.policy_files import proposal
from store.scope import NotInScope
from web.forms import UNPROCESSABLE, Form
from web.policies.inquiring import begin, standing
from web.policies.listing import LIST
from web.roles import POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

OF_A_FILE: Final = f"{LIST}/files/{{policy}}/{{jurisdiction}}/analysis"
OF_A_PROPOSAL: Final = f"{LIST}/proposals/{{proposal_id}}/analysis"
_PROPOSAL: Final = Wording("政策提议", "Policy proposal")


def file_page(visit: Visit) -> Response:
    return _page(visit, *_of_a_file(visit), Form.shown(visit))


def analyse_file(visit: Visit) -> Response:
    return _asked(visit, *_of_a_file(visit))


def proposal_page(visit: Visit) -> Response:
    return _page(visit, *_of_a_proposal(visit), Form.shown(visit))


def analyse_proposal(visit: Visit) -> Response:
    return _asked(visit, *_of_a_proposal(visit))


def _of_a_file(visit: Visit) -> tuple[str, Wording, str]:
    """What it is about, what that is called, and where one came from."""
    key = FileKey(visit.part("policy"), visit.part("jurisdiction"))
    file = file_in(visit.office.station.policies.book, key)
    if file is None:
        raise NotInScope
    return f"{key.jurisdiction}/{key.policy}", file.title, f"{LIST}/files/{key.policy}/{key.jurisdiction}"


def _of_a_proposal(visit: Visit) -> tuple[str, Wording, str]:
    with visit.reading() as connection:
        found = proposal(connection, visit.part("proposal_id"))
    if found is None:
        raise NotInScope
    return found.id, _PROPOSAL, f"{LIST}/proposals/{found.id}"


def _asked(visit: Visit, about: str, title: Wording, back: str) -> Response:
    form = Form.sent(visit)
    try:
        begin(visit, form, InquiryKind.ANALYSIS, about, {})
    except Refused as refused:
        form.refuse(refused.refusals)
        return _page(visit, about, title, back, form, UNPROCESSABLE)
    return visit.go(visit.path)


def _page(visit: Visit, about: str, title: Wording, back: str, form: Form, status: int = 200) -> Response:
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
        stands = standing(visit, connection, InquiryKind.ANALYSIS, about)
    wanted = visit.asked("inquiry")
    found = next((each for each in stands.answered if wanted in ("", each.asked.id)), None)
    done = ANALYSED.validate_python(found.came.answer) if found and found.came and not found.came.refusals else None
    context = {
        "title": title,
        "back": back,
        "form": form,
        "stands": stands,
        "found": found,
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

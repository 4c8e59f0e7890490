"""The papers of a case: made, owed or given up; and a paper's own bytes, for those who may read the case."""

from typing import Final

from starlette.responses import Response

from activities.composing.numbering import paper_number
from activities.papers_desk import kept_paper
from cases.acts_of_any.engine import PutOff
from cases.acts_of_any.papering import WaivePaper
from cases.case_parts import PaperState
from cases.hardship.stages import ExitReason, Outcome
from cases.papers import PaperKind
from cases.parts import find
from cases.wording import Wording
from store.scope import NotInScope
from web.case.doing import buttons
from web.case.head import PAPERS
from web.case.layout import draw, shared
from web.case.of_address import open_asked
from web.case.opened import OpenCase
from web.case.opened_any import Opened, note_look, record_look
from web.case.speech import Shown
from web.subsidies.opened import OpenSubsidy
from web.subsidies.papers import about_subsidy
from web.visit import Visit

PAPER_READ: Final = "paper-read"
MADE, OWED, WAIVED = Wording("已出具", "made"), Wording("待出具", "owed"), Wording("不再出具", "waived")


def papers_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
    note_look(opened)
    context = shared(opened, PAPERS) | {"papers": [_paper(opened, paper) for paper in reversed(opened.case.papers)]}
    return draw(opened, "case/papers.html", context)


def paper_file(visit: Visit) -> Response:
    """The PDF. Who took it is written down in the transaction that allowed it, before the bytes leave."""
    with visit.writing() as connection:
        opened = open_asked(connection, visit)
        paper = find(opened.case.papers, visit.part("paper_id"))
        if paper is None or paper.sha256 is None:
            raise NotInScope
        pdf = kept_paper(connection, opened.station, opened.case, paper)
        record_look(connection, opened, PAPER_READ, "paper", f"{opened.case.id}/{paper.id}")
    # The name of the file says the case and the paper, and nothing of a person.
    name = f"{opened.case.id}-{paper.id}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def _paper(opened: Opened, paper: PaperState) -> Shown:
    speech, case = opened.speech, opened.case
    state = MADE if paper.sha256 else OWED if paper.owed else WAIVED
    return {
        "id": paper.id,
        "title": speech.w(PaperKind(paper.kind).wording),
        "number": paper_number(PaperKind(paper.kind), case.id, paper.id, paper.dated),
        "about": _about(opened, paper),
        "dated": speech.day(paper.dated),
        "state": speech.w(state),
        "look": "done" if paper.sha256 else "soon" if paper.owed else "waiting",
        "note": _note(opened, paper),
        "hash": paper.sha256,
        "href": opened.ways.on(f"{opened.path}/papers/{paper.id}") if paper.sha256 else None,
        "acts": buttons(opened, ("waive-paper", paper.id)) if paper.owed else [],
    }


def _about(opened: Opened, paper: PaperState) -> str:
    if isinstance(opened, OpenCase):
        return _about_hardship(opened, paper)
    return about_subsidy(opened, paper) if isinstance(opened, OpenSubsidy) else ""


def _about_hardship(opened: OpenCase, paper: PaperState) -> str:
    """The part of the case that it speaks of, in words."""
    speech, case, names = opened.speech, opened.case, opened.names
    referral, placement = find(case.referrals, paper.about), find(case.placements, paper.about)
    if referral:
        return f"{names.vacancy(referral.vacancy_id, speech)} · {names.employer_of(referral.vacancy_id, speech)}"
    if placement:
        return names.employer(placement.employer_id, speech)
    if paper.about in tuple(Outcome):
        return speech.w(Outcome(paper.about).label)
    listed = opened.law.exits.get(ExitReason(paper.about)) if paper.about in tuple(ExitReason) else None
    return speech.w(listed.title) if listed else ""


def _note(opened: Opened, paper: PaperState) -> str:
    """Why one is not made yet, or not any more."""
    speech = opened.speech
    for step in reversed(opened.steps):
        match step.act:
            case WaivePaper(paper=of, reason=reason) if of == paper.id and paper.waived_on:
                who = opened.actor(step.entry.actor)
                told = speech(f"{who}决定不再出具", f"waived by {who}")
                return f"{told}{speech('：', ': ')}{reason}" if opened.working else told
            case PutOff(what=what) if what == paper.id and paper.owed:
                return speech("暂时无法打印，系统继续重试", "could not be printed yet; it is tried again")
            case _:
                pass
    return ""

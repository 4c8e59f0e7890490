"""Which paper is composed how, and the desk at which papers are made."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.composing.agreements import draw_up
from activities.composing.closing import closing_notice
from activities.composing.exiting import exit_notice
from activities.composing.ledger import Ledger
from activities.composing.referral import referral_letter
from activities.composing.subsidies import subsidy_paper
from activities.composing.written import acts_written, ordinal
from activities.papers import Press
from activities.papers_desk import PapersDesk
from cases.any_case import OneCase
from cases.case_parts import PaperState
from cases.hardship.case import HardshipCase
from cases.hardship.placing import RecordPlacement
from cases.hardship.record import Proposal
from cases.hardship.stages import AgreementForm
from cases.papers import Paper, PaperKind
from cases.parts import find
from cases.subsidy.case import SubsidyCase


def papers_desk(station: Station, press: Press) -> PapersDesk:
    return PapersDesk(station, compose, lambda paper: press.print_paper(paper).pdf)


def compose(connection: Connection, station: Station, case: OneCase, paper: PaperState) -> Paper:
    """What a paper says. Raises Refused where the record cannot say it; the same record always says the same."""
    ledger = Ledger(connection, station.keyring, station.policies)
    if isinstance(case, SubsidyCase):
        return subsidy_paper(ledger, case, paper)
    ledger.worker(case.worker_id)
    return COMPOSERS[PaperKind(paper.kind)](ledger, case, paper)


def _agreement(ledger: Ledger, case: HardshipCase, paper: PaperState) -> Paper:
    placement = find(case.placements, paper.about)
    if placement is None:
        raise LookupError(paper.about)
    act = acts_written(ledger, case, RecordPlacement).nth(RecordPlacement, ordinal(placement.id))
    public_post = placement.form is AgreementForm.PUBLIC_POST_AGREEMENT
    proposal = Proposal(case, act.employer, act.started_on, act.terms, public_post, drawn_up_on=paper.dated)
    return draw_up(ledger, proposal, paper.id)[1]


COMPOSERS: Final[Mapping[PaperKind, Callable[[Ledger, HardshipCase, PaperState], Paper]]] = {
    PaperKind.REFERRAL_LETTER: referral_letter,
    PaperKind.LABOUR_CONTRACT: _agreement,
    PaperKind.PART_TIME_CONTRACT: _agreement,
    PaperKind.PUBLIC_POST_AGREEMENT: _agreement,
    PaperKind.CLOSING_NOTICE: closing_notice,
    PaperKind.EXIT_NOTICE: exit_notice,
}

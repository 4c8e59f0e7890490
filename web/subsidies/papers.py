"""What a paper of a subsidy case speaks of."""

from cases.case_parts import PaperState
from cases.parts import find
from cases.subsidy.record import TermEnd
from web.subsidies.naming import named_part
from web.subsidies.opened import OpenSubsidy


def about_subsidy(opened: OpenSubsidy, paper: PaperState) -> str:
    """The determination, the payment, what stopped it or ended its term, in words."""
    speech, case = opened.speech, opened.case
    determination = find(case.determinations, paper.about)
    if determination:
        return speech.w(opened.called(determination.policy))
    payment, stop = find(case.payments, paper.about), find(case.stops, paper.about)
    if payment:
        return named_part(speech, payment)
    if stop:
        return named_part(speech, stop)
    return speech.w(TermEnd(paper.about).label) if paper.about in tuple(TermEnd) else ""

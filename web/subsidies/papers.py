"""What a paper of a subsidy case speaks of."""

from cases.case_parts import PaperState
from cases.parts import find
from web.subsidies.opened import OpenSubsidy


def about_subsidy(opened: OpenSubsidy, paper: PaperState) -> str:
    """The determination, the payment or whatever else, in words."""
    determination = find(opened.case.determinations, paper.about)
    if determination:
        return opened.speech.w(opened.called(determination.policy))
    return ""

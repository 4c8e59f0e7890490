"""What the papers of a subsidy case say."""

from collections.abc import Callable, Mapping
from typing import Final

from activities.composing.ledger import Ledger
from cases.case_parts import PaperState
from cases.papers import Paper, PaperKind
from cases.subsidy.case import SubsidyCase


def subsidy_paper(ledger: Ledger, case: SubsidyCase, paper: PaperState) -> Paper:
    """Raises Refused where the record cannot say it; the same record always says the same."""
    return COMPOSERS[PaperKind(paper.kind)](ledger, case, paper)


COMPOSERS: Final[Mapping[PaperKind, Callable[[Ledger, SubsidyCase, PaperState], Paper]]] = {}

"""Which facts each paper states."""

from cases.contracts import LabourContract, PartTimeContract, PublicPostAgreement
from cases.letters import ClosingNotice, ExitNotice, ReferralLetter
from cases.papers import Paper, PaperKind
from cases.public_lists import NoticeList
from cases.subsidy_papers import DecisionNotice, DeterminationNotice, PaymentInstruction, RecoveryNotice, StopNotice

PAPERS: dict[PaperKind, type[Paper]] = {
    paper.KIND: paper
    for paper in (
        *(ReferralLetter, LabourContract, PartTimeContract, PublicPostAgreement, ClosingNotice, ExitNotice),
        *(DeterminationNotice, DecisionNotice, PaymentInstruction, StopNotice, RecoveryNotice, NoticeList),
    )
}

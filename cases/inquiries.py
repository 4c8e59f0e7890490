"""What can be asked about a policy that takes longer than a page waits (政策查问)."""

from enum import StrEnum

from cases.wording import Wording


class InquiryKind(StrEnum):
    ANALYSIS = "analysis"  # 政策分析
    COHORT = "cohort"  # 受影响个案报告

    @property
    def label(self) -> Wording:
        return LABELS[self]


LABELS = {
    InquiryKind.ANALYSIS: Wording("政策分析", "Analysis"),
    InquiryKind.COHORT: Wording("受影响个案报告", "Cohort report"),
}

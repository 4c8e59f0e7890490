"""The kinds of case that there are."""

from enum import StrEnum

from cases.wording import Wording


class CaseKind(StrEnum):
    HARDSHIP = "hardship"  # 困难零工帮扶
    SUBSIDY = "subsidy"  # 补贴申领

    @property
    def label(self) -> Wording:
        return CASE_KINDS[self]


CASE_KINDS = {
    CaseKind.HARDSHIP: Wording("困难零工个案", "hardship case"),
    CaseKind.SUBSIDY: Wording("补贴个案", "subsidy case"),
}

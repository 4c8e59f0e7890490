"""Erasing a person (删除个人信息): on which basis it is asked for, and what keeps the file for now."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.days import day_of
from cases.wording import Wording


class ErasureBasis(StrEnum):
    """Why a person's data go (closed list; 个人信息保护法 art. 47)."""

    PURPOSE_MET = "purpose-met"
    TERM_OVER = "term-over"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    UNLAWFUL = "unlawful"
    OTHER_LAW = "other-law"

    @property
    def label(self) -> Wording:
        return _BASES[self]


_BASES = {
    ErasureBasis.PURPOSE_MET: Wording(
        "处理目的已实现或不再必要（个人信息保护法第47条第1项）", "the purpose is met or gone (PIPL art. 47(1))"
    ),
    ErasureBasis.TERM_OVER: Wording(
        "停止服务或保存期限已届满（个人信息保护法第47条第2项）",
        "the service has ended or the term of keeping is over (PIPL art. 47(2))",
    ),
    ErasureBasis.CONSENT_WITHDRAWN: Wording(
        "本人撤回同意（个人信息保护法第47条第3项）", "the person withdrew their consent (PIPL art. 47(3))"
    ),
    ErasureBasis.UNLAWFUL: Wording(
        "违法或违约处理（个人信息保护法第47条第4项）", "the data were handled unlawfully (PIPL art. 47(4))"
    ),
    ErasureBasis.OTHER_LAW: Wording(
        "法律、行政法规规定的其他情形（个人信息保护法第47条第5项）", "another law asks for it (PIPL art. 47(5))"
    ),
}


class HoldKind(StrEnum):
    """What asks for a file to be kept (closed list)."""

    OPEN_CASE = "open-case"
    DISPUTE = "dispute"
    FINANCE = "finance"
    ARCHIVE = "archive"
    INQUIRY = "inquiry"

    @property
    def label(self) -> Wording:
        return _HOLDS[self]


_HOLDS = {
    HoldKind.OPEN_CASE: Wording("个案尚未办结", "a case is still open"),
    HoldKind.DISPUTE: Wording("争议尚未了结", "a dispute is not settled"),
    HoldKind.FINANCE: Wording("会计凭证须保存", "vouchers of payments must be kept"),
    HoldKind.ARCHIVE: Wording("档案须保存", "archive law asks for the file to be kept"),
    HoldKind.INQUIRY: Wording("监察、司法或审计正在进行", "an inquiry, a court or an audit needs it"),
}


@dataclass(frozen=True)
class Hold:
    """A reason to keep a file: `until_on` is its last day, None until somebody lifts it; `id` is a recorded hold's."""

    kind: HoldKind
    authority: str
    until_on: date | None = None
    id: str | None = None


@dataclass(frozen=True)
class Erasure:
    """Who erased a person, when, on which basis."""

    basis: ErasureBasis
    actor: str
    at: datetime

    @property
    def wording(self) -> Wording:
        """What a reader is told who asks for what is gone."""
        day = day_of(self.at).isoformat()
        return Wording(
            f"已于{day}删除，依据：{self.basis.label.zh}。", f"Erased on {day}; the basis: {self.basis.label.en}."
        )

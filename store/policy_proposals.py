"""A proposal of a policy file (政策提议), the runs of its examples, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from cases.wording import Wording


class ProposalState(StrEnum):
    OPEN = "open"  # 待发布
    PUBLISHED = "published"  # 已发布
    WITHDRAWN = "withdrawn"  # 已撤回

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS: Final = {
    ProposalState.OPEN: Wording("待发布", "not published yet"),
    ProposalState.PUBLISHED: Wording("已发布", "published"),
    ProposalState.WITHDRAWN: Wording("已撤回", "withdrawn"),
}


@dataclass(frozen=True)
class NewProposal:
    id: str
    files: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    content: str
    proposed_by: str
    why: str


@dataclass(frozen=True)
class Check:
    """One run of the examples: what the process that ran them reported of each, or how it ended."""

    passed: bool
    report: Mapping[str, Any]
    run_by: str
    run_at: datetime


@dataclass(frozen=True)
class Publication:
    number: int
    published_by: str
    published_at: datetime
    in_use_from: date
    why: str
    report: Mapping[str, Any]


@dataclass(frozen=True)
class Withdrawal:
    withdrawn_by: str
    withdrawn_at: datetime
    why: str


@dataclass(frozen=True)
class Proposal:
    id: str
    files: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    sha256: str
    replaces: int  # the newest publication of any of these files, in whose place they would come; 0: none yet
    proposed_by: str
    proposed_at: datetime
    why: str
    publication: Publication | None = None
    withdrawal: Withdrawal | None = None

    @property
    def state(self) -> ProposalState:
        if self.publication:
            return ProposalState.PUBLISHED
        return ProposalState.WITHDRAWN if self.withdrawal else ProposalState.OPEN


@dataclass(frozen=True)
class PublishedText:
    """A text as it was published; it may hold several files."""

    number: int
    sha256: str
    content: str

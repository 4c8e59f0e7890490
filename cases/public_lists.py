"""A public list (公示名单): what a subsidy's applicants are shown as before payment, and where one objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.authorities import Authority
from cases.papers import Paper, PaperKind
from cases.refusals import Refusal, refusal


@dataclass(frozen=True)
class Listed:
    """One line of a public list. A person stands here masked, never whole."""

    position: int
    name: str
    identity: str
    amount_fen: int
    periods: str
    standard: str
    withdrawn_on: date | None = None
    hired: str | None = None  # for whom an employer applied, masked like everybody


@dataclass(frozen=True)
class Objections:
    """Where anyone may raise an objection (异议) while the list is shown."""

    body: str
    address: str
    phone: str


@dataclass(frozen=True)
class NoticeList(Paper):
    """公示名单: one sheet of the list that is shown before payment."""

    KIND = PaperKind.SUBSIDY_NOTICE_LIST

    subsidy: str
    authorities: tuple[Authority, ...]
    from_on: date
    until_on: date
    days: int
    working_days: bool
    term: Authority
    sheet: int
    sheets: int
    entries: tuple[Listed, ...]
    total: int  # on all sheets
    objections: Objections

    def refusals(self) -> Iterator[Refusal]:
        if self.until_on < self.from_on:
            yield refusal(
                "no-days", "公示截止日早于起始日，请更正。", "The list ends before it begins; correct the days."
            )

"""What an act of a subsidy case may ask of the law and of the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from cases.refusals import Refusal
from cases.roles import Role
from cases.setting import Setting
from cases.subsidy.case import SubsidyCase
from cases.subsidy.chosen import Chosen
from cases.subsidy.process import SubsidyProcess
from cases.wording import Wording


@dataclass(frozen=True)
class ClaimElsewhere:
    """A live claim of the same person, subsidy and period in another case."""

    period: str
    case_id: str
    place: str  # the station's name


class TermEnd(StrEnum):
    """Why a running subsidy ends by itself."""

    RETIRED = "retired"  # 达到法定退休年龄
    USED_UP = "used-up"  # 享受期限届满

    @property
    def label(self) -> Wording:
        return TERM_END_LABELS[self]


TERM_END_LABELS = {
    TermEnd.RETIRED: Wording("达到法定退休年龄", "statutory retirement age reached"),
    TermEnd.USED_UP: Wording("享受期限届满", "term used up"),
}


class Record(Protocol):
    """Questions an act asks of the record."""

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]: ...
    def fact_is_for_officer(self, name: str) -> bool: ...
    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]: ...
    def claimed_elsewhere(self, case: SubsidyCase, periods: Iterable[str]) -> tuple[ClaimElsewhere, ...]: ...

    def against_periods(self, case: SubsidyCase, periods: Iterable[str], on: date) -> tuple[Refusal, ...]:
        """Why the subsidy was not to be had in one of these periods, by the law of the case's place."""

    def paid_since(self, case: SubsidyCase) -> tuple[str, ...]:
        """Other cases about the same person in which a payment was ordered since the rules were asked in this one."""

    def unverified_values(self, case: SubsidyCase) -> tuple[str, ...]:
        """The names of the values behind the standing determination that nobody verified."""

    def nothing_for(self, case: SubsidyCase) -> frozenset[str]:
        """The months claimed for which, by the standing determination, nothing is due."""

    def on_list(self, case: SubsidyCase, notice: str) -> Chosen | None:
        """What a public list says of the case, by the determination that stands; None: there is no such list."""

    def in_file(self, case: SubsidyCase, payment: str, batch: str) -> Chosen | None:
        """What a file for the bank says of a payment; None: there is no such file."""

    def term_end(self, case: SubsidyCase, on: date) -> TermEnd | None:
        """Whether no month from this day's on could be paid any more."""


@dataclass(frozen=True, kw_only=True)
class Seen(Setting):
    """The circumstances of one act, frozen."""

    process: SubsidyProcess
    record: Record

"""What an act of a subsidy case may ask of the law and of the record."""

from dataclasses import dataclass
from typing import Protocol

from cases.refusals import Refusal
from cases.setting import Setting


class Record(Protocol):
    """Questions an act asks of the record."""

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]: ...
    def fact_is_for_officer(self, name: str) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Seen(Setting):
    """The circumstances of one act, frozen."""

    record: Record

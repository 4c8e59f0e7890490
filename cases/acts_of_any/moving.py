"""Who has a case, of whatever kind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Protocol, TypeVar

from cases.acts import Act
from cases.case import Case
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.setting import Setting
from cases.wording import Wording

C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=Setting)


class RolesRecord(Protocol):
    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]: ...


def not_a_caseworker(staff: str, station: str, on: date, record: RolesRecord) -> Iterator[Refusal]:
    if Role.CASEWORKER not in record.roles(staff, station, on):
        yield refusal(
            "not-a-caseworker", f"{staff}不是{station}的经办人。", f"{staff} is not a caseworker of {station}."
        )


@dataclass(frozen=True)
class Assign(Act[C, S]):
    KIND: ClassVar = "assign"
    TITLE: ClassVar = Wording("分派经办人", "Assign a caseworker")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER})
    WHILE_PAUSED: ClassVar = True

    to: str

    def refusals(self, case: C) -> Iterator[Refusal]:
        if case.caseworker == self.to:
            yield refusal("theirs-already", f"本案已由{self.to}经办。", f"The case is {self.to}'s already.")

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        yield from not_a_caseworker(self.to, case.station_id, seen.on, self.record(seen))

    def record(self, seen: S) -> RolesRecord:
        raise NotImplementedError

    def apply(self, case: C, seen: S) -> C:
        return replace(case, caseworker=self.to)

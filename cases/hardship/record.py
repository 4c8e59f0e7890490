"""What an act may ask of the record: a port that the store fills in, and a test fills with a few lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cases.exits import ListedReason
from cases.hardship.case import HardshipCase
from cases.hardship.stages import AgreementForm, ExitReason
from cases.hardship.terms import WorkTerms
from cases.plans import ServicePlan
from cases.refusals import Refusal
from cases.roles import Role
from cases.setting import Setting
from cases.wording import Wording


@dataclass(frozen=True)
class VacancySeen:
    """A vacancy on one day, and whether it meets one worker's hard constraints; None: unknown, which is no proof."""

    employer_id: str
    live: bool
    truth_checked: bool
    meets_hours: bool | None
    meets_place: bool | None
    meets_pay_floor: bool | None
    meets_health: bool | None


@dataclass(frozen=True)
class EmployerSeen:
    """`distinct_key` tells employers apart: the token of a USCC, or the person of a household."""

    verified: bool
    distinct_key: str
    household: bool


@dataclass(frozen=True)
class CourseSeen:
    hours: int
    minimum_hours: int


@dataclass(frozen=True)
class Proposal:
    """Work that a case's worker would take up, and the day on which its agreement is drawn up."""

    case: HardshipCase
    employer_id: str
    starts_on: date
    terms: WorkTerms
    public_post: bool
    drawn_up_on: date


class Record(Protocol):
    """Questions an act asks; each answers None where there is no such thing."""

    def vacancy(self, vacancy_id: str, worker_id: str, on: date) -> VacancySeen | None: ...
    def employer(self, employer_id: str, on: date) -> EmployerSeen | None: ...
    def course(self, course_id: str) -> CourseSeen | None: ...
    def agreement(self, proposal: Proposal) -> AgreementForm | tuple[Refusal, ...]: ...
    def has_other_open_case(self, worker_id: str, case_id: str) -> bool: ...
    def station_jurisdiction(self, station_id: str) -> str | None: ...
    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]: ...
    def fact_is_for_officer(self, name: str) -> bool: ...
    def roles(self, staff_id: str, station_id: str, on: date) -> frozenset[Role]: ...


@dataclass(frozen=True, kw_only=True)
class Seen(Setting):
    """The circumstances of one act, frozen: who, when, under which pinned policies, and what the record shows."""

    plan: ServicePlan
    exits: Mapping[ExitReason, ListedReason]  # those that the policy of the place lists
    pause_reasons: Mapping[str, Wording]  # likewise
    record: Record

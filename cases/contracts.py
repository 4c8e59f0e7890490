"""Contracts of a placement (协议): labour contract, part-time contract and public-welfare-post agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.agreement_law import AgreementLaw, Limit
from cases.contract_checks import (
    hours_refusals,
    minimum_refusals,
    part_time_refusals,
    term_refusals,
    wages_refusals,
    waiver_refusals,
)
from cases.contract_parts import ONE_DAY, Hours, PayChannel, Protection, Term, Wages, Work
from cases.days import add_months
from cases.papers import Paper, PaperKind
from cases.parties import Cited, EmployerParty, WorkerParty
from cases.refusals import Refusal, refusal


@dataclass(frozen=True)
class Agreement(Paper):
    """What the three agreements have in common."""

    employer: EmployerParty
    worker: WorkerParty
    work: Work
    protection: Protection
    law: AgreementLaw
    other_terms: tuple[str, ...]


@dataclass(frozen=True)
class LabourContract(Agreement):
    """The items of 劳动合同法 art.17; `probation_months` is 0 where none is agreed."""

    KIND = PaperKind.LABOUR_CONTRACT

    term: Term
    hours: Hours
    wages: Wages
    probation_months: int
    probation_fen: int | None
    benefits: str | None = None  # 补充保险和福利待遇

    @property
    def probation_ends_on(self) -> date | None:
        months = self.probation_months
        return add_months(self.term.starts_on, months) - ONE_DAY if months else None

    def refusals(self) -> Iterator[Refusal]:
        yield from term_refusals(self.term)
        yield from hours_refusals(self.hours)
        yield from wages_refusals(self.wages)
        yield from waiver_refusals(self.other_terms)
        yield from self._probation_refusals()

    def _probation_refusals(self) -> Iterator[Refusal]:
        probation = self.law.probation
        allowed = 0 if self.term.task else probation.at_most(self.term.months)
        clause = probation.authority.clause
        if self.probation_months < 0 or self.probation_months > allowed:
            yield refusal(
                "probation-too-long",
                f"这份合同的试用期不得超过{allowed}个月（{clause}），请缩短或不约定试用期。",
                f"This contract allows at most {allowed} months of probation ({clause}); shorten it or leave it out.",
            )
        if (self.probation_months > 0) is not (self.probation_fen is not None):
            yield refusal(
                "probation-pay-unstated",
                "试用期和试用期工资要么都约定，要么都不约定。",
                "State both a probation and its pay, or neither.",
            )
        floor = probation.pay_percent
        if self.probation_fen is not None and self.probation_fen * 100 < self.wages.monthly_fen * floor.value:
            yield refusal(
                "probation-pay-too-low",
                f"试用期工资低于约定工资的{floor.value}%（{floor.authority.clause}），请提高。",
                f"Pay on probation is below {floor.value}% of the agreed pay ({floor.authority.clause}); raise it.",
            )
        yield from minimum_refusals(self.probation_fen, self.wages.minimum, "probation_fen")


@dataclass(frozen=True)
class PartTimeContract(Agreement):
    """劳动合同法 art.68–72: by the hour, short, settled often. It has no field for a probation: none may be agreed."""

    KIND = PaperKind.PART_TIME_CONTRACT

    starts_on: date
    minutes_per_day: int
    minutes_per_week: int
    hourly_fen: int
    hourly_minimum: Limit | None
    settled_every_days: int
    channel: PayChannel

    def refusals(self) -> Iterator[Refusal]:
        law = self.law
        yield from part_time_refusals("minutes_per_day", self.minutes_per_day, law.part_time_minutes_per_day)
        yield from part_time_refusals("minutes_per_week", self.minutes_per_week, law.part_time_minutes_per_week)
        yield from part_time_refusals("settled_every_days", self.settled_every_days, law.part_time_settlement_days)
        yield from minimum_refusals(self.hourly_fen, self.hourly_minimum, "hourly_fen")
        yield from waiver_refusals(self.other_terms)


@dataclass(frozen=True)
class PublicPostAgreement(Agreement):
    """A post of last resort, subsidised for a term; `to_retirement`: near enough to it to stay until then."""

    KIND = PaperKind.PUBLIC_POST_AGREEMENT

    starts_on: date
    ends_on: date
    hours: Hours
    wages: Wages
    subsidies: tuple[Cited, ...]
    months_before: int  # in public-welfare posts before this one
    to_retirement: bool

    def refusals(self) -> Iterator[Refusal]:
        yield from term_refusals(Term(self.starts_on, self.ends_on))
        yield from hours_refusals(self.hours)
        yield from wages_refusals(self.wages)
        yield from waiver_refusals(self.other_terms)
        months = (Term(self.starts_on, self.ends_on).months or 0) + self.months_before
        limit = self.law.public_post_months
        if not self.to_retirement and months > limit.value:
            yield refusal(
                "post-too-long",
                f"连同以前的时间共{months}个月，超过{limit.value}个月（{limit.authority.clause}），请缩短期限。",
                f"With the time before, {months} months exceed {limit.value} ({limit.authority.clause}); shorten it.",
            )

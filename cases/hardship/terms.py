"""The terms of work behind a placement, as the parties agreed them; what most agreements share need not be said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cases.contract_parts import ONE_DAY, HoursSystem, PayChannel, PayForm
from cases.days import add_months
from cases.refusals import Refusal, refusal

STRICT: dict[str, str] = {"extra": "forbid"}
MINUTES_IN_A_DAY, DAYS_IN_A_WEEK, LATEST_PAYDAY = 24 * 60, 7, 31


class PayUnit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class PartyDetails:
    """What an agreement must name of its parties, where the ledger lacks it or has it otherwise."""

    __pydantic_config__: ClassVar = STRICT

    employer_address: str | None = None
    employer_representative: str | None = field(default=None, repr=False)
    employer_phone: str | None = field(default=None, repr=False)
    worker_address: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class WorkTerms:
    """Pay in fen per unit. The term ends on a day, after months, or with a task; otherwise it is open-ended.

    `probation_pay_fen` unsaid is the full pay. `through_platform` and `under_direction`: whether a platform gives the
    work, and manages it as an employer does. `retirement_postponed`: both agreed in writing to go on past retirement.
    """

    __pydantic_config__: ClassVar = STRICT

    position: str
    place: str
    minutes_per_day: int
    pay_fen: int
    pay_unit: PayUnit
    days_per_week: int = 5
    duties: str = "按照岗位要求完成工作"
    hours_system: HoursSystem = HoursSystem.STANDARD
    rest: str = "休息日和法定节假日按照国家规定安排"
    pay_form: PayForm = PayForm.TIME
    channel: PayChannel = PayChannel.BANK
    payday: int = 10
    settled_every_days: int = 15  # of work paid by the hour
    term_months: int | None = None
    ends_on: date | None = None
    task: str | None = None
    probation_months: int = 0
    probation_pay_fen: int | None = None
    insurance: tuple[str, ...] = ()  # what is agreed beyond the insurance that the law asks for
    protection: str = "符合国家规定的劳动条件和必需的防护用品"
    hazards: str | None = None
    benefits: str | None = None
    other_terms: tuple[str, ...] = ()
    months_in_public_posts: int = 0  # before this one
    retirement_postponed: bool = False
    through_platform: bool = False
    under_direction: bool | None = None
    parties: PartyDetails = PartyDetails()

    @property
    def minutes_per_week(self) -> int:
        return self.minutes_per_day * self.days_per_week

    def last_day(self, starts_on: date) -> date | None:
        """The last day of a term that ends on one."""
        if self.term_months is not None:
            return add_months(starts_on, self.term_months) - ONE_DAY
        return self.ends_on

    def refusals(self) -> Iterator[Refusal]:
        """What is wrong with the terms by themselves, whatever the law of the place."""
        for name, text in (("position", self.position), ("place", self.place), ("duties", self.duties)):
            if not text.strip():
                yield refusal("blank", f"请填写“{name}”。", f"Fill in “{name}”: it may not be blank.")
        for name, number, most in (
            ("minutes_per_day", self.minutes_per_day, MINUTES_IN_A_DAY),
            ("days_per_week", self.days_per_week, DAYS_IN_A_WEEK),
            ("payday", self.payday, LATEST_PAYDAY),
        ):
            if not 1 <= number <= most:
                yield refusal("out-of-range", f"“{name}”应在1至{most}之间。", f"“{name}” is from 1 to {most}.")
        yield from self._not_positive()
        if sum(end is not None for end in (self.term_months, self.ends_on, self.task)) > 1:
            yield refusal(
                "two-terms",
                "“term_months”“ends_on”“task”只能写一项；都不写为无固定期限。",
                "Say one of term_months, ends_on and task; with none of them the term is open-ended.",
            )

    def _not_positive(self) -> Iterator[Refusal]:
        for name, number in (
            ("pay_fen", self.pay_fen),
            ("settled_every_days", self.settled_every_days),
            ("term_months", self.term_months),
            ("probation_pay_fen", self.probation_pay_fen),
        ):
            if number is not None and number <= 0:
                yield refusal("not-positive", f"“{name}”须大于0。", f"“{name}” must be more than 0.")
        for name, number in (
            ("probation_months", self.probation_months),
            ("months_in_public_posts", self.months_in_public_posts),
        ):
            if number < 0:
                yield refusal("negative", f"“{name}”不能小于0。", f"“{name}” cannot be less than 0.")

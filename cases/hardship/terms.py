"""The terms of work behind a placement, and which agreement they call for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.hardship.record import EmployerSeen
from cases.hardship.stages import AgreementForm
from cases.refusals import Refusal, refusal


class PayUnit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class WorkTerms:
    """What the parties agreed: whole hours, pay in fen per unit, days between settlements, months of term."""

    position: str
    place: str
    hours_per_day: int
    hours_per_week: int
    pay_fen: int
    pay_unit: PayUnit
    settled_every_days: int
    term_months: int | None = None  # None: open-ended
    probation_months: int = 0
    ends_on: date | None = None

    def refusals(self) -> Iterator[Refusal]:
        for name, text in (("position", self.position), ("place", self.place)):
            if not text.strip():
                yield refusal("blank", f"请填写“{name}”。", f"Fill in “{name}”: it may not be blank.")
        for name, number in (
            ("hours_per_day", self.hours_per_day),
            ("hours_per_week", self.hours_per_week),
            ("pay_fen", self.pay_fen),
            ("settled_every_days", self.settled_every_days),
        ):
            if number <= 0:
                yield refusal("not-positive", f"“{name}”须大于0。", f"“{name}” must be more than 0.")


def agreement_form(
    terms: WorkTerms, employer: EmployerSeen, *, public_post: bool
) -> tuple[AgreementForm, tuple[Refusal, ...]]:
    """The form the facts call for, and what stands against it."""
    raise NotImplementedError

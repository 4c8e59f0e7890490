"""What the law allows in an agreement (协议的法定限度): its numbers come from a policy, each with its clause."""

from dataclasses import dataclass

from cases.authorities import Authority


@dataclass(frozen=True)
class Limit:
    """A number that an authority set, and may change."""

    value: int
    authority: Authority


@dataclass(frozen=True)
class ProbationStep:
    """A contract of at least `from_months` may have a probation of `at_most_months`."""

    from_months: int
    at_most_months: int


@dataclass(frozen=True)
class Probation:
    """试用期: by length of contract; shorter ones, and those that end with a task, have none."""

    steps: tuple[ProbationStep, ...]  # rising
    open_ended_months: int
    pay_percent: Limit  # of the agreed pay, at least
    authority: Authority

    def at_most(self, contract_months: int | None) -> int:
        """The longest probation, for a contract of so many full months or (None) an open-ended one."""
        if contract_months is None:
            return self.open_ended_months
        return max((s.at_most_months for s in self.steps if s.from_months <= contract_months), default=0)


@dataclass(frozen=True)
class AgreementLaw:
    """The limits in force on the day an agreement begins."""

    working_age: Limit  # years
    part_time_minutes_per_day: Limit  # on average
    part_time_minutes_per_week: Limit
    part_time_settlement_days: Limit
    probation: Probation
    public_post_months: Limit

"""An application (申领): what is written down when a worker or an employer asks for a subsidy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from cases.refusals import Refusal, refusal
from cases.registration import STRICT, FirstFact
from cases.subsidy.stages import Applicant


@dataclass(frozen=True)
class Applying:
    """Who applies, in one of four ways: by the number in the ledger or register, or by that of the document."""

    __pydantic_config__: ClassVar = {**STRICT, "coerce_numbers_to_str": True}

    worker: str | None = None
    identity_number: str | None = field(default=None, repr=False)
    employer: str | None = None
    uscc: str | None = None

    @property
    def kind(self) -> Applicant:
        return Applicant.WORKER if self.worker or self.identity_number else Applicant.EMPLOYER

    @property
    def told(self) -> tuple[str, ...]:
        said = (self.worker, self.identity_number, self.employer, self.uscc)
        return tuple(each for each in said if each)


@dataclass(frozen=True)
class Hired:
    """The person whom the employer hired or placed (招用人员), by the number in the ledger or of the document."""

    __pydantic_config__: ClassVar = {**STRICT, "coerce_numbers_to_str": True}

    worker: str | None = None
    identity_number: str | None = field(default=None, repr=False)

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(each for each in (self.worker, self.identity_number) if each)


@dataclass(frozen=True)
class Application:
    """`key` makes a second sending harmless. `periods`: months `2026-03` or years `2026`; none where it is had once.

    `said_true`: the applicant declared that what was said is true. `hired`: for whom an employer applies, where the
    subsidy is had for each person hired.
    """

    __pydantic_config__: ClassVar = {**STRICT, "coerce_numbers_to_str": True}

    key: str
    station: str
    policy: str
    applicant: Applying
    periods: tuple[str, ...] = ()
    said_true: bool = False
    facts: tuple[FirstFact, ...] = ()
    opened_from: str | None = None  # the hardship case in which it was talked about
    hired: Hired | None = None

    def refusals(self) -> Iterator[Refusal]:
        """What is wrong with it whatever the law and the record say."""
        if not self.key.strip():
            yield refusal("blank", "请填写“key”。", "Fill in “key”: it may not be blank.")
        if len(self.applicant.told) != 1:
            yield refusal(
                "one-applicant",
                "申请人须且只须写明一项：worker（台账编号）、identity_number（证件号码）、employer（登记编号）"
                "或uscc（统一社会信用代码）。",
                "Name the applicant in exactly one way: worker (number in the ledger), identity_number, employer "
                "(number in the register) or uscc (its code).",
            )
        if self.hired is not None and len(self.hired.told) != 1:
            yield refusal(
                "one-hired-person",
                "招用人员（hired）须且只须写明一项：worker（台账编号）或identity_number（证件号码）。",
                "Name the person hired in exactly one way: worker (number in the ledger) or identity_number.",
            )
        if not self.said_true:
            yield refusal(
                "not-said-true",
                "须由申请人声明所述属实（said_true: true）后才能受理。",
                "The applicant has to declare that what was said is true (said_true: true) before it is taken.",
            )
        twice = sorted({period for period in self.periods if self.periods.count(period) > 1})
        if twice:
            yield refusal(
                "period-twice", f"申领期间写了两次：{'、'.join(twice)}。", f"Claimed twice here: {', '.join(twice)}."
            )
        for fact in self.facts:
            yield from fact.refusals()

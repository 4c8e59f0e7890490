"""A registration (求职登记): what is written down when a worker first comes to the counter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from cases.constraints import HealthDemand, PayUnit
from cases.facts import SourceKind
from cases.refusals import Refusal, refusal

STRICT = {"extra": "forbid"}
DAYS = frozenset(range(1, 8))
TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Person:
    """The worker as the identity document names them; a number written without quotes is meant as its digits."""

    __pydantic_config__: ClassVar = {**STRICT, "coerce_numbers_to_str": True}

    name: str = field(repr=False)
    identity_number: str = field(repr=False)
    phone: str = field(repr=False)
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class HouseholdMember:
    __pydantic_config__: ClassVar = STRICT

    name: str = field(repr=False)
    relation: str = field(repr=False)


@dataclass(frozen=True)
class StatedSkill:
    __pydantic_config__: ClassVar = STRICT

    trade: str
    level: str
    evidence: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class StatedWish:
    __pydantic_config__: ClassVar = STRICT

    trade: str
    detail: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class StatedShift:
    """Days of the week from 1 (Monday); times as HH:MM."""

    __pydantic_config__: ClassVar = STRICT

    days: tuple[int, ...]
    begin: str
    until: str

    @property
    def readable(self) -> bool:
        return bool(self.days) and set(self.days) <= DAYS and all(TIME.fullmatch(at) for at in (self.begin, self.until))


@dataclass(frozen=True)
class StatedLimits:
    """Hard constraints. What is left out is unknown, and an unknown one proves nothing; `[]` and 0 mean "none"."""

    __pydantic_config__: ClassVar = STRICT

    hours: tuple[StatedShift, ...] | None = None
    places: tuple[str, ...] | None = None
    pay_floor_fen: int | None = None
    pay_floor_unit: PayUnit | None = None
    health: tuple[HealthDemand, ...] | None = None


@dataclass(frozen=True)
class FirstFact:
    """A fact known at the counter, with where it comes from."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    value: object = field(repr=False)  # checked against the declaration of its name
    source: SourceKind
    established_on: date
    detail: str
    body: str = ""
    paper: str = ""

    def refusals(self) -> Iterator[Refusal]:
        """Why its source says too little."""
        if not self.detail.strip():
            yield refusal(
                "blank",
                f"请填写事实“{self.name}”的来源说明detail。",
                f"Say in detail where the fact {self.name} comes from.",
            )
        if self.source is SourceKind.RECOGNITION and not (self.body.strip() and self.paper.strip()):
            yield refusal(
                "recognition-without-paper",
                f"事实“{self.name}”来自其他机构的认定，须写明认定机关和文书。",
                f"The fact {self.name} is another body's recognition: name the body and its paper.",
            )


@dataclass(frozen=True)
class Registration:
    """`key` makes a second sending harmless. `unlike` names registered persons found to be somebody else."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    station: str
    worker: Person
    household: tuple[HouseholdMember, ...] = ()
    skills: tuple[StatedSkill, ...] = ()
    wishes: tuple[StatedWish, ...] = ()
    limits: StatedLimits = StatedLimits()
    facts: tuple[FirstFact, ...] = ()
    unlike: tuple[str, ...] = ()

    def refusals(self) -> Iterator[Refusal]:
        for name, text in (("key", self.key), ("worker.name", self.worker.name)):
            if not text.strip():
                yield refusal("blank", f"请填写“{name}”。", f"Fill in “{name}”: it may not be blank.")
        if (self.limits.pay_floor_fen is None) != (self.limits.pay_floor_unit is None):
            yield refusal(
                "half-a-floor",
                "薪酬底线须同时写明金额（分）和计薪单位。",
                "A pay floor needs both its amount in fen and its unit.",
            )
        if not all(shift.readable for shift in self.limits.hours or ()):
            yield refusal(
                "unreadable-shift",
                "“limits.hours”的days须为1（周一）至7（周日），begin和until须写作HH:MM，如07:00。",
                "In “limits.hours”, days are 1 (Monday) to 7 (Sunday), and begin and until are HH:MM, such as 07:00.",
            )
        for fact in self.facts:
            yield from fact.refusals()

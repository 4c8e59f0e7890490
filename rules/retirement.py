"""When a person reaches the statutory retirement age (法定退休年龄), by the class of their old age."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cases.days import add_months
from rules.errors import PolicyError
from rules.given import Facts
from rules.intervals import Span
from rules.policies import ResolvedPolicy
from rules.reckoner import Reckoner, known_facts
from rules.units import YearMonth

CLASSES = ("man", "woman55", "woman50")
OF_SEX = {"male": ("man",), "female": ("woman55", "woman50")}


@dataclass(frozen=True)
class Retirement:
    """The first and the last day on which it can be; the same day where the class is known."""

    earliest: date
    latest: date

    @property
    def settled(self) -> bool:
        return self.earliest == self.latest


def possible_classes(stated: str | None, sex: str | None) -> tuple[str, ...]:
    """A man has one class. A woman has one of two, and which is for an officer to find."""
    if stated is not None:
        return (stated,)
    return CLASSES if sex is None else OF_SEX[sex]


def retirement(policy: ResolvedPolicy, born_on: date, classes: Collection[str]) -> Retirement:
    days = [in_month(retirement_month(policy, born_on, each), born_on) for each in classes]
    return Retirement(min(days), max(days))


def retirement_month(policy: ResolvedPolicy, born_on: date, class_: str) -> YearMonth:
    facts: Facts = {"born_on": born_on, "retirement_class": class_}
    place = policy.merged.layers[-1].file.place
    if "retires" not in policy.rules.parts or not set(policy.rules.facts) <= set(facts):
        raise PolicyError("the month 'retires' follows from born_on and retirement_class, and is derived here", place)
    month = Reckoner(policy.rules, known_facts(policy.rules, facts)).named("retires")
    if not isinstance(month, Span) or not month.point:
        raise PolicyError(f"no month of retirement follows for the class {class_}", place)
    return YearMonth.numbered(int(month.lo))


def in_month(month: YearMonth, born_on: date) -> date:
    """The day that corresponds to the birthday, or the month's last."""
    return add_months(born_on, month.number - YearMonth.of(born_on).number)

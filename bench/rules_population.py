"""Invented people for the benchmark of the rules: the same ones, bit for bit, wherever it runs."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
SEXES: Final = ("female", "male")
STATUSES: Final = ("unemployed", "flexible", "platform", "employed", "self_employed")
SHARES: Final = (0.25, 0.25, 0.25, 0.1, 0.15)
PEOPLE: Final = 200_000


def columns(people: int = PEOPLE) -> dict[str, Column]:
    """One column per fact; `sex` and `status` as places in SEXES and STATUSES. The order of the draws counts."""
    dice = np.random.default_rng(42)

    def number(least: int, most: int) -> Column:
        return dice.integers(least, most, people, dtype=np.int64)

    def some(share: float) -> Column:
        return dice.random(people) < share

    found: dict[str, Column] = {"sex": number(0, 2), "age_m": number(186, 792)}
    found["retire_m"] = np.where(
        found["sex"] == 1, 720 + number(0, 37), np.where(some(0.5), 600 + number(0, 61), 660 + number(0, 37))
    )
    found["registered"] = some(0.6)
    found["dis_level"] = np.where(some(0.06), number(1, 5), 0)
    found |= {"zero_family": some(0.04), "min_allow": some(0.06), "land_loss": some(0.05)}
    found["unemp_m"] = np.where(some(0.5), number(0, 40), 0)
    found["status"] = dice.choice(5, people, p=SHARES)
    found["contrib"] = number(0, 160_000)
    found["si_used_m"] = np.where(some(0.5), number(0, 48), 0)
    found["course_level"] = np.where(some(0.35), number(1, 6), 0)
    found["course_passed"] = some(0.7)
    found["train_days"] = number(0, 90)
    found["grad_years"] = np.where(some(0.25), number(0, 11), 99)
    found["loan_req"] = np.where(some(0.4), number(0, 900_000), 0)
    found["partners"] = np.where(some(0.3), number(1, 8), 0)
    found["biz_m"] = number(0, 60)
    found["hires"] = np.where(some(0.5), number(0, 8), 0)
    found |= {"active_days": number(0, 92), "has_policy": some(0.7), "premium": number(2000, 30_000)}
    found["offers_refused"] = number(0, 6)
    return found


def people(found: Mapping[str, Column]) -> list[dict[str, Any]]:
    """The same as facts in plain form, one dictionary a person."""
    lists = {name: column.tolist() for name, column in found.items()}
    lists["sex"] = [SEXES[place] for place in lists["sex"]]
    lists["status"] = [STATUSES[place] for place in lists["status"]]
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


# Of 200,000 people: how many are in each category, and of each output how many are not zero and what they come to.
CATEGORIES: Final = {
    "ordinary": 106_767,
    "older": 43_533,
    "long_without_work": 19_535,
    "disabled": 10_024,
    "minimum_living": 9_015,
    "zero_employment": 6_223,
    "landless": 4_903,
}
TOTALS: Final = {
    "si_amount": (41_539, 1_799_161_353),
    "si_months_left": (41_539, 1_152_165),
    "training": (30_659, 6_664_960_000),
    "living": (21_413, 4_474_595_000),
    "loan": (4_966, 1_179_151_406),
    "startup": (14_541, 4_528_900_000),
    "accident": (23_671, 187_521_066),
    "post": (3_276, 3_276),
}
OUTPUTS: Final = ("category", *TOTALS)

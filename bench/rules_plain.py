"""The benchmark's policy as a programmer would write it by hand, values in place: what every engine is held against."""

# ruff: noqa: PLR2004  # values in place are what makes it fast, and no engine

from typing import Any

TRAINING = (0, 100_000, 150_000, 200_000, 300_000, 400_000)

Outputs = tuple[str, int, int, int, int, int, int, int, bool]


def decided_by_hand(p: dict[str, Any]) -> Outputs:  # noqa: C901, PLR0912  # as long as the policy is
    category = "ordinary"
    age, status = p["age_m"], p["status"]
    if 192 <= age < p["retire_m"]:
        if p["dis_level"] >= 1:
            category = "disabled"
        elif p["zero_family"]:
            category = "zero_employment"
        elif p["min_allow"]:
            category = "minimum_living"
        elif age >= (600 if p["sex"] == "male" else 480):
            category = "older"
        elif p["land_loss"]:
            category = "landless"
        elif p["registered"] and p["unemp_m"] >= 12:
            category = "long_without_work"
    hard = category != "ordinary"

    si_amount = si_months_left = training = living = loan = startup = accident = 0
    post = False
    if hard and status in ("flexible", "platform") and p["contrib"] > 0:
        to_retirement, used = p["retire_m"] - age, p["si_used_m"]
        left = to_retirement if to_retirement + used <= 60 else 36 - used
        if left > 0:
            si_amount = min(p["contrib"] * 2 // 3, 60_000)
            si_months_left = left
    level = p["course_level"]
    if level >= 1 and p["course_passed"] and (hard or p["grad_years"] <= 2 or status == "platform"):
        training = TRAINING[level] if hard else TRAINING[level] * 80 // 100
        if hard and p["train_days"] >= 5:
            living = 5000 * min(p["train_days"], 60)
    if status == "self_employed":
        if p["biz_m"] <= 36 and p["loan_req"] > 0 and (hard or p["grad_years"] <= 5 or p["hires"] >= 3):
            partners = p["partners"]
            loan = min(p["loan_req"], 200_000 if partners < 2 else min(200_000 * partners, 1_000_000))
        if p["biz_m"] >= 6 and (hard or p["grad_years"] <= 5):
            startup = 200_000 + 100_000 * min(p["hires"], 3)
    elif status == "platform":
        if p["has_policy"] and p["active_days"] >= 30:
            accident = min(p["premium"] * (100 if hard else 50) // 100, 10_000)
    elif (
        status == "unemployed"
        and category in ("disabled", "zero_employment", "older")
        and p["registered"]
        and p["offers_refused"] < 3
        and not (si_amount or training or loan or startup or accident)
    ):
        post = True
    return category, si_amount, si_months_left, training, living, loan, startup, accident, post

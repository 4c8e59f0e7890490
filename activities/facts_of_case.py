"""What a hardship case itself shows of the facts that its policies read."""

from cases.canonical import Json
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.hardship.turns import applied_for


def shown_by_case(case: HardshipCase, determined: str) -> dict[str, Json]:
    """What the case itself shows; a decision that was not taken is unknown."""
    facts: dict[str, Json] = {
        "applied_on": applied_for(case, determined).isoformat(),
        "plan_term_over": case.term_over_at is not None,
        "plan_items_proved": case.items_proved,
        "placed": case.placement is not None,
    }
    for name, policy in (("hardship_worker", HARDSHIP), ("employment_difficulty", DIFFICULTY)):
        decided = case.granted(policy)
        if decided is not None:
            facts[name] = decided
    return facts

"""The law of a place as a case's day selects it: plan, clocks, exits, calendar; resolved once, then remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rules.clock_terms import clock_terms
from rules.exits import exit_reasons
from rules.plans import service_plan

from cases.calendars import Calendar
from cases.clocks import ClockTerms, Counts, Rolls, Unit
from cases.hardship.stages import ExitReason
from cases.plans import ServicePlan
from cases.wording import Wording
from rules.policies import PolicyBook


@dataclass(frozen=True)
class PlaceLaw:
    """What one place owes from one day on."""

    plan: ServicePlan
    terms: Mapping[str, ClockTerms]
    exit_reasons: frozenset[ExitReason]


class Policies:
    """Raises rules.policies.NoPolicyInForce where a place has no policy for a day."""

    def __init__(self, book: PolicyBook, calendar: Calendar) -> None:
        self.book = book
        self.calendar = calendar
        self.law = lru_cache(maxsize=1000)(self._law)

    def _law(self, jurisdiction: str, on: date) -> PlaceLaw:
        plan = service_plan(self.book.resolve("service-plan", jurisdiction, on))
        clocks = clock_terms(self.book.resolve("clocks", jurisdiction, on))
        exits = exit_reasons(self.book.resolve("exit", jurisdiction, on))
        return PlaceLaw(plan, {**clocks, **_of_plan(plan, clocks)}, exits)


def _of_plan(plan: ServicePlan, clocks: Mapping[str, ClockTerms]) -> Mapping[str, ClockTerms]:
    """The plan's own terms as clocks: its term, each item, each follow-up, the review of an exit."""
    model = clocks["plan"]  # day type, rolling and due time of the place; the lengths are the plan's
    natural = replace(model, unit=Unit.DAY, counts=Counts.NATURAL, rolls=Rolls.FORWARD)

    def term(terms_id: str, zh: str, en: str, days: int) -> ClockTerms:
        return replace(natural, id=terms_id, title=Wording(zh, en), length=days)

    found = {"term": term("term", "帮扶期限", "Term of help", plan.term_days)}
    found["exit-review"] = term("exit-review", "申请复核期限", "Days to ask for a review", plan.review_days)
    for item in plan.items:
        name = f"item/{item.id}"
        found[name] = term(name, item.title.zh, item.title.en, item.due_days)
    for days in plan.follow_up_days:
        name = f"follow-up/{days}"
        found[name] = term(name, f"{days}天回访", f"Follow-up at {days} days", days)
    return found

"""The law of a place as a case's day selects it: plan, clocks, exits, calendar; resolved once, then remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol, cast

from cases.acts import unknown
from cases.calendars import Calendar
from cases.canonical import Json
from cases.clocks import ClockTerms
from cases.exits import ListedReason
from cases.hardship.stages import ExitReason
from cases.plans import ServicePlan
from cases.refusals import Refusal, refusal
from cases.wording import Wording
from rules.clock_terms import clock_terms, pause_reasons
from rules.exits import listed_reasons
from rules.facts import FactRefused, given
from rules.plans import service_plan
from rules.policies import PolicyBook, ResolvedPolicy
from rules.review_body import ReviewBody, review_body
from rules.schema import AskedOf


@dataclass(frozen=True)
class PlaceLaw:
    """What one place owes from one day on."""

    plan: ServicePlan
    terms: Mapping[str, ClockTerms]
    exits: Mapping[ExitReason, ListedReason]
    pause_reasons: Mapping[str, Wording]
    review: ReviewBody  # without one no notice could say whom to ask, so no case is opened


class Source(Protocol):
    """Where newer law comes from (`activities.published`)."""

    def newer(self, *, at_once: bool = False) -> PolicyBook | None: ...


class Policies:
    """The law in use. Its source is asked for what was published since, which is taken over whole.

    Raises rules.policies.NoPolicyInForce where a place has no policy for a day.
    """

    def __init__(self, book: PolicyBook, calendar: Calendar, source: Source | None = None) -> None:
        self.calendar = calendar
        self._source = source
        self._in_use = _InUse(book)

    @property
    def book(self) -> PolicyBook:
        return self._current().book

    def law(self, jurisdiction: str, on: date) -> PlaceLaw:
        """As it was known on that day: what is published later never changes what a running case is owed."""
        return self._current().law(jurisdiction, on)

    def refresh(self, *, at_once: bool = True) -> None:
        """Take up what was published since, all of it; without `at_once` only when it is time to ask again."""
        newer = self._source.newer(at_once=at_once) if self._source else None
        if newer is not None:
            self._in_use = _InUse(newer)

    def _current(self) -> "_InUse":
        self.refresh(at_once=False)
        return self._in_use

    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]:
        """Why a value cannot be kept as this fact: the name is not declared, or the value does not fit it."""
        declared = self.book.facts.get(name)
        if declared is None:
            return (unknown(Wording("事实", "fact"), name),)
        try:
            given(name, cast("Json", value), declared.type)
        except FactRefused as refused:
            return (refusal(f"fact:{name}", f"事实“{name}”的值不合要求：{refused.expected}。", str(refused)),)
        return ()

    def fact_is_for_officer(self, name: str) -> bool:
        declared = self.book.facts.get(name)
        return declared is not None and declared.asked_of is AskedOf.OFFICER


class _InUse:
    """One book, and what was drawn from it."""

    def __init__(self, book: PolicyBook) -> None:
        self.book = book
        self.law = lru_cache(maxsize=1000)(self._law)

    def _law(self, jurisdiction: str, on: date) -> PlaceLaw:
        return place_law(lambda policy: self.book.resolve(policy, jurisdiction, on, decided_on=on))


def place_law(resolved: Callable[[str], ResolvedPolicy]) -> PlaceLaw:
    """Drawn from the policies of one place and day, which are asked for by name."""
    plan, clocks_policy = service_plan(resolved("service-plan")), resolved("clocks")
    clocks = clock_terms(clocks_policy)
    return PlaceLaw(
        plan=plan,
        terms={**clocks, **_of_plan(plan, clocks)},
        exits={listed.reason: listed for listed in listed_reasons(resolved("exit"))},
        pause_reasons=pause_reasons(clocks_policy),
        review=review_body(resolved("review")),
    )


def _of_plan(plan: ServicePlan, clocks: Mapping[str, ClockTerms]) -> Mapping[str, ClockTerms]:
    """The plan's own terms as clocks, with days that count and roll as the place's models do."""
    help_model, follow_up_model = clocks["plan"], clocks["follow-up"]
    found = {"term": replace(help_model, id="term", title=Wording("帮扶期限", "Term of help"), length=plan.term_days)}
    for item in plan.items:
        name = f"item/{item.id}"
        found[name] = replace(help_model, id=name, title=item.title, length=item.due_days, authority=item.authority)
    for days in plan.follow_up_days:
        name = f"follow-up/{days}"
        title = Wording(f"{days}天回访", f"Follow-up at {days} days")
        found[name] = replace(follow_up_model, id=name, title=title, length=days)
    return found

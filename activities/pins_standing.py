"""Whether the book still says what open cases are pinned to, and where it does not, whether the record has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import TypeAlias, cast

from sqlalchemy import Connection

from activities.policies import Policies
from cases.canonical import Json, from_canonical
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.laws import Pin, PinnedCase, law_key, pinned_cases, pins_of
from store.policy_contents import ContentAltered, policy_contents


class Standing(Enum):
    AS_IT_WAS = auto()
    CHANGED = auto()  # the record has a copy
    LOST = auto()


_Law: TypeAlias = tuple[str, str, date]


def pins_stand(connection: Connection, policies: Policies) -> Mapping[str, Standing]:
    """Every open case; a list of policies is looked up once, however many cases it governs."""
    look = _Look(connection, policies)
    return {case_id: look.at(case) for case_id, case in pinned_cases(connection).items()}


@dataclass
class _Look:
    connection: Connection
    policies: Policies
    seen: dict[_Law, Standing] = field(default_factory=dict)

    def at(self, case: PinnedCase) -> Standing:
        if case.law is None:
            return Standing.AS_IT_WAS if self._plan(case) == case.plan_hash else Standing.CHANGED
        key = (case.law, case.jurisdiction, case.applied_on)
        if key not in self.seen:
            pins = pins_of(self.connection, case.law).values()
            as_pinned = law_key(pins) == case.law  # a list is kept under the hash of itself
            found = {self._pin(pin, case) for pin in pins} if as_pinned else {Standing.LOST}
            self.seen[key] = max(found, key=lambda standing: standing.value)
        return self.seen[key]

    def _plan(self, case: PinnedCase) -> str | None:
        try:
            return self.policies.law(case.jurisdiction, case.applied_on).plan.policy_hash
        except NoPolicyInForce:
            return None

    def _pin(self, pin: Pin, case: PinnedCase) -> Standing:
        in_book = self._in_book(pin, case)
        if in_book and in_book.hash == pin.hash:
            return Standing.AS_IT_WAS
        kept = self._kept(pin)
        if kept is None:
            return Standing.LOST
        same = in_book is not None and _but_for_calendar(in_book.content) == _but_for_calendar(kept)
        return Standing.AS_IT_WAS if same else Standing.CHANGED

    def _in_book(self, pin: Pin, case: PinnedCase) -> ResolvedPolicy | None:
        try:
            return self.policies.book.resolve(pin.policy, case.jurisdiction, case.applied_on, case.applied_on)
        except NoPolicyInForce:
            return None

    def _kept(self, pin: Pin) -> str | None:
        try:
            found = policy_contents(self.connection, [pin.hash]).get(pin.hash)
        except ContentAltered:
            return None
        return found.content if found else None


def _but_for_calendar(content: str) -> Mapping[str, Json]:
    """A new year's calendar is expected, and clocks are reckoned anew by it: the terms are what is pinned."""
    written = cast("Mapping[str, Json]", from_canonical(content))
    return {name: value for name, value in written.items() if name != "calendar"}

"""A case keeps the law that it was opened under (政策版本固定), whatever is published, or changed in a file, since.

The list of its policies is kept with their contents. They are taken from the book while it still has them, and from the
record once it has not.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from activities.policies import PlaceLaw, Policies, place_law
from cases.case import Case
from cases.days import day_of, start_of
from cases.hardship.case import HardshipCase
from cases.hardship.leaving import Reopen
from cases.hardship.turns import OF_A_CASE, applied_for
from cases.hardship.waking import AskAnew
from cases.subsidy.new_law import ApplyNewLaw
from rules.content import ContentUnreadable, from_content
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.asked_anew import asked_anew, pinned_since
from store.laws import Pin, determined_with, is_kept, keep_pins, law_key, pins_of
from store.policy_contents import ContentAltered, PolicyContent, keep_policy_content, policy_contents

GOVERNING: Final = ("service-plan", "clocks", "exit", "review")
MOST_KEPT: Final = 1000

# What lies under a hash is the same for everybody and always, so that a process finds it once.
_policies: dict[tuple[str, str], ResolvedPolicy] = {}
_laws: dict[tuple[str, str], PlaceLaw] = {}
_pins: dict[str, Mapping[str, Pin]] = {}


class PinnedPolicyLost(NoPolicyInForce):
    """Neither the policy files nor the record hold what a case is pinned to."""

    def __init__(self, pin: Pin) -> None:
        super().__init__(
            f"本案适用的政策{pin.policy}（版本{pin.version}）在政策文件和记录中都已找不到，请恢复该版本的政策文件。",
            f"The policy {pin.policy} ({pin.version}) that this case is pinned to is neither in the policy files "
            "nor in the record: put the file of that version back.",
        )


def pin_law(connection: Connection, policies: Policies, jurisdiction: str, at: datetime) -> str:
    """Keep what governs the hardship cases that are opened here and now; the list's key."""
    return pin_policies(connection, tuple(_in_force(policies, jurisdiction, day_of(at))), at)


def pin_policies(connection: Connection, found: Collection[ResolvedPolicy], at: datetime) -> str:
    """Keep the policies that a case is opened under, and their list; the list's key."""
    pins = [Pin(each.policy, each.version, each.hash) for each in found]
    law = law_key(pins)
    if not is_kept(connection, law):
        keep_pins(connection, law, pins)
        for each in found:
            keep_policy_content(connection, PolicyContent(each.hash, each.policy, each.content), at)
    return law


def _in_force(policies: Policies, jurisdiction: str, on: date) -> Iterator[ResolvedPolicy]:
    book = policies.book
    yield from (book.resolve(policy, jurisdiction, on, on) for policy in GOVERNING)
    for policy in OF_A_CASE:
        try:
            yield book.resolve(policy, jurisdiction, on, on)
        except NoPolicyInForce:
            continue  # said when it is asked for, and then by the law as it was known on that day


def law_of(connection: Connection, policies: Policies, case: HardshipCase) -> PlaceLaw:
    """Plan, clocks, exits and review of a case, to its end. What is lost is read by its day; reconciling says so."""
    if case.law is None:
        return policies.law(case.jurisdiction, case.applied_on)
    key = (case.law, case.jurisdiction)
    if key not in _laws:
        pins = pins_of(connection, case.law)
        try:
            law = place_law(lambda policy: _pinned(connection, policies, case, pins[policy]))
        except (PinnedPolicyLost, KeyError):
            return policies.law(case.jurisdiction, case.applied_on)
        _room(_laws)
        _laws[key] = law
    return _laws[key]


def governing(connection: Connection, policies: Policies, case: Case, policy: str) -> ResolvedPolicy:
    """One of the policies that the case is under, with its clauses. Raises NoPolicyInForce."""
    pin = _pins_of(connection, case.law).get(policy) if case.law else None
    if pin:
        return _pinned(connection, policies, case, pin)
    return policies.book.resolve(policy, case.jurisdiction, case.applied_on, case.applied_on)


def policy_of(connection: Connection, policies: Policies, case: Case, policy: str, at: datetime) -> ResolvedPolicy:
    """What one policy is determined by: as of the day of the application, and as it was known then.

    Applied for anew within the case, or asked anew under a changed law, it is that of the later day, as known when that
    was done: a law may reach back to days before it was made. Raises NoPolicyInForce.
    """
    since = applied_for(case, policy)
    if policy in dict(case.applied_anew):
        pin, known = _applied_anew(connection, case, policy, since)
    else:
        pin, known = _pins_of(connection, case.law).get(policy) if case.law else None, day_of(at)
    if pin:
        return _pinned(connection, policies, case, pin)
    return policies.book.resolve(policy, case.jurisdiction, since, known)


def _applied_anew(connection: Connection, case: Case, policy: str, since: date) -> tuple[Pin | None, date]:
    asked = asked_anew(connection, case.id, policy, ApplyNewLaw.KIND)
    if asked:
        return asked.pin, day_of(asked.at)
    if case.current(policy) is None:
        return None, since  # what was determined before, also earlier that day, fell when it was applied for anew
    pin = pinned_since(connection, case.id, policy, (AskAnew.KIND, Reopen.KIND), start_of(since))
    return pin or determined_with(connection, case.id, policy, start_of(since)), since


def deciding(connection: Connection, policies: Policies, case: Case, policy: str) -> ResolvedPolicy:
    """What one policy says in a case now: as it was opened under it, or the changed law it was asked anew by."""
    if policy in dict(case.applied_anew):
        return policy_of(connection, policies, case, policy, case.opened_at)
    return governing(connection, policies, case, policy)


def _pins_of(connection: Connection, law: str) -> Mapping[str, Pin]:
    """A list is kept under the hash of itself, so it says the same always."""
    if law not in _pins:
        found = pins_of(connection, law)
        if law_key(found.values()) != law:
            return found  # a list that was altered is looked up each time, and reconciling says so
        if len(_pins) >= MOST_KEPT:
            _pins.clear()
        _pins[law] = found
    return _pins[law]


def _pinned(connection: Connection, policies: Policies, case: Case, pin: Pin) -> ResolvedPolicy:
    key = (pin.hash, case.jurisdiction)
    if key not in _policies:
        since = applied_for(case, pin.policy)
        found = in_book(policies, pin, case.jurisdiction, since) or _kept(connection, pin, case.jurisdiction)
        if found is None:
            raise PinnedPolicyLost(pin)
        _room(_policies)
        _policies[key] = found
    return _policies[key]


def in_book(policies: Policies, pin: Pin, jurisdiction: str, on: date) -> ResolvedPolicy | None:
    """The pinned policy, if the book still says the same of that day."""
    try:
        found = policies.book.resolve(pin.policy, jurisdiction, on, on)
    except NoPolicyInForce:
        return None
    return found if found.hash == pin.hash else None


def _kept(connection: Connection, pin: Pin, jurisdiction: str) -> ResolvedPolicy | None:
    try:
        content = policy_contents(connection, [pin.hash]).get(pin.hash)
        return from_content(content.content, jurisdiction) if content else None
    except (ContentAltered, ContentUnreadable):
        return None


def forget() -> None:
    """As a process that has just begun: everything is found anew."""
    _policies.clear()
    _laws.clear()
    _pins.clear()


def _room(remembered: dict[tuple[str, str], ResolvedPolicy] | dict[tuple[str, str], PlaceLaw]) -> None:
    if len(remembered) >= MOST_KEPT:
        remembered.clear()

"""Reasons to leave (退出情形): which of the closed list a place uses, by which clause, and from when on they hold."""

from cases.exits import ListedReason
from cases.hardship.stages import ExitReason
from rules.documents import Item
from rules.errors import PolicyError
from rules.plan_values import whole_number
from rules.policies import ResolvedPolicy
from rules.reading import authority, mapping, wording
from rules.units import Unit


def listed_reasons(policy: ResolvedPolicy) -> tuple[ListedReason, ...]:
    return tuple(_reason(policy, item) for item in policy.items("reasons"))


def exit_reasons(policy: ResolvedPolicy) -> frozenset[ExitReason]:
    return frozenset(listed.reason for listed in listed_reasons(policy))


def _reason(policy: ResolvedPolicy, item: Item) -> ListedReason:
    found = mapping(item.node, ("title", "times", "within", "authority", "tag"), ("title",))
    known = [reason.value for reason in ExitReason]
    if item.id not in known:
        raise PolicyError(f"'{item.id}' is no reason to leave", item.place, expected=", ".join(known))
    entries = found.entries
    return ListedReason(
        reason=ExitReason(item.id),
        title=wording(entries["title"]),
        authority=authority(found),
        times=whole_number(policy, entries["times"], Unit.ONE) if "times" in entries else None,
        within_months=whole_number(policy, entries["within"], Unit.MONTH) if "within" in entries else None,
    )

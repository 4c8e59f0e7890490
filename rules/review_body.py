"""Whom a person asks for a review (复核机关), as the policy of the place names it."""

from dataclasses import dataclass

from cases.authorities import Authority
from cases.wording import Wording
from rules.policies import ResolvedPolicy
from rules.reading import authority, mapping, text, wording


@dataclass(frozen=True)
class ReviewBody:
    name: Wording
    address: str
    phone: str
    authority: Authority


def review_body(policy: ResolvedPolicy) -> ReviewBody:
    item = next(item for item in policy.items("bodies") if item.id == "review")
    keys = ("name", "address", "phone", "authority", "tag")
    found = mapping(item.node, keys, keys)
    entries = found.entries
    return ReviewBody(wording(entries["name"]), text(entries["address"]), text(entries["phone"]), authority(found))

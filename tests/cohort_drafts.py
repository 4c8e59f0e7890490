"""A change of the district's insurance subsidy that reaches people of every kind, and people whom it reaches."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from activities.bootstrap import POLICIES
from store.keys import KeyRing
from store.policy_files import newest_publication, propose, publish
from store.policy_proposals import Check, NewProposal, Proposal, Publication
from tests.applications import said
from tests.builders import OPENED_AT

POLICY: Final = "flexible-insurance"
NAME: Final = f"cn-50-99/{POLICY}.yaml"
SHIPPED: Final = (POLICIES / NAME).read_text(encoding="utf-8")
A_MONTH: Final = 60_000  # fen, of what each of them paid for one month
MORE: Final = 200_000
LESS: Final = 10_000
_VERSION: Final = """
  {since}:
{published}    rules:
      work-declared: {{over: 2023-12-20, removed: {{authority: 示例区补贴办法（示例）修正第一条, tag: M}}}}
      lives-here:
        role: condition
        when: local_hukou
        reason: {{zh: 本市户籍, en: Registered here}}
        authority: 示例区补贴办法（示例）修正第二条
        tag: M
    amount:
      over: 2023-12-20
      be: "if flexible_kind == home_help then 2000 yuan else (if flexible_kind == street_stall then 100 yuan else sum(p in own_payments, p.due))"
    examples:
      - name: 非本市户籍 / registered elsewhere
        facts: {{applied_on: {since}, flexible_work: no, flexible_kind: ride_hail, minimum_living: yes, born_on: 1990-01-01, sex: female, local_hukou: no, zero_employment_family: no, retirement_month: 2040-01, stop_events: [], past_grants: [], own_payments: [{{month: 2026-01, pension: 60000, medical: 30000, by_self: yes}}]}}
        refused_by: [lives-here]
        conclusion: refused
"""  # noqa: E501  # an example of a policy file is one line
# Who gains, loses, gets more, gets less, and of whom nothing changes: what the facts of each say otherwise.
GAINS: Final = ("flexible_work", False)
LOSES: Final = ("local_hukou", False)
GETS_MORE: Final = ("flexible_kind", "home_help")
GETS_LESS: Final = ("flexible_kind", "street_stall")
STAYS: Final = ("flexible_kind", "ride_hail")


def a_change(since: date, published: date | None = None) -> str:
    """The district's file with a version added; one that begins in the past says when it was published."""
    known = f"    published: {published}\n" if published else ""
    return SHIPPED + _VERSION.format(since=since, published=known)


def facts_with(name: str, value: object, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*(fact for fact in facts if fact["name"] != name), said(name, value)]


def plant_change(
    connection: Connection, keyring: KeyRing, since: date, published: date | None = None, place: str = "cn-50-99"
) -> Proposal:
    """It waits to be published."""
    text = a_change(since, published)
    new = NewProposal("proposal-1", (NAME,), (place,), text, "policy-officer-1", "示例区修正补贴办法")
    return propose(connection, keyring, new, OPENED_AT)


def publish_change(connection: Connection, keyring: KeyRing, in_use_from: date) -> Publication:
    """As the second person, whose run of the examples came out."""
    check = Check(True, {}, "policy-officer-2", OPENED_AT)  # noqa: FBT003 - passed
    newest = newest_publication(connection)
    return publish(connection, keyring, "proposal-1", check, in_use_from, "核对无误", newest)

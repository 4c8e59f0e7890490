"""The service plan (帮扶方案) that the policy of a place owes one worker."""

from cases.authorities import Authority
from cases.plans import PlanItem, ServiceKind, ServicePlan
from cases.wording import Wording
from rules.documents import Item
from rules.errors import PolicyError
from rules.loading import Mapping, Sequence
from rules.plan_values import entry, parameter_named, whole_number, whole_numbers
from rules.policies import ResolvedPolicy
from rules.reading import authority, choice, items, mapping, truth, wording
from rules.units import Unit

OF_AN_ITEM = (
    "kind",
    "count",
    "due",
    "title",
    "required",
    "distinct_employers",
    "refusal_counts",
    "authority",
    "tag",
)


def service_plan(policy: ResolvedPolicy) -> ServicePlan:
    """The plan, pinned by the policy's hash; PolicyError where the policy leaves part of it unsaid."""
    owed = tuple(_item(policy, item) for item in policy.items("items"))
    if not owed:
        raise PolicyError(f"{policy.policy} of {policy.jurisdiction} owes nothing", policy.merged.layers[-1].file.place)
    return ServicePlan(
        policy=policy.policy,
        version=policy.version,
        policy_hash=policy.hash,
        title=policy.title,
        items=owed,
        term_days=whole_number(policy, entry(policy, "plan", "term", "days"), Unit.DAY),
        follow_up_days=whole_numbers(policy, entry(policy, "plan", "follow_ups", "days"), Unit.DAY),
        review_days=whole_number(policy, entry(policy, "plan", "review", "days"), Unit.DAY),
        on_top=_on_top(policy),
        confirmed=truth(entry(policy, "plan", "composition", "confirmed")),
    )


def follow_up_authorities(policy: ResolvedPolicy) -> tuple[Authority, ...]:
    """The clauses that set the days of the follow-ups; none where the plan writes the numbers out."""
    node = entry(policy, "plan", "follow_ups", "days")
    nodes = node.items if isinstance(node, Sequence) else (node,)
    named = (parameter_named(policy, each) for each in nodes)
    return tuple(dict.fromkeys(parameter.authority for parameter in named if parameter))


def _item(policy: ResolvedPolicy, item: Item) -> PlanItem:
    found = mapping(item.node, OF_AN_ITEM, ("kind", "count", "due", "title"))
    return PlanItem(
        id=item.id,
        kind=choice(found.entries["kind"], ServiceKind),
        count=whole_number(policy, found.entries["count"], Unit.ONE),
        due_days=whole_number(policy, found.entries["due"], Unit.DAY),
        title=wording(found.entries["title"]),
        authority=authority(found),
        required=_said(found, "required", otherwise=True),
        distinct_employers=_said(found, "distinct_employers", otherwise=False),
        refusal_counts=_said(found, "refusal_counts", otherwise=False),
    )


def _said(found: Mapping, key: str, *, otherwise: bool) -> bool:
    return truth(found.entries[key]) if key in found.entries else otherwise


def _on_top(policy: ResolvedPolicy) -> tuple[Wording, ...]:
    said = [item for item in policy.items("plan") if item.id == "on_top"]
    if not said:
        return ()
    return tuple(wording(sentence) for sentence in items(entry(policy, "plan", "on_top", "sentences")))

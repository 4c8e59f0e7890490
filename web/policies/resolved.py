"""A resolved policy (合成政策) clause by clause: what holds, by which layer, and which outer clause it beats."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cases.authorities import Authority
from cases.wording import Wording
from rules.differences import SECTIONS, as_written
from rules.documents import Item
from rules.loading import Mapping, Scalar
from rules.merged_schema import shown_value
from rules.policies import PolicyBook, ResolvedPolicy
from rules.repeals import clauses_repealed
from rules.shown import shown_unit
from web.policies.standing import tags


@dataclass(frozen=True)
class Beaten:
    jurisdiction: str
    since: date
    said: str


@dataclass(frozen=True)
class ClauseShown:
    """`words` as people say a rule or a value; `said` as the file writes it, without what stands beside.

    `repealed_by` where it holds no more.
    """

    kind: Wording
    id: str
    words: Wording | None
    said: str
    jurisdiction: str
    since: date
    clause: str
    tags: tuple[str, ...]
    beaten: tuple[Beaten, ...] = ()
    repealed_by: Authority | None = None


@dataclass(frozen=True)
class ResolvedShown:
    policy: str
    title: Wording
    jurisdiction: str
    on: date
    version: str
    hash: str
    layers: tuple[str, ...]
    clauses: tuple[ClauseShown, ...]


def resolved_shown(book: PolicyBook, policy: ResolvedPolicy, on: date) -> ResolvedShown:
    return ResolvedShown(
        policy.policy,
        policy.title,
        policy.jurisdiction,
        on,
        policy.version,
        policy.hash,
        tuple(layer.name for layer in policy.merged.layers),
        (*_clauses(policy), *_repealed(book, policy, on)),
    )


def _clauses(policy: ResolvedPolicy) -> Iterator[ClauseShown]:
    merged = policy.merged
    for item in merged.items.values():
        outer = tuple(_beaten(each) for each in merged.beaten(item))
        yield replace(_clause(item, outer), words=_words(policy, item))
    # A clause that a nearer layer took away still shows, as repealed.
    for each in merged.replaced:
        if each.by.removed_by:
            yield _clause(each.item, (), each.by.removed_by)


def _repealed(book: PolicyBook, policy: ResolvedPolicy, on: date) -> Iterator[ClauseShown]:
    """A clause that its own file took back, or another policy repealed, stays and shows as repealed."""
    for item, gone in clauses_repealed(book.files, policy.policy, policy.jurisdiction, on):
        yield _clause(item, (), gone.authority)


def _clause(item: Item, beaten: tuple[Beaten, ...], repealed_by: Authority | None = None) -> ClauseShown:
    return ClauseShown(
        kind=SECTIONS.get(item.section, Wording(item.section, item.section)),
        id=item.id,
        words=None,
        said=_said(item),
        jurisdiction=item.jurisdiction,
        since=item.since,
        clause=_word(item, "authority"),
        tags=tuple(dict.fromkeys(tag.value for tag in tags(item.node))),
        beaten=beaten,
        repealed_by=repealed_by,
    )


def _beaten(outer: Item) -> Beaten:
    return Beaten(outer.jurisdiction, outer.since, as_written(outer.node))


def _words(policy: ResolvedPolicy, item: Item) -> Wording | None:
    """A rule by its reason, with the values of this place in it; a value with its unit."""
    if item.section == "rules":
        return policy.rules.rules[item.id].reason
    value, unit = shown_value(item), shown_unit(item)
    if item.section != "parameters" or not value:
        return None
    return Wording(value + unit.zh, value + unit.en)


def _said(item: Item) -> str:
    node = item.node
    if not isinstance(node, Mapping):
        return as_written(node)
    rest = {key: inner for key, inner in node.entries.items() if key not in ("authority", "tag", "reason")}
    return as_written(Mapping(rest, node.place)).removeprefix("{").removesuffix("}")


def _word(item: Item, key: str) -> str:
    found = item.node.entries.get(key) if isinstance(item.node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""

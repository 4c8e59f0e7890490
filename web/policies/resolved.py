"""A resolved policy (合成政策) clause by clause: what holds, by which layer, and which outer clause it beats."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.authorities import Authority
from cases.wording import Wording
from rules.differences import SECTIONS, as_written
from rules.documents import Item
from rules.loading import Mapping, Scalar
from rules.policies import PolicyBook, ResolvedPolicy
from rules.repeals import clauses_repealed
from web.policies.standing import tags


@dataclass(frozen=True)
class Beaten:
    jurisdiction: str
    since: date
    said: str


@dataclass(frozen=True)
class ClauseShown:
    """`said` as the file writes it, without its clause, which stands beside; `repealed_by` where it holds no more."""

    kind: Wording
    id: str
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
        yield _clause(item, tuple(_beaten(outer) for outer in merged.beaten(item)))
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


def _said(item: Item) -> str:
    node = item.node
    if not isinstance(node, Mapping):
        return as_written(node)
    rest = {key: inner for key, inner in node.entries.items() if key not in ("authority", "tag")}
    return as_written(Mapping(rest, node.place)).removeprefix("{").removesuffix("}")


def _word(item: Item, key: str) -> str:
    found = item.node.entries.get(key) if isinstance(item.node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""

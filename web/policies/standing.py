"""How a policy file stands on a day: what is in force, what comes, what is over, and how much of it is unverified."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.authorities import Tag
from cases.wording import Wording
from rules.documents import Item, PolicyFile, Version
from rules.layers import in_force
from rules.loading import Mapping, Node, Scalar, Sequence


class Standing(StrEnum):
    IN_FORCE = "in-force"
    COMING = "coming"
    REPLACED = "replaced"  # a later version of the file is in force
    OVER = "over"

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS = {
    Standing.IN_FORCE: Wording("施行中", "in force"),
    Standing.COMING: Wording("尚未施行", "not in force yet"),
    Standing.REPLACED: Wording("已由后一版修改", "changed by a later version"),
    Standing.OVER: Wording("已失效", "no longer in force"),
}


@dataclass(frozen=True)
class VersionShown:
    since: date
    published: date | None
    ends: date | None
    standing: Standing
    says: int
    repeals: int
    examples: int
    unverified: int


def file_standing(file: PolicyFile, on: date) -> Standing:
    if in_force(file, on, on):
        return Standing.IN_FORCE
    return Standing.COMING if any(_coming(version, on) for version in file.versions) else Standing.OVER


def versions_shown(file: PolicyFile, on: date) -> list[VersionShown]:
    """The newest first."""
    layer = in_force(file, on, on)
    return [
        VersionShown(
            version.since,
            version.published,
            version.ends,
            _standing(version, layer.since if layer else None, on),
            len([item for item in version.items if not item.removed_by]),
            len([item for item in version.items if item.removed_by]) + len(version.repeals),
            len(version.examples),
            unverified(version.items),
        )
        for version in reversed(file.versions)
    ]


def next_version(file: PolicyFile, on: date) -> date | None:
    """The first day of what comes next."""
    return min((version.since for version in file.versions if _coming(version, on)), default=None)


def unverified_in_force(file: PolicyFile, on: date) -> int:
    layer = in_force(file, on, on)
    return unverified(layer.items) if layer else 0


def unverified(items: tuple[Item, ...]) -> int:
    """How many clauses nobody has checked against a source."""
    return sum(any(not tag.verified for tag in tags(item.node)) for item in items)


def tags(node: Node) -> Iterator[Tag]:
    """The source tags in a clause, its rows and steps included."""
    match node:
        case Mapping(entries):
            for key, inner in entries.items():
                if key == "tag" and isinstance(inner, Scalar) and inner.text in set(Tag):
                    yield Tag(inner.text)
                else:
                    yield from tags(inner)
        case Sequence(items):
            for inner in items:
                yield from tags(inner)


def _coming(version: Version, on: date) -> bool:
    return version.since > on or bool(version.published and version.published > on)


def _standing(version: Version, newest: date | None, on: date) -> Standing:
    if _coming(version, on):
        return Standing.COMING
    if version.since == newest:
        return Standing.IN_FORCE
    return Standing.OVER if version.ends and version.ends < on else Standing.REPLACED

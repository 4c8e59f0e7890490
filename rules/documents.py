"""A policy file: who it is for, which date selects its version, and what each version says, item by item."""

from collections.abc import Mapping as Frozen
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cases.authorities import Authority
from cases.wording import Wording
from rules.errors import PolicyError
from rules.loading import Mapping, Node
from rules.places import Place
from rules.reading import Errors, any_mapping, authority, choice, day, day_in, items, mapping, text, wording
from rules.schema import AgeReached


class Kind(StrEnum):
    """What a policy is for (政策类别)."""

    CLASSIFICATION = "classification"  # 认定
    SERVICE_PLAN = "service-plan"  # 帮扶方案
    ELIGIBILITY = "eligibility"  # 准入条件
    EXIT = "exit"  # 退出情形
    CLOCKS = "clocks"  # 时限
    INCENTIVES = "incentives"  # 用工主体可享政策提示
    AGREEMENTS = "agreements"  # 协议的法定限度
    RETIREMENT = "retirement"  # 法定退休年龄
    REVIEW = "review"  # 复核途径


SECTIONS = (
    "parameters",
    "tables",
    "bands",
    "derive",
    "values",
    "columns",
    "rules",
    "plan",
    "items",
    "clocks",
    "reasons",
    "hints",
    "limits",
    "bodies",
)
IN_A_VERSION = ("published", "ends", *SECTIONS, "amount", "examples")
HEADER = (
    "id",
    "title",
    "kind",
    "jurisdiction",
    "selected_by",
    "age_reached",
    "reviewed_on",
    "adopted_by",
    "facts",
    "versions",
)
REQUIRED = ("id", "title", "kind", "jurisdiction", "selected_by", "reviewed_on", "versions")


@dataclass(frozen=True)
class Item:
    """One thing a version says: a rule, a parameter, a clause of a plan. `over` names the outer version it replaces."""

    section: str
    id: str
    node: Node
    place: Place
    since: date
    jurisdiction: str
    over: date | None = None
    removed_by: Authority | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.section, self.id


@dataclass(frozen=True)
class Version:
    """In force from `since`; it names only what it changes. Before `published` no office could know it."""

    since: date
    items: tuple[Item, ...]
    published: date | None
    ends: date | None
    examples: tuple[Node, ...]


@dataclass(frozen=True)
class PolicyFile:
    id: str
    title: Wording
    kind: Kind
    jurisdiction: str
    selected_by: str
    reviewed_on: date
    adopted_by: Wording | None
    age_reached: tuple[AgeReached, Authority] | None
    facts: Node | None
    versions: tuple[Version, ...]
    place: Place
    header: Frozen[str, Node] = field(default_factory=dict)


def policy_file(document: Mapping) -> PolicyFile:
    """The file, or PolicyRefused with everything that is wrong with its outline."""
    errors = Errors()
    head = mapping(document, HEADER, REQUIRED).entries
    versions: list[Version] = []
    jurisdiction = text(head["jurisdiction"])
    for since, node in any_mapping(head["versions"]).entries.items():
        with errors.gather():
            begins = day_in(since, any_mapping(head["versions"]).keys[since])
            versions.append(_version(begins, node, jurisdiction, errors))
    errors.refuse()
    return PolicyFile(
        id=text(head["id"]),
        title=wording(head["title"]),
        kind=choice(head["kind"], Kind),
        jurisdiction=jurisdiction,
        selected_by=text(head["selected_by"]),
        reviewed_on=day(head["reviewed_on"]),
        adopted_by=wording(head["adopted_by"]) if "adopted_by" in head else None,
        age_reached=_age_reached(head["age_reached"]) if "age_reached" in head else None,
        facts=head.get("facts"),
        versions=tuple(sorted(versions, key=lambda version: version.since)),
        place=document.place,
        header=head,
    )


def _age_reached(node: Node) -> tuple[AgeReached, Authority]:
    found = mapping(node, ("value", "authority", "tag"), ("value",))
    return choice(found.entries["value"], AgeReached), authority(found)


def _version(since: date, node: Node, jurisdiction: str, errors: Errors) -> Version:
    found = mapping(node, IN_A_VERSION).entries
    said: list[Item] = []
    for section in SECTIONS:
        if section in found:
            with errors.gather():
                said += _section(section, found[section], since, jurisdiction, errors)
    if "amount" in found:
        said.append(_item("amount", "amount", found["amount"], since, jurisdiction))
    ends = day(found["ends"]) if "ends" in found else None
    if ends and ends < since:
        raise PolicyError(f"the version ends on {ends}, before it begins", found["ends"].place)
    return Version(
        since=since,
        items=tuple(said),
        published=day(found["published"]) if "published" in found else None,
        ends=ends,
        examples=items(found["examples"]) if "examples" in found else (),
    )


def _section(section: str, node: Node, since: date, jurisdiction: str, errors: Errors) -> list[Item]:
    said: list[Item] = []
    for id_, inner in any_mapping(node).entries.items():
        with errors.gather():
            if section == "columns":  # one more level: the list, then its columns
                columns = any_mapping(inner).entries.items()
                said += [_item(section, f"{id_}.{name}", be, since, jurisdiction) for name, be in columns]
            else:
                said.append(_item(section, id_, inner, since, jurisdiction))
    return said


def _item(section: str, id_: str, node: Node, since: date, jurisdiction: str) -> Item:
    over = removed_by = None
    if isinstance(node, Mapping):
        node, over, removed_by = _replacement(node)
    return Item(section, id_, node, node.place, since, jurisdiction, over, removed_by)


def _replacement(node: Mapping) -> tuple[Mapping, date | None, Authority | None]:
    over = day(node.entries["over"]) if "over" in node.entries else None
    removed_by = None
    if "removed" in node.entries:
        removed_by = authority(mapping(node.entries["removed"], ("authority", "tag")))
        mapping(node, ("removed", "over"))
    rest = {key: value for key, value in node.entries.items() if key not in ("over", "removed")}
    return Mapping(rest, node.place, node.keys), over, removed_by

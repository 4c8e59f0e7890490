"""A policy file: who it is for, which date selects its version, and what each version says, item by item."""

from collections.abc import Mapping as Frozen
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from cases.authorities import Authority
from cases.wording import Wording
from rules.errors import PolicyError
from rules.kinds import SECTIONS, SECTIONS_OF, Kind, kinds_with
from rules.loading import Mapping, Node
from rules.places import NOWHERE, Place
from rules.reading import Errors, any_mapping, authority, choice, day, day_in, items, mapping, text, texts, wording
from rules.schema import AgeReached

IN_A_VERSION = ("published", "ends", "repeals", *SECTIONS, "examples")
HEADER = (
    "id",
    "title",
    "kind",
    "jurisdiction",
    "selected_by",
    "age_reached",
    "reviewed_on",
    "adopted_by",
    "reads",
    "evidence",
    "facts",
    "versions",
)
REQUIRED = ("id", "title", "kind", "jurisdiction", "reviewed_on", "versions")


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
class Repeal:
    """A policy, or one clause of it (`rules/long-wait`), that a version takes out of force from its first day on."""

    policy: str
    clause: tuple[str, str] | None
    authority: Authority
    place: Place


@dataclass(frozen=True)
class Version:
    """In force from `since`; it names only what it changes. Before `published` no office could know it."""

    since: date
    items: tuple[Item, ...]
    published: date | None
    ends: date | None
    examples: tuple[Node, ...]
    repeals: tuple[Repeal, ...] = ()
    ended_by: Authority | None = None  # the clause of another policy that ended it
    place: Place = NOWHERE


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
    reads: tuple[str, ...] = ()  # policies of the kind `amounts` whose tables it looks up


def policy_file(document: Mapping) -> PolicyFile:
    """The file, or PolicyRefused with everything that is wrong with its outline."""
    errors = Errors()
    head = mapping(document, HEADER, REQUIRED).entries
    kind = choice(head["kind"], Kind)
    outline = _Outline(kind, text(head["jurisdiction"]), errors)
    written = any_mapping(head["versions"])
    versions: list[Version] = []
    for since, node in written.entries.items():
        with errors.gather():
            versions.append(outline.version(day_in(since, written.keys[since]), node, written.keys[since]))
    versions.sort(key=lambda version: version.since)
    errors.each(list(pairwise(versions)), lambda pair: _one_after_the_other(*pair))
    with errors.gather():
        _selecting_date(document, kind)
    errors.refuse()
    return PolicyFile(
        id=text(head["id"]),
        title=wording(head["title"]),
        kind=kind,
        jurisdiction=outline.jurisdiction,
        selected_by=text(head["selected_by"]) if "selected_by" in head else "",
        reviewed_on=day(head["reviewed_on"]),
        adopted_by=wording(head["adopted_by"]) if "adopted_by" in head else None,
        age_reached=_age_reached(head["age_reached"]) if "age_reached" in head else None,
        facts=head.get("facts"),
        versions=tuple(versions),
        place=document.place,
        header=head,
        reads=texts(head["reads"]) if "reads" in head else (),
    )


def _selecting_date(document: Mapping, kind: Kind) -> None:
    """Rows of amounts are dated one by one; everywhere else one date of the case chooses the version."""
    if kind is Kind.AMOUNTS and "selected_by" in document.entries:
        raise PolicyError("'selected_by' does not belong to amounts: each row says from when it holds",
                          document.keys["selected_by"])  # fmt: skip
    if kind is not Kind.AMOUNTS and "selected_by" not in document.entries:
        raise PolicyError("'selected_by' is missing", document.place, expected="the date that chooses the version")


def _one_after_the_other(earlier: Version, later: Version) -> None:
    if earlier.ends and earlier.ends >= later.since:
        raise PolicyError(
            f"the versions of {earlier.since} and {later.since} overlap: the first ends on {earlier.ends}",
            later.place,
            expected="a version that begins after the last day of the one before it",
        )


def _age_reached(node: Node) -> tuple[AgeReached, Authority]:
    found = mapping(node, ("value", "authority", "tag"), ("value",))
    return choice(found.entries["value"], AgeReached), authority(found)


@dataclass(frozen=True)
class _Outline:
    """How the versions of one file are read."""

    kind: Kind
    jurisdiction: str
    errors: Errors

    def version(self, since: date, node: Node, place: Place) -> Version:
        found = mapping(node, IN_A_VERSION)
        entries = found.entries
        said: list[Item] = []
        for section in [each for each in SECTIONS if each in entries]:
            with self.errors.gather():
                self._belongs(section, found.keys[section])
                said += self._said(section, entries[section], since)
        ends = day(entries["ends"]) if "ends" in entries else None
        if ends and ends < since:
            raise PolicyError(f"the version ends on {ends}, before it begins", entries["ends"].place)
        if ends and self.kind is Kind.AMOUNTS:
            raise PolicyError("amounts do not end as a whole", entries["ends"].place, expected="until: … on each row")
        return Version(
            since=since,
            items=tuple(said),
            published=day(entries["published"]) if "published" in entries else None,
            ends=ends,
            examples=items(entries["examples"]) if "examples" in entries else (),
            repeals=tuple(map(_repeal, items(entries["repeals"]))) if "repeals" in entries else (),
            place=place,
        )

    def _belongs(self, section: str, place: Place) -> None:
        if section not in SECTIONS_OF[self.kind]:
            having = " · ".join(kinds_with(section))
            problem = f"'{section}' is no section of the kind '{self.kind}'; the kinds that have it: {having}"
            raise PolicyError(problem, place, expected=", ".join(SECTIONS_OF[self.kind]))

    def _said(self, section: str, node: Node, since: date) -> list[Item]:
        if section == "amount":
            return [_item("amount", "amount", node, since, self.jurisdiction)]
        return _section(section, node, since, self.jurisdiction, self.errors)


def _repeal(node: Node) -> Repeal:
    found = mapping(node, ("policy", "clause", "authority", "tag"), ("policy",))
    clause = _clause(found.entries["clause"]) if "clause" in found.entries else None
    return Repeal(text(found.entries["policy"]), clause, authority(found), found.place)


def _clause(node: Node) -> tuple[str, str]:
    section, _, id_ = text(node).partition("/")
    if section not in SECTIONS or not id_:
        raise PolicyError(
            f"'{text(node)}' names no clause", node.place, expected="a section and an id: rules/long-wait"
        )
    return section, id_


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

"""A resolved policy built again from its written content, years later and without the files it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cases.authorities import Authority, Tag
from cases.canonical import Json, from_canonical
from cases.wording import Wording
from rules.check import check
from rules.declared_facts import facts_declared
from rules.documents import Item, PolicyFile
from rules.errors import PolicyRefused
from rules.kinds import Kind
from rules.layers import Layer, Merged, Replaced
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar, Sequence
from rules.merged_schema import schema_of
from rules.places import NOWHERE, Origin
from rules.policies import ResolvedPolicy
from rules.schema import AgeReached
from rules.written import FORM


class ContentUnreadable(ValueError):
    """A kept content of a policy that this version cannot build again; `wording` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.wording = Wording(zh, en)


def from_content(text: str, jurisdiction: str = "") -> ResolvedPolicy:
    """The policy whose `content` this is, as it governs a place: that of its innermost layer, unless one is named.

    What needs other files was checked when they were loaded.
    """
    try:
        found = _Mapping(from_canonical(text))
        if found.value("form") != FORM:
            raise ContentUnreadable(
                f"政策内容的格式为{found.value('form')}，本版本只能读取格式{FORM}。",
                f"The policy's content has the form {found.value('form')}; this version reads form {FORM}.",
            )
        return _resolved(found, text, jurisdiction)
    except (LookupError, TypeError, ValueError, PolicyRefused) as error:
        if isinstance(error, ContentUnreadable):
            raise
        raise ContentUnreadable(
            f"政策内容无法还原：{error}", f"The policy cannot be built again from its content: {error}"
        ) from error


def _resolved(found: "_Mapping", text: str, jurisdiction: str) -> ResolvedPolicy:
    id_ = found.text("policy")
    merged = _merged(found, id_)
    declared = facts_declared(_pairs([_list(pair) for pair in found.list("facts")]))
    innermost = merged.layers[-1].file
    return ResolvedPolicy(
        policy=id_,
        title=merged.layers[0].file.title,
        kind=innermost.kind,
        jurisdiction=jurisdiction or innermost.jurisdiction,
        version=" ".join(layer.name for layer in merged.layers),
        content=text,
        hash=sha256(text.encode()).hexdigest(),
        selected_by=innermost.selected_by,
        rules=check(schema_of(merged, {fact.name: fact for fact in declared})),
        merged=merged,
    )


def _merged(found: "_Mapping", id_: str) -> Merged:
    items = [_item(_Mapping(each)) for each in found.list("items")]
    pairs = [_Mapping(each) for each in found.list("replaced")]
    return Merged(
        layers=tuple(_layer(_Mapping(each), id_) for each in found.list("layers")),
        items={item.key: item for item in items},
        replaced=tuple(Replaced(_item(pair.mapping("item")), _item(pair.mapping("by"))) for pair in pairs),
    )


def _layer(found: "_Mapping", id_: str) -> Layer:
    """The layer's file as far as it can matter: its versions are merged already, its day of review is not kept."""
    since = date.fromisoformat(found.text("since"))
    reached = found.mapping("age_reached") if found.value("age_reached") else None
    file = PolicyFile(
        id=id_,
        title=_wording(found.mapping("title")),
        kind=Kind(found.text("kind")),
        jurisdiction=found.text("jurisdiction"),
        selected_by=found.text("selected_by"),
        reviewed_on=since,
        adopted_by=None,
        age_reached=(AgeReached(reached.text("value")), _authority(reached.mapping("by"))) if reached else None,
        facts=None,
        versions=(),
        place=NOWHERE,
    )
    return Layer(file, since, ())


def _item(found: "_Mapping") -> Item:
    return Item(
        section=found.text("section"),
        id=found.text("id"),
        node=_node(found.value("says")),
        place=NOWHERE,
        since=date.fromisoformat(found.text("since")),
        jurisdiction=found.text("jurisdiction"),
        over=date.fromisoformat(found.text("over")) if found.value("over") else None,
        removed_by=_authority(found.mapping("removed_by")) if found.value("removed_by") else None,
    )


def _node(value: Json) -> Node:
    match value:
        case str():
            return Scalar(value, NOWHERE, Origin())
        case {"list": list(items)}:
            return Sequence(tuple(_node(item) for item in items), NOWHERE)
        case list():
            return _pairs([_list(pair) for pair in value])
    raise TypeError(f"a {type(value).__name__} is no part of a policy")


def _pairs(pairs: list[list[Json]]) -> MappingNode:
    entries = {_text(key): _node(inner) for key, inner in pairs}
    return MappingNode(entries, NOWHERE, dict.fromkeys(entries, NOWHERE))


def _wording(found: "_Mapping") -> Wording:
    return Wording(found.text("zh"), found.text("en"))


def _authority(found: "_Mapping") -> Authority:
    return Authority(found.text("clause"), Tag(found.text("tag")))


@dataclass(frozen=True)
class _Mapping:
    """A JSON object whose values are of the kind that is asked for; TypeError where they are not."""

    json: Json

    def value(self, key: str) -> Json:
        if not isinstance(self.json, Mapping):
            raise TypeError("a mapping is expected")
        return self.json[key]

    def text(self, key: str) -> str:
        return _text(self.value(key))

    def list(self, key: str) -> list[Json]:
        return _list(self.value(key))

    def mapping(self, key: str) -> "_Mapping":
        return _Mapping(self.value(key))


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value

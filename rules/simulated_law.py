"""The files of the law with one declared parameter otherwise: “what if 50 becomes 45”."""

from collections.abc import Sequence
from dataclasses import replace

from rules.documents import Item
from rules.errors import nearest
from rules.loading import Mapping, Node, Scalar
from rules.loading import Sequence as ListNode
from rules.places import Place
from rules.policies import ResolvedPolicy
from rules.shown import written_unit


class NoSuchParameter(LookupError):
    """The policy declares no value of this name. `names`: those it declares; `meant`: which of them it may be."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(name)
        self.names = tuple(names)
        self.meant = nearest(name, names)


def parameters(policy: ResolvedPolicy) -> dict[str, tuple[str, str]]:
    """Every parameter as its file writes it: value and unit; members of a set with commas between them."""
    return {item.id: (written_value(item), written_unit(item)) for item in policy.items("parameters")}


def written_value(item: Item) -> str:
    entries = item.node.entries if isinstance(item.node, Mapping) else {}
    match entries.get("value") or entries.get("set"):
        case Scalar(text):
            return text
        case ListNode(items):
            return ",".join(each.text for each in items if isinstance(each, Scalar))
    return ""


def with_parameter(documents: Sequence[Mapping], policy: ResolvedPolicy, name: str, value: str) -> list[Mapping]:
    """The clause that holds says another value, in its own unit; all that stands over or under it is as it was.

    Raises NoSuchParameter. What the value says wrongly is found when the files are read.
    """
    item = policy.merged.items.get(("parameters", name))
    if item is None or not isinstance(item.node, Mapping):
        raise NoSuchParameter(name, [each.id for each in policy.items("parameters")])
    clause = _changed(item.node, value)
    return [_replaced(each, item.node.place, clause) for each in documents]


def _changed(clause: Mapping, value: str) -> Mapping:
    key = "set" if "set" in clause.entries else "value"
    old = clause.entries[key]
    if isinstance(old, ListNode):
        like = old.items[0] if old.items else None
        if not isinstance(like, Scalar):
            raise TypeError("A set has members.")
        members = tuple(replace(like, text=each.strip()) for each in value.split(","))
        return replace(clause, entries={**clause.entries, key: replace(old, items=members)})
    if not isinstance(old, Scalar):
        raise TypeError("A parameter has one value.")
    return replace(clause, entries={**clause.entries, key: replace(old, text=value.strip())})


def _replaced(document: Mapping, place: Place, by: Mapping) -> Mapping:
    found = _with(document, place, by) if document.place.file == place.file else document
    return found if isinstance(found, Mapping) else document


def _with(node: Node, place: Place, by: Mapping) -> Node:
    match node:
        case Mapping(entries, at):
            if at == place:
                return by
            return replace(node, entries={key: _with(inner, place, by) for key, inner in entries.items()})
        case ListNode(items):
            return replace(node, items=tuple(_with(inner, place, by) for inner in items))
    return node

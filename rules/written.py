"""What a resolved policy says, written out whole: the text under its hash, from which it can be built again.

No file, line or column stands in it, and no day of review: moving a file changes nothing. The order of lines does (keys
of a table, rules, facts), so a mapping is written as its [key, value] pairs and a list as {"list": […]}.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cases.authorities import Authority
from cases.canonical import Json, canonical
from cases.wording import Wording
from rules.documents import Item
from rules.layers import Layer, Merged
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar, Sequence

FORM: Final = 1


def content_of(policy: str, merged: Merged, facts: Iterable[tuple[str, Node]], calendar: str) -> str:
    """Everything that can change an outcome, its wording or its authorities; `facts` are those that are read.

    Places with the same layers have the same content.
    """
    return canonical(
        {
            "form": FORM,
            "policy": policy,
            "layers": [_layer(layer) for layer in merged.layers],
            "items": [_item(item) for item in merged.items.values()],
            "replaced": [{"item": _item(each.item), "by": _item(each.by)} for each in merged.replaced],
            "facts": [[name, plain(node)] for name, node in facts],
            "calendar": calendar,
        }
    )


def plain(node: Node) -> Json:
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return {"list": [plain(item) for item in items]}
        case MappingNode(entries):
            return [[key, plain(inner)] for key, inner in entries.items()]


def _layer(layer: Layer) -> Mapping[str, Json]:
    file = layer.file
    reached = file.age_reached
    return {
        "jurisdiction": file.jurisdiction,
        "since": layer.since.isoformat(),
        "title": _wording(file.title),
        "kind": file.kind.value,
        "selected_by": file.selected_by,
        "age_reached": {"value": reached[0].value, "by": _authority(reached[1])} if reached else None,
    }


def _item(item: Item) -> Mapping[str, Json]:
    return {
        "section": item.section,
        "id": item.id,
        "jurisdiction": item.jurisdiction,
        "since": item.since.isoformat(),
        "over": item.over.isoformat() if item.over else None,
        "removed_by": _authority(item.removed_by) if item.removed_by else None,
        "says": plain(item.node),
    }


def _wording(wording: Wording) -> Mapping[str, Json]:
    return {"zh": wording.zh, "en": wording.en}


def _authority(authority: Authority) -> Mapping[str, Json]:
    return {"clause": authority.clause, "tag": authority.tag.value}

"""What an employer who could hire a hardship worker first is told to ask about: titles and clauses, no amounts."""

from dataclasses import dataclass

from cases.authorities import Authority
from cases.wording import Wording
from rules.documents import Item
from rules.policies import ResolvedPolicy
from rules.reading import authority, items, mapping, member, wording

CLASSES = ("hardship-worker", "employment-difficulty")
PLACEMENTS = ("market", "public-post")


@dataclass(frozen=True)
class Hint:
    """`opens_for` names the classes of person whose hiring the subsidy may reward, `by` the kinds of placement."""

    id: str
    title: Wording
    opens_for: tuple[str, ...]
    by: tuple[str, ...]
    authority: Authority


def hints(policy: ResolvedPolicy, *classes: str, by: str = "market") -> tuple[Hint, ...]:
    """Those that a placement of this kind may open for a person of any of these classes."""
    listed = (_hint(item) for item in policy.items("hints"))
    return tuple(hint for hint in listed if set(hint.opens_for) & set(classes) and by in hint.by)


def _hint(item: Item) -> Hint:
    found = mapping(item.node, ("title", "opens_for", "by", "authority", "tag"), ("title", "opens_for"))
    opens_for = tuple(member(node, CLASSES) for node in items(found.entries["opens_for"]))
    named = items(found.entries["by"]) if "by" in found.entries else ()
    by = tuple(member(node, PLACEMENTS) for node in named) or PLACEMENTS
    return Hint(item.id, wording(found.entries["title"]), opens_for, by, authority(found))

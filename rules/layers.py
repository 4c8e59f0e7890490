"""Nation, province, city, county: what each says on one day, and which clause wins where two say something."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules.documents import Item, PolicyFile, Version
from rules.errors import PolicyError, PolicyRefused
from rules.loading import Mapping as MappingNode

LEFT_TO = "left_to"


@dataclass(frozen=True)
class Layer:
    """One file as in force on the day: what all its versions so far have said."""

    file: PolicyFile
    since: date  # of the newest version in force
    items: tuple[Item, ...]
    versions: tuple[date, ...] = ()  # those that the items come from

    @property
    def name(self) -> str:
        return f"{self.file.jurisdiction}@{self.since}"


@dataclass(frozen=True)
class Replaced:
    """A clause that a nearer one has beaten."""

    item: Item
    by: Item


@dataclass(frozen=True)
class Merged:
    layers: tuple[Layer, ...]
    items: dict[tuple[str, str], Item]
    replaced: tuple[Replaced, ...]

    def section(self, name: str) -> list[Item]:
        return [item for (section, _), item in self.items.items() if section == name]

    def beaten(self, item: Item) -> list[Item]:
        """The outer clauses that an item replaces, the outermost first."""
        return [replaced.item for replaced in self.replaced if replaced.item.key == item.key]


def holds_in(file: PolicyFile, jurisdiction: str) -> bool:
    """cn-50 holds in cn-50 and in cn-50-99."""
    return jurisdiction == file.jurisdiction or jurisdiction.startswith(file.jurisdiction + "-")


def versions_known(file: PolicyFile, decided_on: date | None) -> list[Version]:
    """A version that was published after the day of the decision could not be known to the office."""
    return [v for v in file.versions if not (decided_on and v.published and v.published > decided_on)]


def in_force(file: PolicyFile, on: date, decided_on: date | None) -> Layer | None:
    """What the file says on a day; None before its first version and after its last day.

    A version names only what it changes. After one that has ended nothing carries on: the next begins anew.
    """
    begun = [version for version in versions_known(file, decided_on) if version.since <= on]
    if not begun or (begun[-1].ends and begun[-1].ends < on):
        return None
    last_ended = max((place for place, version in enumerate(begun) if version.ends and version.ends < on), default=-1)
    said: dict[tuple[str, str], Item] = {}
    carried = begun[last_ended + 1 :]
    for version in carried:
        for item in version.items:
            if item.removed_by and item.key in said and not item.over:
                del said[item.key]  # the file takes back what it said itself
            else:
                said[item.key] = item
    return Layer(file, begun[-1].since, tuple(said.values()), tuple(version.since for version in carried))


def merge(layers: Sequence[Layer]) -> Merged:
    """Outer layers first. PolicyRefused where a local clause wins without saying what it replaces."""
    winners: dict[tuple[str, str], Item] = {}
    replaced: list[Replaced] = []
    errors: list[PolicyError] = []
    for _, level in groupby(layers, key=lambda layer: layer.file.jurisdiction):
        for item in _of_one_level(list(level), errors):
            outer = winners.get(item.key)
            if problem := _not_a_replacement(item, outer):
                errors.append(PolicyError(problem, item.place))
            if outer:
                replaced.append(Replaced(outer, item))
            if item.removed_by:
                winners.pop(item.key, None)
            else:
                winners[item.key] = item
    if errors:
        raise PolicyRefused(errors)
    return Merged(tuple(layers), winners, tuple(replaced))


def unlike_layers(files: Mapping[str, Sequence[PolicyFile]]) -> Iterator[PolicyError]:
    """A nearer file adds to a policy or replaces parts of it; its kind and its selecting date it cannot change."""
    for id_, layers in files.items():
        outermost = layers[0]
        for file in layers[1:]:
            if file.kind is not outermost.kind:
                problem = f"'{id_}' is {outermost.kind} in {outermost.jurisdiction} and {file.kind} here"
                yield PolicyError(problem, file.place, expected=f"kind: {outermost.kind}, or another id")
            elif file.selected_by != outermost.selected_by:
                selected_by = outermost.selected_by
                problem = f"the version of '{id_}' is selected by {selected_by} in {outermost.jurisdiction}"
                yield PolicyError(problem, file.place, expected=f"selected_by: {selected_by}")


def _of_one_level(level: Iterable[Layer], errors: list[PolicyError]) -> list[Item]:
    said: dict[tuple[str, str], Item] = {}
    for layer in level:
        for item in layer.items:
            if item.key in said:
                other = said[item.key]
                problem = f"'{item.id}' is also said by another file of {item.jurisdiction} ({other.place})"
                errors.append(PolicyError(problem, item.place))
            said[item.key] = item
    return list(said.values())


def _not_a_replacement(item: Item, outer: Item | None) -> str:
    if outer is None:
        if item.over or item.removed_by:
            return f"'{item.id}' replaces something that no outer layer says"
        return ""
    if is_left_open(outer):
        return ""
    if item.over == outer.since:
        return ""
    says = f"'{item.id}' of {outer.jurisdiction} is in force in its version of {outer.since}"
    if item.over is None:
        return f"{says}; a clause that replaces it names that version (over: {outer.since})"
    return f"{says}, but this clause replaces the one of {item.over}: confirm it anew, or drop it"


def is_left_open(item: Item) -> bool:
    """Whether the layer names something and leaves it to the places within it."""
    return isinstance(item.node, MappingNode) and LEFT_TO in item.node.entries

"""Facts that the record itself shows, held against those that were recorded (事实与记录的核对).

Where the two disagree neither is taken, until an officer has found since how it is.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cases.canonical import Json
from cases.facts import SourceKind
from cases.wording import Wording

GRANTS: Final = "past_grants"
STOPS: Final = "stop_events"
Item = Mapping[str, Json]


@dataclass(frozen=True)
class Shown:
    """What the record shows of a fact, since which day, and where. Of a list: items that it holds at least."""

    value: Json = field(repr=False)
    since: date
    where: Wording


@dataclass(frozen=True)
class Recorded:
    """`found`: an officer's own finding, which settles what the record showed up to that day."""

    value: Json = field(repr=False)
    source: SourceKind
    on: date
    found: bool


@dataclass(frozen=True)
class Conflict:
    """A fact on which record and recorded fact disagree; the sentence tells no value."""

    fact: str
    recorded: SourceKind
    recorded_on: date
    where: Wording

    def sentence(self, label: Wording) -> Wording:
        """`label`: what the fact is called."""
        return Wording(
            f"“{label.zh}”：{self.recorded_on}登记的事实与{self.where.zh}所示不一致；"
            "在审批人核定（登记事实）之前，两者都不作依据。",
            f"“{label.en}”: the fact recorded as of {self.recorded_on} and what "
            f"{self.where.en} shows disagree. Until an officer records how it is, neither is relied on.",
        )


@dataclass(frozen=True)
class Held:
    """What the record adds to the facts or completes; and what must not be taken as known."""

    shown: Mapping[str, Json]
    conflicts: tuple[Conflict, ...]

    @property
    def unknown(self) -> frozenset[str]:
        return frozenset(conflict.fact for conflict in self.conflicts)


def hold_against(recorded: Mapping[str, Recorded], shown: Mapping[str, Shown]) -> Held:
    added: dict[str, Json] = {}
    conflicts: list[Conflict] = []
    for name, each in shown.items():
        known = recorded.get(name)
        if known is None or known.value is None:
            added[name] = {"complete": False, "items": each.value} if name in _MERGED else each.value
            continue
        if known.found and known.on >= each.since:
            continue
        value = _MERGED.get(name, _the_same)(known.value, each.value)
        if value is None:
            conflicts.append(Conflict(name, known.source, known.on, each.where))
        elif value != known.value:
            added[name] = value
    return Held(added, tuple(conflicts))


def of_months(value: Json, months: Collection[str]) -> Json:
    """Of a list by months, the items of these months."""
    complete, items = _list(value)
    kept = [item for item in items if item.get("month") in months]
    return _written(kept, complete=complete)


def months_twice(value: Json) -> tuple[str, ...]:
    """The months that a list by months names more than once."""
    months = [str(item["month"]) for item in _list(value)[1] if item.get("month")]
    return tuple(sorted({month for month in months if months.count(month) > 1}))


def _the_same(known: Json, shown: Json) -> Json:
    return known if known == shown else None


def _with_grants(known: Json, shown: Json) -> Json:
    """None where both tell of the same grant and say otherwise."""
    complete, items = _list(known)
    added: list[Item] = []
    for item in _list(shown)[1]:
        same = [each for each in items if each.get("kind") == item.get("kind") and _overlap(each, item)]
        if not same:
            added.append(item)
        elif not any(_covers(each, item) for each in same):
            return None
    return _written([*items, *added], complete=complete) if added else known


def _with_stops(known: Json, shown: Json) -> Json:
    complete, items = _list(known)
    added = [item for item in _list(shown)[1] if item not in items]
    return _written([*items, *added], complete=complete) if added else known


_MERGED: Final[Mapping[str, Callable[[Json, Json], Json]]] = {GRANTS: _with_grants, STOPS: _with_stops}


def _overlap(one: Item, other: Item) -> bool:
    spans = [*_span(one), *_span(other)]
    if len(spans) == 2:  # noqa: PLR2004  # both tell their months
        (begins, ends), (from_month, until_month) = spans
        return begins <= until_month and from_month <= ends
    days = {str(each["paid_on"]) for each in (one, other) if each.get("paid_on")}
    return len(days) <= 1


def _covers(known: Item, shown: Item) -> bool:
    """Whether what was recorded says at least what the record shows."""
    for begins, ends in _span(known):
        for from_month, until_month in _span(shown):
            if begins > from_month or until_month > ends:
                return False
    had, least = known.get("had"), shown.get("had")
    return not (isinstance(had, int) and isinstance(least, int)) or had >= least


def _span(item: Item) -> Iterator[tuple[str, str]]:
    begins, ends = item.get("from_month"), item.get("until_month")
    if isinstance(begins, str) and isinstance(ends, str):
        yield begins, ends


def _written(items: Sequence[Item], *, complete: bool) -> Json:
    return items if complete else {"complete": False, "items": items}


def _list(value: Json) -> tuple[bool, Sequence[Item]]:
    complete = True
    if isinstance(value, Mapping):
        complete, value = value.get("complete") is True, value.get("items")
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return complete, [item for item in items if isinstance(item, Mapping)]

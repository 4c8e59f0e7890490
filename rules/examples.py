"""A policy's examples run as tests: situations a caseworker can read, decided by both engines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cases.calendars import Calendar
from cases.canonical import Json, canonical
from cases.determinations import Determination
from cases.wording import Wording
from rules.clock_examples import clock_differences
from rules.decisions import EngineVerdicts, determine
from rules.documents import PolicyFile, Version
from rules.errors import PolicyError, PolicyRefused
from rules.expectations import EXPECTED, differences
from rules.facts import FactRefused, StoredFact
from rules.in_chinese import in_both
from rules.layers import holds_in
from rules.loading import Mapping as MappingNode
from rules.loading import Node
from rules.places import Place
from rules.policies import NoPolicyInForce, PolicyBook
from rules.reading import any_mapping, day, items, mapping, scalar, text, truth, whole
from rules.scalars import number
from rules.schema import Fact, Field
from rules.types import TRUTH, Number, Type
from rules.units import BASE

NO_YEAR = Calendar(())

SITUATION = ("name", "on", "decided_on", "jurisdiction", "facts")
KEYS = (*SITUATION, *EXPECTED, "error")


@dataclass(frozen=True)
class Outcome:
    """What one example came to; nothing told means it came out as it says."""

    policy: str
    jurisdiction: str
    since: date
    name: str
    place: Place
    told: tuple[Wording, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(each.en for each in self.told)


@dataclass(frozen=True)
class _Desk:
    """What examples are decided with: the book, the second engine, and the calendar that clocks are counted by."""

    book: PolicyBook
    engine: EngineVerdicts
    calendar: Calendar


def run_examples(book: PolicyBook, engine: EngineVerdicts, calendar: Calendar = NO_YEAR) -> Iterator[Outcome]:
    """Without a calendar every day from Monday to Friday is worked, and what rests on that is provisional."""
    desk = _Desk(book, engine, calendar)
    for files in book.files.values():
        for file in files:
            for version in file.versions:
                for node in version.examples:
                    yield _run(desk, file, version, node)


def _run(desk: _Desk, file: PolicyFile, version: Version, node: Node) -> Outcome:
    name = ""
    try:
        example = any_mapping(node)
        name = text(mapping(example, example.entries, ("name",)).entries["name"])
        told = tuple(_problems(desk, file, version, example))
    except PolicyError as error:
        told = (error.located,)
    except PolicyRefused as refused:
        told = tuple(each.located for each in refused.errors)
    return Outcome(file.id, file.jurisdiction, version.since, name, node.place, told)


def _problems(desk: _Desk, file: PolicyFile, version: Version, example: MappingNode) -> Iterator[Wording]:
    if "clock" in example.entries:
        on = day(example.entries["on"]) if "on" in example.entries else version.since
        policy = desk.book.resolve(file.id, file.jurisdiction, on)
        yield from map(in_both, clock_differences(example, policy, desk.calendar))
        return
    entries = mapping(example, KEYS, ("name", "facts")).entries
    try:
        made = _decided(desk, file, version, example)
    except (NoPolicyInForce, FactRefused) as error:
        yield from _not_decided(entries.get("error"), error)
        return
    if "error" in entries:
        yield in_both(f"it says that nothing is decided, and it comes out {made.conclusion}")
    yield from map(in_both, differences(example, made))


def _not_decided(expected: Node | None, error: NoPolicyInForce | FactRefused) -> Iterator[Wording]:
    said = error.wording if isinstance(error, NoPolicyInForce) else Wording(str(error), str(error))
    if expected is None:
        yield said
    elif (words := text(expected)) not in f"{said.zh} {said.en}":
        yield Wording(
            f"写明因“{words}”不作认定，而原因是：{said.zh}",
            f"it says that nothing is decided because “{words}”, and the reason is: {said.en}",
        )


def _decided(desk: _Desk, file: PolicyFile, version: Version, example: MappingNode) -> Determination:
    given = any_mapping(example.entries["facts"])
    stored = stored_facts(given, desk.book.facts)
    on = _day(example, given, file.selected_by, version)
    if on < version.since and "error" not in example.entries:
        raise PolicyError(f"the example's day {on} lies before its version begins", example.place)
    decided_on = day(example.entries["decided_on"]) if "decided_on" in example.entries else None
    policy = desk.book.resolve(file.id, _jurisdiction(example, file), on, decided_on)
    stray = sorted(set(stored) - set(policy.rules.facts) - {policy.selected_by})
    if stray:
        raise PolicyError(f"'{stray[0]}' is read by no rule of {file.id}", given.keys[stray[0]])
    return determine(policy, stored, desk.engine)


def _jurisdiction(example: MappingNode, file: PolicyFile) -> str:
    """A frame whose values are left to its places is tried in one of them."""
    if "jurisdiction" not in example.entries:
        return file.jurisdiction
    named = text(example.entries["jurisdiction"])
    if not holds_in(file, named):
        raise PolicyError(f"{named} is no place within {file.jurisdiction}", example.entries["jurisdiction"].place)
    return named


def _day(example: MappingNode, given: MappingNode, selected_by: str, version: Version) -> date:
    if "on" in example.entries:
        return day(example.entries["on"])
    return day(given.entries[selected_by]) if selected_by in given.entries else version.since


def stored_facts(given: MappingNode, declared: Mapping[str, Fact]) -> dict[str, StoredFact]:
    """Facts as a person writes them (yes, 50 in the declared unit), as the record would keep them."""
    stored: dict[str, StoredFact] = {}
    for name, node in given.entries.items():
        if name not in declared:
            raise PolicyError(f"'{name}' is no declared fact", given.keys[name])
        fact = declared[name]
        stored[name] = StoredFact(
            canonical(_list(node, fact) if fact.fields else _kept(node, fact.type, fact.given_in))
        )
    return stored


def _kept(node: Node, type_: Type, unit: str = "one") -> Json:
    match type_:
        case Number() if unit in BASE and BASE[unit][1] == 1:
            return whole(node)
        case Number():
            return _in_base(node, unit)
        case _ if type_ == TRUTH:
            return truth(node)
        case _:
            return scalar(node).text


def _in_base(node: Node, unit: str) -> int:
    held = number(node, unit)[0]
    if held.denominator != 1:
        raise PolicyError(f"'{scalar(node).text}' {unit} is no whole number of its base unit", node.place)
    return int(held)


def _list(node: Node, fact: Fact) -> Json:
    """A bare list is complete; one that may hold more says so."""
    complete = True
    if isinstance(node, MappingNode):
        found = mapping(node, ("complete", "items"), ("complete", "items"))
        complete, node = truth(found.entries["complete"]), found.entries["items"]
    fields = {field.name: field for field in fact.fields}
    return {"complete": complete, "items": [_item(each, fields) for each in items(node)]}


def _item(node: Node, fields: Mapping[str, Field]) -> Json:
    found = mapping(node, tuple(fields))
    return {name: _kept(each, fields[name].type, fields[name].given_in) for name, each in found.entries.items()}

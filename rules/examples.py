"""A policy's examples run as tests: situations a caseworker can read, decided by both engines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cases.canonical import Json, canonical
from cases.determinations import Conclusion, Determination, Verdict
from rules.decisions import EngineVerdicts, determine
from rules.documents import PolicyFile, Version
from rules.errors import PolicyError, PolicyRefused
from rules.facts import FactRefused, StoredFact
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Sequence
from rules.places import Place
from rules.policies import NoPolicyInForce, PolicyBook
from rules.reading import any_mapping, choice, day, items, mapping, scalar, text, texts, truth, whole
from rules.scalars import number
from rules.schema import Fact
from rules.types import TRUTH, Number, Records, Type

KEYS = ("name", "on", "facts", "holds", "conclusion", "asks")


@dataclass(frozen=True)
class Outcome:
    """What one example came to; no problem means it came out as it says."""

    policy: str
    jurisdiction: str
    since: date
    name: str
    place: Place
    problems: tuple[str, ...]


def run_examples(book: PolicyBook, engine: EngineVerdicts) -> Iterator[Outcome]:
    for files in book.files.values():
        for file in files:
            for version in file.versions:
                for node in version.examples:
                    yield _run(book, file, version, node, engine)


def _run(book: PolicyBook, file: PolicyFile, version: Version, node: Node, engine: EngineVerdicts) -> Outcome:
    name = ""
    try:
        example = mapping(node, KEYS, ("name", "facts"))
        name = text(example.entries["name"])
        problems = tuple(_differences(example, _decided(book, file, version, example, engine)))
    except (PolicyError, PolicyRefused, NoPolicyInForce, FactRefused) as error:
        problems = (str(error),)
    return Outcome(file.id, file.jurisdiction, version.since, name, node.place, problems)


def _decided(
    book: PolicyBook, file: PolicyFile, version: Version, example: MappingNode, engine: EngineVerdicts
) -> Determination:
    given = any_mapping(example.entries["facts"])
    stored = stored_facts(given, book.facts)
    on = _day(example, given, file.selected_by, version)
    if on < version.since:
        raise PolicyError(f"the example's day {on} lies before its version begins", example.place)
    policy = book.resolve(file.id, file.jurisdiction, on)
    stray = sorted(set(stored) - set(policy.rules.facts) - {policy.selected_by})
    if stray:
        raise PolicyError(f"'{stray[0]}' is read by no rule of {file.id}", given.keys[stray[0]])
    return determine(policy, stored, engine)


def _day(example: MappingNode, given: MappingNode, selected_by: str, version: Version) -> date:
    if "on" in example.entries:
        return day(example.entries["on"])
    return day(given.entries[selected_by]) if selected_by in given.entries else version.since


def _differences(example: MappingNode, made: Determination) -> Iterator[str]:
    entries = example.entries
    for each in made.disagreements:
        yield f"the engines disagree on {each.rule}: {each.evaluator} and {each.engine}"
    if "conclusion" in entries and made.conclusion is not (wanted := choice(entries["conclusion"], Conclusion)):
        yield f"it says {wanted} and comes out {made.conclusion}"
    if "holds" in entries:
        holds = [finding.rule for finding in made.findings if finding.verdict is Verdict.YES]
        yield from _not_the_same("holds", texts(entries["holds"]), holds)
    if "asks" in entries:
        yield from _not_the_same("asks", texts(entries["asks"]), [question.fact for question in made.questions])


def _not_the_same(what: str, said: tuple[str, ...], found: list[str]) -> Iterator[str]:
    if missing := sorted(set(said) - set(found)):
        yield f"{what} says {', '.join(missing)}, which it does not"
    if extra := sorted(set(found) - set(said)):
        yield f"{what} does not say {', '.join(extra)}"


def stored_facts(given: MappingNode, declared: Mapping[str, Fact]) -> dict[str, StoredFact]:
    """Facts as a person writes them (yes, 50 in the declared unit), as the record would keep them."""
    stored: dict[str, StoredFact] = {}
    for name, node in given.entries.items():
        if name not in declared:
            raise PolicyError(f"'{name}' is no declared fact", given.keys[name])
        fact = declared[name]
        stored[name] = StoredFact(canonical(_kept(node, fact.type, fact.given_in)))
    return stored


def _kept(node: Node, type_: Type, unit: str = "one") -> Json:
    match type_:
        case Records():
            return _list(node, type_)
        case Number() if unit in ("one", "fen", "day", "month"):
            return whole(node)
        case Number():
            return int(number(node, unit)[0])
        case _ if type_ == TRUTH:
            return truth(node)
        case _:
            return scalar(node).text


def _list(node: Node, type_: Records) -> Json:
    complete = True
    if isinstance(node, MappingNode):
        found = mapping(node, ("complete", "items"), ("complete", "items"))
        complete, node = truth(found.entries["complete"]), found.entries["items"]
    if not isinstance(node, Sequence):
        raise PolicyError("a list of items belongs here", node.place)
    fields = dict(type_.fields)
    return {"complete": complete, "items": [_item(each, fields) for each in items(node)]}


def _item(node: Node, fields: Mapping[str, Type]) -> Json:
    found = mapping(node, tuple(fields))
    return {name: _kept(inner, fields[name]) for name, inner in found.entries.items()}

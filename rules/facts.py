"""Facts as they are kept (JSON) become facts as the rules take them, by what was declared; nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.canonical import Json, canonical, from_canonical
from rules.given import ONGOING, FactImpossible, Facts, Given, Listed, value_of
from rules.reading import DAY
from rules.schema import Fact
from rules.types import REF, TRUTH, Choice, Day, Month, Number, Records, Type
from rules.units import YearMonth


class FactRefused(ValueError):
    """A kept fact does not fit its declaration. Names the fact and what is expected, never the value."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"The fact '{name}' cannot be read: {expected}.")
        self.name = name
        self.expected = expected


@dataclass(frozen=True)
class StoredFact:
    """A fact as the record keeps it: canonical JSON. Days are YYYY-MM-DD, money whole fen, lengths in their base unit.

    A list is {"complete": true, "items": [{…}]}, or a bare list, which is complete.
    """

    json: str
    source: str = ""


@dataclass(frozen=True)
class FactsRead:
    """What one policy takes from the record, and the canonical JSON of exactly that."""

    facts: Facts
    json: str
    unread: tuple[str, ...] = field(default=())  # kept, but no matter of this policy
    sources: tuple[tuple[str, str], ...] = ()  # of each fact that was read: who told it, where that is kept


def read_facts(stored: Mapping[str, StoredFact], declared: Mapping[str, Fact]) -> FactsRead:
    """Every declared fact that is kept; FactRefused for the first that does not fit."""
    kept: dict[str, Json] = {}
    facts: dict[str, Given] = {}
    for name, fact in declared.items():
        if name not in stored:
            continue
        plain = _parsed(name, stored[name].json)
        if plain is None:
            continue  # known to be asked, and not answered
        facts[name] = given(name, plain, fact.type)
        kept[name] = plain
    unread = tuple(name for name in stored if name not in declared)
    sources = tuple((name, stored[name].source) for name in kept if stored[name].source)
    return FactsRead(facts, canonical(kept), unread, sources)


def given(name: str, plain: Json, type_: Type) -> Given:
    """A value of the declared type and within its declared range, or FactRefused."""
    value = _list(name, plain, type_) if isinstance(type_, Records) else _scalar(name, plain, type_)
    try:
        value_of(name, value, type_)
    except FactImpossible as impossible:
        raise FactRefused(name, str(impossible).removesuffix(".")) from None
    return value


def _parsed(name: str, text: str) -> Json:
    try:
        return from_canonical(text)
    except ValueError:
        raise FactRefused(name, "it is not JSON of whole numbers, texts and truths") from None


def _scalar(name: str, plain: Json, type_: Type) -> Given:  # noqa: C901 - one line per type
    match type_:
        case Number():
            if type(plain) is int:
                return plain
            raise FactRefused(name, "a whole number is expected (money in fen)")
        case Day():
            return _day(name, plain)
        case Month():
            try:
                if isinstance(plain, str):
                    return YearMonth.parse(plain)
            except ValueError:
                pass
            raise FactRefused(name, "a month such as 2024-03 is expected")
        case Choice(members):
            if isinstance(plain, str) and plain in members:
                return plain
            raise FactRefused(name, f"one of {', '.join(members)} is expected")
        case _ if type_ == TRUTH:
            if isinstance(plain, bool):
                return plain
            raise FactRefused(name, "true or false is expected")
        case _ if type_ == REF:
            if isinstance(plain, str) and plain:
                return plain
            raise FactRefused(name, "an id is expected")
    raise FactRefused(name, "its type cannot be kept as one value")


def _day(name: str, plain: Json) -> Given:
    if plain == ONGOING:
        return ONGOING
    try:
        if isinstance(plain, str) and DAY.fullmatch(plain):
            return date.fromisoformat(plain)
    except ValueError:
        pass
    raise FactRefused(name, "a day such as 2024-03-31 is expected")


def _list(name: str, plain: Json, type_: Records) -> Listed:
    complete: Json = True
    if isinstance(plain, Mapping):
        if set(plain) != {"complete", "items"}:
            raise FactRefused(name, "a list says 'complete' and 'items'")
        complete, plain = plain["complete"], plain["items"]
    if not isinstance(plain, Sequence) or isinstance(plain, str) or not isinstance(complete, bool):
        raise FactRefused(name, "a list of items is expected")
    return Listed(tuple(_item(f"{name}[{at}]", item, type_) for at, item in enumerate(plain, 1)), complete)


def _item(name: str, plain: Json, type_: Records) -> Mapping[str, Given]:
    if not isinstance(plain, Mapping):
        raise FactRefused(name, "an item with named fields is expected")
    declared = dict(type_.fields)
    stray = sorted(set(plain) - set(declared))
    if stray:
        raise FactRefused(f"{name}.{stray[0]}", "it is not declared")
    fields = {key: value for key, value in plain.items() if value is not None}
    return {
        key: _list(f"{name}.{key}", value, inner) if isinstance(inner := declared[key], Records)
        else _scalar(f"{name}.{key}", value, inner)
        for key, value in fields.items()
    }  # fmt: skip

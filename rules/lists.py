"""Questions about lists, whether or not it is known which items they hold."""

from collections.abc import Iterator
from dataclasses import replace

from rules.intervals import (
    AND,
    EITHER,
    FLAWS,
    NO,
    NOT,
    OR,
    PLAIN,
    YES,
    Answers,
    Entry,
    Items,
    Options,
    Span,
    all_of,
    any_of,
    flawed,
    hull,
    without_value,
)
from rules.scope import Scope
from rules.tree import Call, Expr, Over, Path
from rules.types import Exact


def items_of(node: Expr, scope: Scope) -> Items:
    match node:
        case Path():
            found = scope.read(node)
            if isinstance(found, Items):
                return found
        case Over("filter"):
            return _kept(node, scope)
        case Over("each"):
            return _each(node, scope)
        case Call("first", (n, items)):
            return _first(scope.span(n), scope.items(items))
    raise TypeError(f"{type(node).__name__} is not a list.")


def _each(node: Over, scope: Scope) -> Items:
    kept, body = _kept(node, scope), _body(node)

    def valued(entry: Entry) -> Entry:
        return replace(entry, value=scope.binding(node.item, entry.value).value(body))

    entries = tuple(valued(entry) for entry in kept.entries)
    return Items(entries, valued(kept.ghost) if kept.ghost else None, kept.more)


def _kept(node: Over, scope: Scope) -> Items:
    items = scope.items(node.source)
    where = node.where
    if where is None:
        return items
    return items.kept(lambda entry: scope.binding(node.item, entry.value).truth(where))


def _answers(node: Over, scope: Scope) -> Iterator[tuple[Answers, Answers]]:
    """For each item, told of or not: whether it is there, and what the body says of it."""
    items, body = _kept(node, scope), _body(node)
    for entry in (*items.entries, *([items.ghost] if items.ghost else [])):
        yield entry.present, scope.binding(node.item, entry.value).truth(body)


def any_item(node: Over, scope: Scope) -> Answers:
    return any_of(AND[present][answer] for present, answer in _answers(node, scope))


def all_items(node: Over, scope: Scope) -> Answers:
    return all_of(OR[NOT[present]][answer] for present, answer in _answers(node, scope))


def number_over(node: Over, scope: Scope) -> Span:
    """count, sum, least, most."""
    kept = _kept(node, scope)
    if node.quantifier == "count":
        return _count(kept)
    body = _body(node)

    def told(entry: Entry) -> Told:
        return entry.present, scope.binding(node.item, entry.value).span(body)

    spans = [told(entry) for entry in kept.entries]
    untold = told(kept.ghost) if kept.ghost else None
    if node.quantifier == "sum":
        return _sum(spans, untold, kept.more)
    empty = scope.span(_empty(node))
    return _extreme(spans + ([untold] if untold else []), empty, highest=node.quantifier == "most")


Told = tuple[Answers, Span]


def _body(node: Over) -> Expr:
    if node.body is None:
        raise TypeError(f"{node.quantifier} was checked to have a value.")
    return node.body


def _empty(node: Over) -> Expr:
    if node.empty is None:
        raise TypeError(f"{node.quantifier} was checked to say what an empty list gives.")
    return node.empty


def _count(items: Items) -> Span:
    kinds = items.kinds
    if not kinds & PLAIN:
        return without_value(kinds)
    certain = sum(entry.present & EITHER == YES for entry in items.entries)
    possible = sum(bool(entry.present & YES) for entry in items.entries)
    untold = items.more if items.ghost and items.ghost.present & YES else 0
    return Span(certain, possible + untold, kinds)


def _kinds(present: Answers, value: Span | Options) -> Answers:
    """What an item makes of a result: its own flaw, its value's if it is there, nothing if it is not."""
    return (present & FLAWS) | (value.kinds if present & YES else 0) | (PLAIN if present & NO else 0)


def _sum(spans: list[Told], untold: Told | None, more: int) -> Span:
    kinds = flawed(*(_kinds(present, span) for present, span in spans))
    if untold:
        kinds = flawed(kinds, _kinds(*untold))
    if not kinds & PLAIN:
        return without_value(kinds)
    lo: Exact = 0
    hi: Exact = 0
    for present, span in spans:
        least, most = _share(present, span)
        lo, hi = lo + least, hi + most
    if untold:
        least, most = _share(*untold)
        lo, hi = lo + more * least, hi + more * most
    return Span(lo, hi, kinds)


def _share(present: Answers, span: Span) -> tuple[Exact, Exact]:
    """What an item adds to a sum, at least and at most."""
    if not (present & YES and span.kinds & PLAIN):
        return 0, 0
    if present & NO:
        return min(0, span.lo), max(0, span.hi)
    return span.lo, span.hi


def _extreme(spans: list[Told], empty: Span, *, highest: bool) -> Span:
    kinds = flawed(*(_kinds(present, span) for present, span in spans))
    certain = [span for present, span in spans if present & EITHER == YES and span.kinds & PLAIN]
    possible = [span for present, span in spans if present & YES and span.kinds & PLAIN]
    if not kinds & PLAIN:
        return without_value(kinds)
    if not certain:
        may_be_empty = hull([*possible, empty])
        return Span(may_be_empty.lo, may_be_empty.hi, (kinds & FLAWS) | may_be_empty.kinds)
    if highest:
        return Span(max(span.lo for span in certain), max(span.hi for span in possible), kinds)
    return Span(min(span.lo for span in possible), min(span.hi for span in certain), kinds)


def _first(n: Span, items: Items) -> Items:
    """The first n, in the order given; an item that nobody told of could stand before any of them."""
    entries: list[Entry] = []
    certain = possible = 0
    for entry in items.entries:
        reached = n.kinds & FLAWS
        if n.kinds & PLAIN:
            reached |= YES if certain < n.hi else 0
            reached |= NO if possible + items.more >= n.lo else 0
        present = AND[entry.present][reached]
        certain += entry.present == YES
        possible += bool(entry.present & YES)
        if present != NO:
            entries.append(replace(entry, present=present))
    more = min(items.more, max(0, int(n.hi))) if n.kinds & PLAIN else items.more
    if not more or items.ghost is None:
        return Items(tuple(entries))
    reached = n.kinds & FLAWS | (EITHER if n.kinds & PLAIN else 0)
    return Items(tuple(entries), replace(items.ghost, present=AND[items.ghost.present][reached]), more)


def value_kinds(items: Items) -> list[Answers]:
    """What the flaws of the values in a list make of a result, where they are in it."""
    values = [(entry.present, entry.value) for entry in items.entries]
    return [_kinds(present, value) for present, value in values if isinstance(value, Span | Options)]


def distinct(items: Items) -> Span:
    """How many different values a list holds."""
    kinds = flawed(items.kinds, *value_kinds(items))
    if not kinds & PLAIN:
        return without_value(kinds)
    certain = {_key(entry) for entry in items.entries if entry.present & EITHER == YES}
    possible = [_key(entry) for entry in items.entries if entry.present & YES]
    known = {key for key in certain if key is not None}
    told = len({key for key in possible if key is not None}) + sum(key is None for key in possible)
    return Span(len(known) or min(1, len(certain)), told + items.more, kinds)


def _key(entry: Entry) -> object:
    """What tells a value from others, if it is known which it is."""
    match entry.value:
        case Options(among) if among is not None and len(among) == 1:
            return next(iter(among))
        case Span(lo, hi) if lo == hi:
            return lo
    return None

"""Questions about lists in terms of z3: every item that may be there is gone through, with whether it is."""

from collections.abc import Iterator

from rules.scaled import denominator_of, factor
from rules.solver_scope import Scope
from rules.solver_terms import Flag, Whole, both, choose, counted, either, opposite, quotient
from rules.solver_values import (
    Flaws,
    Held,
    ItemRow,
    Listing,
    Place,
    Point,
    Single,
    all_hold,
    any_holds,
    flawed_by,
    negated,
    under,
)
from rules.tree import Call, Expr, Over, Path


def items_of(node: Expr, scope: Scope) -> Listing:
    match node:
        case Path():
            found = scope.read(node)
            if isinstance(found, Listing):
                return found
        case Over("filter"):
            return _kept(node, scope)
        case Over("each"):
            kept, body = _kept(node, scope), _body(node)
            return Listing(tuple(Place(scope.binding(node.item, p.value).value(body), p.present) for p in kept.places))
        case Call("first", (n, items)):
            return _first(scope.point(n), scope.items(items))
    raise TypeError(f"{type(node).__name__} is not a list.")


def _kept(node: Over, scope: Scope) -> Listing:
    items = scope.items(node.source)
    where = node.where
    if where is None:
        return items
    return Listing(
        tuple(
            Place(place.value, all_hold((place.present, scope.binding(node.item, place.value).truth(where))))
            for place in items.places
        )
    )


def _first(n: Point, items: Listing) -> Listing:
    """The first n, in the order given."""
    places: list[Place] = []
    before: Whole = 0
    for place in items.places:
        reached = Held(both(before < n.at, opposite(n.flaws.any)), n.flaws)
        places.append(Place(place.value, all_hold((place.present, reached))))
        before = before + choose(place.present.yes, 1, 0)
    return Listing(tuple(places))


def truth_over(node: Over, scope: Scope) -> Held:
    """any, all."""
    body = _body(node)
    answers = [
        (place.present, scope.binding(node.item, place.value).truth(body)) for place in _kept(node, scope).places
    ]
    if node.quantifier == "any":
        return any_holds(all_hold(pair) for pair in answers)
    return all_hold(any_holds((negated(present), answer)) for present, answer in answers)


def number_over(node: Over, scope: Scope) -> Point:
    """count, sum, least, most."""
    kept = _kept(node, scope)
    if node.quantifier == "count":
        return Point(counted(place.present.yes for place in kept.places), flaws_in(kept))
    body, whole = _body(node), denominator_of(node.type)
    valued = Listing(
        tuple(Place(_over(scope.binding(node.item, p.value), body, whole), p.present) for p in kept.places)
    )
    if node.quantifier == "sum":
        return Point(sum(choose(there, at, 0) for there, at in told(valued)), flaws_in(valued))
    return _extreme(node, valued, scope)


def _extreme(node: Over, valued: Listing, scope: Scope) -> Point:
    if node.empty is None:
        raise TypeError(f"{node.quantifier} was checked to say what an empty list gives.")
    empty = _over(scope, node.empty, denominator_of(node.type))
    found, some = empty.at, False
    for there, at in told(valued):
        better = at > found if node.quantifier == "most" else at < found
        found = choose(both(there, either(opposite(some), better)), at, found)
        some = either(some, there)
    return Point(found, flawed_by(flaws_in(valued), under(opposite(some), empty.flaws)))


def _over(scope: Scope, part: Expr, denominator: int) -> Point:
    by = factor(denominator_of(part.type), denominator)
    found = scope.point(part)
    return Point(quotient(found.at * by.numerator, by.denominator), found.flaws)


def told(items: Listing) -> Iterator[tuple[Flag, Whole]]:
    """Of each plain value whether it is there, and what it is."""
    for place in items.places:
        if not isinstance(place.value, Point):
            raise TypeError("A list was checked to hold plain values and does not.")
        yield place.present.yes, place.value.at


def flaws_in(items: Listing) -> Flaws:
    """What is left open of what the list holds, and the flaws of the values in it."""
    presence = [place.present.flaws for place in items.places]
    return flawed_by(*presence, *(under(place.present.yes, _flaws_of(place.value)) for place in items.places))


def _flaws_of(value: Single) -> Flaws:
    return Flaws() if isinstance(value, ItemRow) else value.flaws


def distinct(node: Call, scope: Scope) -> Point:
    """How many different values: an item counts where no earlier one has its value."""
    items = scope.items(node.arguments[0])
    values = list(told(items))
    new = [
        both(there, *(opposite(both(earlier, at == value)) for earlier, value in values[:place]))
        for place, (there, at) in enumerate(values)
    ]
    return Point(counted(new), flaws_in(items))


def _body(node: Over) -> Expr:
    if node.body is None:
        raise TypeError(f"{node.quantifier} was checked to have a value.")
    return node.body

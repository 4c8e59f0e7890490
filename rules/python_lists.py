"""Questions about lists in Python: plain loops, or loops that keep with each item whether it is in the list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rules.flawless import DOUBTFUL, list_of
from rules.python_scope import Scope, flawed, lifted
from rules.python_writer import Here, Item, Said, said
from rules.scaled import denominator_of, factor
from rules.tree import Call, Expr, Over, Path
from rules.types import Number, Records
from rules.units import Unit

Result = Callable[[str], str]  # of a variable with the values of a list, what is asked of it


def item_of(node: Over, scope: Scope, here: Here) -> Item:
    source = node.source.type
    fields = {name: place for place, (name, _) in enumerate(source.fields)} if isinstance(source, Records) else {}
    doubtful = not isinstance(source, Records) and flawed(node.source, scope, here)
    return Item(scope.writer.fresh("r"), DOUBTFUL if doubtful else list_of(node.source), fields)


# -- lists that are certain -----------------------------------------------------------------------------------------


def rows(node: Expr, scope: Scope, here: Here) -> str:
    match node:
        case Over("filter" | "each"):
            return _kept(node, scope, here)
        case Call("first", (n, items)):
            found, number = rows(items, scope, here), scope.writer.fresh("n")
            scope.writer.line(f"{number} = {scope.value(n, Here(items=here.items)).text}")
            name = scope.writer.fresh("l")
            scope.writer.line(f"{name} = {found}[:{number}] if {number} > 0 else ()")
            return name
        case Path():
            return scope.read(node, Here(items=here.items)).text
    raise TypeError(f"{type(node).__name__} is not a list.")


@contextmanager
def _each(node: Over, scope: Scope, here: Here) -> Iterator[Here]:
    """Inside the loop over the items that its condition keeps."""
    source = rows(node.source, scope, here)
    item = item_of(node, scope, here)
    with scope.writer.block(f"for {item.variable} in {source}:"):
        inside = Here(items=here.items).binding(node.item, item)
        if node.where:
            kept = scope.truth(node.where, inside)
            scope.writer.line(f"if not {kept.text}: continue")
            inside = inside.knowing(kept.yes)
        yield inside


def _kept(node: Over, scope: Scope, here: Here) -> str:
    if node.where is None and node.body is None:
        return rows(node.source, scope, here)
    name = scope.writer.fresh("l")
    scope.writer.line(f"{name} = []")
    with _each(node, scope, here) as inside:
        kept = scope.value(node.body, inside).text if node.body else inside.items[node.item].variable
        scope.writer.line(f"{name}.append({kept})")
    return name


def truth_over(node: Over, scope: Scope, here: Here) -> Said:
    if flawed(node, scope, here):
        return said(_doubtful_truth(node, scope, here), here.bound)
    found, sought = scope.writer.fresh("q"), node.quantifier == "any"
    scope.writer.line(f"{found} = {not sought}")
    with _each(node, scope, here) as inside:
        body = scope.truth(_body(node), inside).text
        scope.writer.line(f"if {body if sought else f'not {body}'}:")
        scope.writer.line(f" {found} = {sought}")
        scope.writer.line(" break")
    return said(found, here.bound)


def number_over(node: Over, scope: Scope, here: Here) -> Said:
    """count, sum, least, most."""
    if flawed(node, scope, here):
        return _doubtful_number(node, scope, here)
    match node.quantifier:
        case "count":
            return said(_count(node, scope, here), here.bound)
        case "sum":
            return said(_sum(node, scope, here), here.bound)
    return said(_extreme(node, scope, here), here.bound)


def _count(node: Over, scope: Scope, here: Here) -> str:
    if node.where is None:
        return f"len({rows(node.source, scope, here)})"
    total = scope.writer.fresh("n")
    scope.writer.line(f"{total} = 0")
    with _each(node, scope, here):
        scope.writer.line(f"{total} += 1")
    return total


def _sum(node: Over, scope: Scope, here: Here) -> str:
    total = scope.writer.fresh("n")
    scope.writer.line(f"{total} = 0")
    with _each(node, scope, here) as inside:
        scope.writer.line(f"{total} += {scope.value(_body(node), inside).text}")
    return total


def _extreme(node: Over, scope: Scope, here: Here) -> str:
    found, value = scope.writer.fresh("n"), scope.writer.fresh("t")
    sign = ">" if node.quantifier == "most" else "<"
    scope.writer.line(f"{found} = None")
    with _each(node, scope, here) as inside:
        scope.writer.line(f"{value} = {_scaled(_body(node), node, scope, inside)}")
        scope.writer.line(f"if {found} is None or {value} {sign} {found}: {found} = {value}")
    scope.writer.line(f"if {found} is None: {found} = {_scaled(_empty(node), node, scope, Here(items=here.items))}")
    return found


def _scaled(part: Expr, node: Over, scope: Scope, here: Here) -> str:
    """Over the denominator of the whole."""
    by = factor(denominator_of(part.type), denominator_of(node.type))
    return lifted([part], scope, here, lambda x: x[0] if by == 1 else f"({x[0]} * {by.numerator})").text


def _body(node: Over) -> Expr:
    if node.body is None:
        raise TypeError(f"{node.quantifier} was checked to have a value.")
    return node.body


def _empty(node: Over) -> Expr:
    if node.empty is None:
        raise TypeError(f"{node.quantifier} was checked to say what an empty list gives.")
    return node.empty


# -- lists of which the law may leave open what they hold -----------------------------------------------------------


def pairs(node: Expr, scope: Scope, here: Here) -> str:
    """A variable with (whether it is there, item) for each."""
    if not flawed(node, scope, here):
        name, given = scope.writer.fresh("l"), rows(node, scope, here)
        scope.writer.line(f"{name} = [(True, each) for each in {given}]")
        return name
    match node:
        case Over("filter" | "each"):
            return _marked(node, scope, here, lambda inside: _value(node, scope, inside))
        case Call("first", (n, items)):
            name, given = scope.writer.fresh("l"), pairs(items, scope, here)
            scope.writer.line(f"{name} = first_of({scope.value(n, Here(items=here.items)).text}, {given})")
            return name
        case Path():
            return scope.read(node, Here(items=here.items)).text
    raise TypeError(f"{type(node).__name__} is not a list that can be flawed.")


def _value(node: Over, scope: Scope, inside: Here) -> str:
    return scope.value(node.body, inside).text if node.body else inside.items[node.item].variable


def _marked(node: Over, scope: Scope, here: Here, value: Callable[[Here], str]) -> str:
    source, item = pairs(node.source, scope, here), item_of(node, scope, here)
    name, there = scope.writer.fresh("l"), scope.writer.fresh("q")
    scope.writer.line(f"{name} = []")
    with scope.writer.block(f"for {there}, {item.variable} in {source}:"):
        inside = Here(items=here.items).binding(node.item, item)
        if node.where:
            kept = scope.writer.fresh("q")
            scope.writer.line(f"{kept} = both({there}, {scope.truth(node.where, inside).text})")
            scope.writer.line(f"if {kept} is False: continue")
            there = kept
        scope.writer.line(f"{name}.append(({there}, {value(inside)}))")
    return name


def _doubtful_truth(node: Over, scope: Scope, here: Here) -> str:
    found = _marked(node, scope, here, lambda inside: scope.truth(_body(node), inside).text)
    if node.quantifier == "any":
        return f"either(*[both(*each) for each in {found}])"
    return f"both(*[either(negated(there), each) for there, each in {found}])"


def _doubtful_number(node: Over, scope: Scope, here: Here) -> Said:
    def value(inside: Here) -> str:
        return _scaled(node.body, node, scope, inside) if node.body else inside.items[node.item].variable

    values = _sure(_marked(node, scope, here, value), scope)
    match node.quantifier:
        case "count":
            result = f"len({values})"
        case "sum":
            result = f"sum({values})"
        case _:
            empty = _scaled(_empty(node), node, scope, Here(items=here.items))
            result = f"({'max' if node.quantifier == 'most' else 'min'}({values}) if {values} else {empty})"
    return said(f"({values} if {values}.__class__ is Flaw else {result})", here.bound)


def _sure(found: str, scope: Scope) -> str:
    values = scope.writer.fresh("l")
    scope.writer.line(f"{values} = sure({found})")
    return values


# -- functions of lists ---------------------------------------------------------------------------------------------


def _of_list(items: Expr, others: list[Expr], scope: Scope, here: Here, result: Callable[..., str]) -> Said:
    """A function of a list and of plain values; `result` is given the list's variable and their texts."""
    if not flawed(items, scope, here):
        found = rows(items, scope, here)
        return lifted(others, scope, here, lambda *texts: result(found, *(first for first, _ in texts)))
    values = _sure(pairs(items, scope, here), scope)
    texts = [scope.writer.once(scope.value(each, here).text) for each in others]
    doubtful = [(text, each) for text, each in zip(texts, others, strict=True) if flawed(each, scope, here)]
    guards = [f"({values}.__class__ is Flaw)", *(f"({first}.__class__ is Flaw)" for (first, _), _ in doubtful)]
    names = [values, *(again for (_, again), _ in doubtful)]
    bound = {text for text, _ in doubtful}
    shown = [text[1] if text in bound else text[0] for text in texts]
    return said(f"(worst({', '.join(names)}) if {' | '.join(guards)} else {result(values, *shown)})", here.bound)


def distinct(node: Call, scope: Scope, here: Here) -> Said:
    return _of_list(node.arguments[0], [], scope, here, lambda values: f"len(set({values}))")


def _later(length: Expr) -> str:
    return "add_months" if isinstance(length.type, Number) and length.type.unit is Unit.MONTH else "days_later"


def most_within(node: Call, scope: Scope, here: Here) -> Said:
    days, length = node.arguments
    return _of_list(days, [length], scope, here, lambda found, n: f"most_within({found}, {n}, {_later(length)})")


def reach(node: Call, scope: Scope, here: Here) -> Said:
    start, days, length = node.arguments
    return _of_list(
        days, [start, length], scope, here, lambda found, s, n: f"reach({s}, {found}, {n}, {_later(length)})"
    )


def of_periods(name: str, node: Call, scope: Scope, here: Here) -> Said:
    items, start, end = node.arguments
    if not isinstance(items.type, Records):
        raise TypeError(f"{name} was checked to ask for periods.")
    places = {field: place for place, (field, _) in enumerate(items.type.fields)}
    starts, ends = places["from_day"], places["until"]
    return _of_list(
        items, [start, end], scope, here, lambda found, s, e: f"{name}({found}, {starts}, {ends}, ({s}, {e}))"
    )

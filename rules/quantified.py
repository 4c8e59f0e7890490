"""The types of questions about lists: any, all, count, sum, least, most, filter, each."""

from dataclasses import replace
from typing import TYPE_CHECKING

from rules import ranges
from rules.errors import PolicyError
from rules.tree import Expr, Over
from rules.types import TRUTH, Day, Month, Number, Record, Records, Series, Truth, Type, in_words
from rules.units import Unit

if TYPE_CHECKING:
    from rules.infer import Inference

DEEPEST_LIST = 2
SHAPES = {
    "any": "any(m in list, condition)",
    "all": "all(m in list, condition)",
    "count": "count(m in list where condition)",
    "sum": "sum(m in list, number)",
    "least": "least(m in list, value, value of an empty list)",
    "most": "most(m in list, value, value of an empty list)",
    "filter": "filter(m in list where condition)",
    "each": "each(m in list, value)",
}


def typed(inference: "Inference", node: Over) -> Over:
    _check_name(inference, node)
    _check_shape(node)
    source = inference.typed(node.source)
    inside = inference.binding(node.item, _item_type(source))
    where = node.where and inside.truth(node.where)
    body = node.body and (inside.truth if node.quantifier in ("any", "all") else inside.typed)(node.body)
    empty = node.empty and inference.typed(node.empty)
    found = replace(node, source=source, where=where, body=body, empty=empty)
    return replace(found, type=_result(found))


def _check_name(inference: "Inference", node: Over) -> None:
    taken = {*inference.names.known(), *inference.names.members, *inference.items}
    if node.item in taken:
        raise PolicyError(
            f"'{node.item}' already means something else", node.place, expected="another name for the item"
        )
    if len(inference.items) >= DEEPEST_LIST:
        raise PolicyError(
            "a list inside a list inside a list", node.place, expected="a column that asks the inner list"
        )


def _check_shape(node: Over) -> None:
    wanted = SHAPES[node.quantifier]
    takes_body = node.quantifier not in ("count", "filter")
    takes_empty = node.quantifier in ("least", "most")
    if (node.body is not None) is not takes_body or (node.empty is not None) is not takes_empty:
        raise PolicyError(f"{node.quantifier} is written differently", node.place, expected=wanted)
    if node.quantifier == "filter" and node.where is None:
        raise PolicyError("filter does not say which items to keep", node.place, expected=wanted)


def _item_type(source: Expr) -> Type:
    match source.type:
        case Records(fields, _, of):
            return Record(fields, of)
        case Series(of):
            return of
    raise PolicyError(f"this is {in_words(source.type)}", source.place, expected="a list")


def _result(node: Over) -> Type:
    most = node.source.type.most if isinstance(node.source.type, Records | Series) else 0
    match node.quantifier:
        case "any" | "all":
            return TRUTH
        case "count":
            return Number(Unit.ONE, 0, most)
        case "filter":
            return node.source.type
        case "sum":
            return _sum(node, most)
        case "each":
            return _each(node, most)
    return _extreme(node)


def _sum(node: Over, most: int) -> Type:
    body = node.body
    if body is None or not isinstance(body.type, Number):
        raise PolicyError("only numbers are summed", node.place, expected=SHAPES["sum"])
    number = body.type
    least, greatest = most * min(0, number.least), most * max(0, number.most)
    return ranges.bounded(Number(number.unit, least, greatest, number.denominator), node.place)


def _each(node: Over, most: int) -> Type:
    body = node.body
    if body is None or isinstance(body.type, Truth | Records | Series | Record):
        raise PolicyError("each makes a list of plain values", node.place, expected=SHAPES["each"])
    return Series(body.type, most)


def _extreme(node: Over) -> Type:
    ordered = [part.type for part in (node.body, node.empty) if part and isinstance(part.type, Number | Day | Month)]
    if len(ordered) < len(("body", "empty")):
        problem = f"{node.quantifier} is of numbers, days or months"
        raise PolicyError(problem, node.place, expected=SHAPES[node.quantifier])
    return ranges.union(ordered, node.place)

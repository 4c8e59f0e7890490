"""A tree's canonical text: parsing it again gives an equal tree."""

from fractions import Fraction

from rules.parser import ARITHMETIC
from rules.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    DayLiteral,
    Expr,
    If,
    In,
    Lookup,
    Negative,
    Not,
    Or,
    Over,
    Path,
    Percentage,
    Quantity,
    TruthLiteral,
)

# How tightly a form holds its parts together; a looser form inside a tighter place needs brackets.
_IF, _OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _UNARY, _ATOM = range(9)


def text_of(node: Expr) -> str:
    return _form(node)[1]


def _within(node: Expr, tightness: int) -> str:
    held, text = _form(node)
    return text if held >= tightness else f"({text})"


def _form(node: Expr) -> tuple[int, str]:  # noqa: PLR0911 one line per form of expression
    match node:
        case If(condition, then, otherwise):
            return _IF, f"if {text_of(condition)} then {text_of(then)} else {text_of(otherwise)}"
        case Or(parts):
            return _OR, " or ".join(_within(part, _AND) for part in parts)
        case And(parts):
            return _AND, " and ".join(_within(part, _NOT) for part in parts)
        case Not(part):
            return _NOT, f"not {_within(part, _NOT)}"
        case Compare(sign, left, right):
            return _TEST, f"{_within(left, _SUM)} {sign} {_within(right, _SUM)}"
        case In(item, among, negated):
            return _TEST, f"{_within(item, _SUM)} {'not in' if negated else 'in'} {_among(among)}"
        case Arithmetic(sign, left, right):
            held = _SUM if ARITHMETIC[sign] == 1 else _PRODUCT
            return held, f"{_within(left, held)} {sign} {_within(right, held + 1)}"
        case Negative(part):
            return _UNARY, f"-{_within(part, _UNARY)}"
        case _:
            return _ATOM, _atom(node)


def _atom(node: Expr) -> str:  # noqa: PLR0911 one line per form of expression
    match node:
        case Quantity(value, unit):
            return f"{value} {_spelled(value, unit)}" if unit else str(value)
        case Percentage(value):
            return f"{_decimal(value * 100)}%"
        case DayLiteral(value):
            return value.isoformat()
        case TruthLiteral(value):
            return "true" if value else "false"
        case Path(names):
            return ".".join(names)
        case Call(name, arguments):
            return f"{name}({', '.join(map(text_of, arguments))})"
        case Lookup(table, keys):
            return f"{table}[{', '.join(map(text_of, keys))}]"
        case Over():
            return _over(node)
        case _:
            raise TypeError(f"{type(node).__name__} is not an expression of the policy language.")


def _over(node: Over) -> str:
    where = f" where {text_of(node.where)}" if node.where else ""
    rest = "".join(f", {text_of(part)}" for part in (node.body, node.empty) if part)
    return f"{node.quantifier}({node.item} in {_within(node.source, _SUM)}{where}{rest})"


def _among(among: tuple[str, ...] | str) -> str:
    return among if isinstance(among, str) else "{" + ", ".join(among) + "}"


def _spelled(value: int, unit: str) -> str:
    return unit if value == 1 or unit in ("fen", "yuan") else f"{unit}s"


def _decimal(value: Fraction) -> str:
    """Exact, as every percentage that can be written has finitely many digits."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10**digits)).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole

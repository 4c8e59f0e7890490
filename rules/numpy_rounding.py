"""Writes roundings and shares: exact fractions until a step says how to round, however large they are on the way."""

from fractions import Fraction
from typing import TYPE_CHECKING

from rules.numpy_reckoning import Function, corners, divided, made, rising
from rules.numpy_values import Num
from rules.tree import Call, Expr
from rules.types import Number

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

LIMIT = 2**62  # of what is reckoned on the way; beyond it Python's own whole numbers are used


def rounded(mode: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        number = scope.number(node.arguments[0])
        step = Fraction(1)
        if len(node.arguments) > 1:
            by = scope.number(node.arguments[1])
            step = Fraction(by.low if isinstance(by.low, int) else 1, by.denominator)
        # In steps: number / denominator / step.
        top, bottom = step.denominator, number.denominator * step.numerator
        reduced = Fraction(top, bottom)
        steps = _rounded_text(mode, "{0}", reduced.numerator, reduced.denominator)
        template = steps if step.numerator == 1 else f"({steps}) * {step.numerator}"
        far = _reach(node.arguments[0], number.denominator) * 2 * reduced.numerator
        reach = (min(number.reach, far) * 2 * reduced.numerator + reduced.denominator + 1) * step.numerator
        scope.writer.reaches(reach)
        ends = rising(_widened(template, far), [number], scope.writer)
        return made(scope.writer, [number], ends, step.denominator, reach)

    return called


def _rounded_text(mode: str, number: str, top: int, bottom: int) -> str:
    """Number * top / bottom, rounded to a whole number; the bottom is above 0."""
    times = number if top == 1 else f"{number} * {top}"
    if bottom == 1:
        return times
    if mode == "down":
        return divided(times, bottom)
    if mode == "up":
        return f"-({divided(f'-{times}', bottom)})"
    return f"np.sign({number}) * ((abs({number}) * {2 * top} + {bottom}) // {2 * bottom})"


def _reach(node: Expr, denominator: int) -> int:
    """How far from 0 an expression can be, in its steps."""
    if not isinstance(node.type, Number):
        raise TypeError("Only numbers are rounded and shared.")
    furthest = max(-Fraction(node.type.least), Fraction(node.type.most))
    return int(furthest * denominator) + 1


def _widened(template: str, reach: int) -> str:
    """Where a number on the way may leave what numpy's whole numbers hold, Python's are used."""
    if reach < LIMIT:
        return template
    for number in range(template.count("{") + 1):
        template = template.replace(f"{{{number}}}", f"np.asarray({{{number}}}).astype(object)")
    return f"np.asarray({template}).astype(np.int64)"


def shared(mode: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        amount, part, whole = (scope.number(argument) for argument in node.arguments)
        bottom = amount.denominator * part.denominator
        # Each is a whole number over its denominator, so that the denominator of the whole comes to stand above.
        top, below = "({0} * {1}" + (f" * {whole.denominator})" if whole.denominator > 1 else ")"), "np.maximum({2}, 1)"
        below = below if bottom == 1 else f"({below} * {bottom})"
        if mode == "down":
            template = f"{top} // {below}"
        else:
            template = f"np.sign({top}) * ((abs({top}) * 2 + {below}) // (2 * {below}))"
        reach = _reach(node.arguments[0], amount.denominator) * _reach(node.arguments[1], part.denominator)
        reach = reach * whole.denominator * 2 + 2 * bottom * _reach(node.arguments[2], whole.denominator)
        values = (amount, part, whole)
        scope.writer.reaches(reach)
        return made(scope.writer, values, corners(_widened(template, reach), values, scope.writer), reach=reach)

    return called

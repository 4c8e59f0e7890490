"""Two conditions for every condition: when it surely holds, and when it surely does not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rules.durable_program import AllOf, AnyOf, Comparison, Condition, Test

IS, IS_NOT, BELOW, AT_MOST, ABOVE, AT_LEAST = (
    Comparison.IS,
    Comparison.IS_NOT,
    Comparison.BELOW,
    Comparison.AT_MOST,
    Comparison.ABOVE,
    Comparison.AT_LEAST,
)
ALWAYS = "always"  # a field that is 1 in every case, for conditions without a question


@dataclass(frozen=True)
class Sides:
    """When a condition surely holds, and when it surely does not; neither: unknown."""

    yes: Condition
    no: Condition

    def turned(self) -> "Sides":
        return Sides(self.no, self.yes)


DIFFERENCES: Mapping[str, Callable[[str, str], Sides]] = {
    ">=": lambda lo, hi: Sides(Test(lo, AT_LEAST, 0), Test(hi, BELOW, 0)),
    "<": lambda lo, hi: Sides(Test(hi, BELOW, 0), Test(lo, AT_LEAST, 0)),
    ">": lambda lo, hi: Sides(Test(lo, ABOVE, 0), Test(hi, AT_MOST, 0)),
    "<=": lambda lo, hi: Sides(Test(hi, AT_MOST, 0), Test(lo, ABOVE, 0)),
    "==": lambda lo, hi: Sides(
        AllOf((Test(lo, AT_LEAST, 0), Test(hi, AT_MOST, 0))), AnyOf((Test(lo, ABOVE, 0), Test(hi, BELOW, 0)))
    ),
    "!=": lambda lo, hi: DIFFERENCES["=="](lo, hi).turned(),
}


def certainly(value: bool) -> Sides:
    sides = Sides(Test(ALWAYS, IS, 1), Test(ALWAYS, IS, 0))
    return sides if value else sides.turned()


def all_parts(parts: list[Condition]) -> Condition:
    """Without a group inside a group of its own kind: the engine allows only few levels."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(dict.fromkeys(flat)))


def any_part(parts: list[Condition]) -> Condition:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(dict.fromkeys(flat)))


def all_of(sides: Iterable[Sides]) -> Sides:
    each = list(sides)
    return Sides(all_parts([side.yes for side in each]), any_part([side.no for side in each]))


def if_else(condition: Sides, then: Sides, otherwise: Sides) -> Sides:
    """Where both branches give one answer, the condition does not matter."""
    return Sides(
        *(
            any_part([all_parts([condition.yes, a]), all_parts([condition.no, b]), all_parts([a, b])])
            for a, b in ((then.yes, otherwise.yes), (then.no, otherwise.no))
        )
    )

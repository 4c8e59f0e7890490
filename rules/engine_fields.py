"""One case as the rule engine sees it: flags, texts of enums, and differences as the range they may lie in."""

from collections.abc import Mapping

from rules.durable_compiler import Asked
from rules.durable_program import LARGEST_NUMBER
from rules.durable_sides import ALWAYS
from rules.intervals import NO, PLAIN, YES, Options
from rules.reckoner import Reckoner
from rules.tree import Compare
from rules.types import Exact

FLAGS = {YES: 1, NO: 0}


def engine_fields(asked: Asked, reckoner: Reckoner) -> dict[str, int | str]:
    """What is not settled is left out: the engine then finds neither yes nor no."""
    fields: dict[str, int | str] = {ALWAYS: 1}
    for comparison, name in asked.differences.items():
        fields |= _difference(comparison, name, reckoner)
    for fact, name in asked.texts.items():
        fields |= _text(name, reckoner.known[fact])
    for condition, name in asked.flags.items():
        answers = reckoner.truth(condition)
        if answers in FLAGS:
            fields[name] = FLAGS[answers]
    return fields


def _difference(comparison: Compare, name: str, reckoner: Reckoner) -> Mapping[str, int]:
    left, right = reckoner.span(comparison.left), reckoner.span(comparison.right)
    if not left.kinds == right.kinds == PLAIN:
        return {}  # the law has no value here, or may have none
    return {f"{name}_lo": _sign_kept(left.lo - right.hi), f"{name}_hi": _sign_kept(left.hi - right.lo)}


def _sign_kept(difference: Exact) -> int:
    """Only the sign decides: a fraction's numerator has it, and so has the largest number the engine is given."""
    return max(-LARGEST_NUMBER, min(LARGEST_NUMBER, difference.numerator))


def _text(name: str, value: object) -> Mapping[str, str]:
    if isinstance(value, Options) and value.among and len(value.among) == 1:
        return {name: next(iter(value.among))}
    return {}

"""The two sides of a comparison that did not hold, as people say them: 33 years against 50 years, yuan and not fen.

What is kept of a determination is canonical text alone. The comparison is found again in its rule, by that text, and
tells the kind of value on either side and the unit in which its law speaks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.determinations import Shortfall
from cases.wording import Wording
from rules.policies import ResolvedPolicy
from rules.printer import text_of
from rules.schema import ResolvedRules
from rules.shown import shown, written_unit
from rules.tree import And, Call, Compare, Expr, Means, Or, Path, Quantity, walk

YEAR = "year"
IN_YEARS = ("age", "years")


@dataclass(frozen=True)
class ShortfallTold:
    """A condition that did not hold, as it is written; its two sides and the items that it failed by also in words."""

    condition: str
    left: str
    right: str
    items: tuple[str, ...]
    left_words: Wording
    right_words: Wording
    items_words: tuple[Wording, ...]


def shortfall_told(policy: ResolvedPolicy, rule: str, short: Shortfall, items: tuple[Wording, ...]) -> ShortfallTold:
    left, right = sides(policy, rule, short) or (Wording(short.left, short.left), Wording(short.right, short.right))
    return ShortfallTold(short.condition, short.left, short.right, short.items, left, right, items)


def sides(policy: ResolvedPolicy, rule: str, short: Shortfall) -> tuple[Wording, Wording] | None:
    """None where no comparison of the rule reads so."""
    judged = policy.rules.rules.get(rule)
    for node in _comparisons(judged.when, policy.rules) if judged else ():
        if text_of(node) == short.condition:
            unit = YEAR if _in_years(node, policy) else ""
            return shown(node.left.type, short.left, unit), shown(node.right.type, short.right, unit)
    return None


def _comparisons(node: Expr, rules: ResolvedRules) -> Iterator[Compare]:
    """Where `rules.failing` looks for what failed."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part, rules)
        case Path((name,), Means.PART):
            yield from _comparisons(rules.parts[name].be, rules)
        case Compare():
            yield node


def _in_years(node: Expr, policy: ResolvedPolicy) -> bool:
    """Whether something in it is told in years; all else that counts months is told in months."""
    return any(_is_in_years(each, policy) for each in walk(node))


def _is_in_years(node: Expr, policy: ResolvedPolicy) -> bool:
    match node:
        case Quantity(unit=unit):
            return unit == YEAR
        case Call(name):
            return name in IN_YEARS
        case Path((name,), Means.FACT):
            return policy.rules.facts[name].given_in == YEAR
        case Path((name,), Means.PARAMETER):
            return any(item.id == name and written_unit(item) == YEAR for item in policy.items("parameters"))
    return False

"""A condition taken apart: what `and`, `or`, `not` and `if` join, and the facts that each joined part reads.

Each part can be asked for by itself and its answer kept, so that trying thousands of combinations of facts only joins
answers that are known already.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rules.intervals import AND, FLAWS, NO, NOT, OR, YES, Answers
from rules.reads import Reads
from rules.schema import ResolvedRules
from rules.tree import And, Expr, If, Means, Not, Or, Path
from rules.types import Truth


@dataclass(frozen=True)
class Atom:
    """A part with nothing to join inside, and every fact it reads, directly or through other parts."""

    node: Expr
    facts: tuple[str, ...]


def atoms_of(conditions: Sequence[Expr], rules: ResolvedRules) -> list[Atom]:
    reads = Reads(rules)
    nodes = {id(node): node for condition in conditions for node in _leaves(condition, rules)}
    return [Atom(node, tuple(name for name in reads.of(node) if name in rules.facts)) for node in nodes.values()]


def _leaves(node: Expr, rules: ResolvedRules) -> Iterator[Expr]:
    match node:
        case And(parts) | Or(parts):
            inside = parts
        case Not(part):
            inside = (part,)
        case If(condition, then, otherwise):
            inside = (condition, then, otherwise)
        case Path((name,), Means.PART):
            inside = (rules.parts[name].be,)
        case _:
            yield node
            return
    for each in inside:
        yield from _leaves(each, rules)


def joined(node: Expr, rules: ResolvedRules, answer: Callable[[Expr], Answers]) -> Answers:
    """What a condition comes to, given the answer of each of its atoms."""
    match node:
        case And(parts):
            found = YES
            for part in parts:
                found = AND[found][joined(part, rules, answer)]
                if found == NO:
                    break
            return found
        case Or(parts):
            found = NO
            for part in parts:
                found = OR[found][joined(part, rules, answer)]
                if found == YES:
                    break
            return found
        case Not(part):
            return NOT[joined(part, rules, answer)]
        case If(condition, then, otherwise) if isinstance(node.type, Truth):
            answers = joined(condition, rules, answer)
            found = answers & FLAWS
            found |= joined(then, rules, answer) if answers & YES else 0
            return found | (joined(otherwise, rules, answer) if answers & NO else 0)
        case Path((name,), Means.PART):
            return joined(rules.parts[name].be, rules, answer)
        case _:
            return answer(node)

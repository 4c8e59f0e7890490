"""What is true or false in Python: an expression that stops as soon as its answer is known, or one that minds flaws."""

from collections.abc import Callable, Sequence

from rules import python_lists, python_lookups
from rules.python_numbers import choice, compared, is_ordered, times
from rules.python_scope import Scope, flawed, lifted
from rules.python_writer import Bound, Here, Said, said
from rules.scaled import ONE
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Not, Or, Over, Path, TruthLiteral
from rules.types import Choice, Members

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def truth(node: Expr, scope: Scope, here: Here) -> Said:  # noqa: C901, PLR0911 one line per form of expression
    match node:
        case And(parts):
            return _joined("both", parts, scope, here) if flawed(node, scope, here) else _and(parts, scope, here)
        case Or(parts):
            return _joined("either", parts, scope, here) if flawed(node, scope, here) else _or(parts, scope, here)
        case Not(part):
            return refused(part, scope, here)
        case Compare():
            return _compare(node, node.sign, scope, here)
        case In():
            return _in(node, scope, here, negated=node.negated)
        case Path():
            return scope.read(node, here)
        case If():
            return choice(node, scope, here, scope.truth)
        case TruthLiteral(value):
            return said(repr(value), here.bound)
        case Over():
            return python_lists.truth_over(node, scope, here)
        case Lookup():
            return python_lookups.in_table(node, scope, here)
        case Call("band"):
            return python_lookups.in_band(node, scope, here)
        case Call("covers"):
            return python_lists.of_periods("covers", node, scope, here)
    raise TypeError(f"{type(node).__name__} is not true or false.")


def refused(node: Expr, scope: Scope, here: Here) -> Said:
    """That something is not so."""
    match node:
        case Compare():
            return _compare(node, OPPOSITE[node.sign], scope, here)
        case In():
            return _in(node, scope, here, negated=not node.negated)
        case Not(part) if not flawed(part, scope, here):
            return truth(part, scope, here)
    if flawed(node, scope, here):
        return said(f"negated({truth(node, scope, here).text})", here.bound)
    found = scope.truth(node, here)
    return Said(f"(not {found.text})", found.no, found.yes)


def _and(parts: Sequence[Expr], scope: Scope, here: Here) -> Said:
    return _chain("and", parts, scope, here, lambda said_: (said_.yes, said_.no))


def _or(parts: Sequence[Expr], scope: Scope, here: Here) -> Said:
    found = _chain("or", parts, scope, here, lambda said_: (said_.no, said_.yes))
    return Said(found.text, found.no, found.yes)


def _chain(
    word: str,
    parts: Sequence[Expr],
    scope: Scope,
    here: Here,
    ways: Callable[[Said], tuple[Bound, Bound]],
) -> Said:
    """Each part knows what was bound while those before it went on; what is bound at the end, going on or stopping."""
    bound, texts, stops = here.bound, list[str](), list[Bound]()
    for part in parts:
        found = scope.truth(part, here.knowing(bound))
        bound, stopped = ways(found)
        stops.append(stopped)
        texts.append(found.text)
    return Said(f"({f' {word} '.join(texts)})", bound, Bound.intersection(*stops))


def _joined(function: str, parts: Sequence[Expr], scope: Scope, here: Here) -> Said:
    texts = [scope.truth(part, here).text for part in parts]
    return said(f"{function}({', '.join(texts)})", here.bound)


def _compare(node: Compare, sign: str, scope: Scope, here: Here) -> Said:
    ways = compared(node.left, node.right) if is_ordered(node.left.type) else (ONE, ONE)
    return lifted(
        [node.left, node.right],
        scope,
        here,
        lambda a, b: f"({times(a[0], ways[0])} {sign} {times(b[0], ways[1])})",
    )


def _in(node: In, scope: Scope, here: Here, *, negated: bool) -> Said:
    known = node.item.type.members if isinstance(node.item.type, Choice) else ()
    among = node.among if isinstance(node.among, tuple) else _members(node.among, scope)
    members = sorted(ascii(member) for member in set(among) & set(known))
    if not members and not flawed(node.item, scope, here):
        return said(repr(negated), here.bound)
    word = "not in" if negated else "in"
    if len(members) == 1:
        return lifted([node.item], scope, here, lambda x: f"({x[0]} {'!=' if negated else '=='} {members[0]})")
    return lifted(
        [node.item], scope, here, lambda x: f"({x[0]} {word} ({''.join(f'{member}, ' for member in members)}))"
    )


def _members(name: str, scope: Scope) -> tuple[str, ...]:
    type_ = scope.rules.parameters[name].type
    return type_.members if isinstance(type_, Members) else ()

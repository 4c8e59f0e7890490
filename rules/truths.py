"""Whether something is so: and, or, not, comparisons, membership."""

from rules import lists, lookups, periods
from rules.intervals import AND, EITHER, FLAWS, NO, NOT, OR, PLAIN, YES, Answers, Options, Span, flawed
from rules.scope import Scope
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Not, Or, Over, Path, TruthLiteral
from rules.types import Choice, Members, Ref

BELOW, EQUAL, ABOVE = 1, 2, 4
_HOLDS = {"==": EQUAL, "!=": BELOW | ABOVE, "<": BELOW, "<=": BELOW | EQUAL, ">": ABOVE, ">=": ABOVE | EQUAL}
_SIGNS = BELOW | EQUAL | ABOVE
_FLAW_SHIFT = 1  # GAP and CONFLICT, moved past the three signs


def truth_of(node: Expr, scope: Scope) -> Answers:  # noqa: PLR0911 one line per form of expression
    match node:
        case And(parts):
            return _and(parts, scope)
        case Or(parts):
            return _or(parts, scope)
        case Not(part):
            return NOT[scope.truth(part)]
        case Compare():
            return _compare(node, scope)
        case Path():
            return _told(scope.read(node), scope)
        case In():
            return _in(node, scope)
        case Over("any"):
            return lists.any_item(node, scope)
        case Over("all"):
            return lists.all_items(node, scope)
        case _:
            return _rest(node, scope)


def _rest(node: Expr, scope: Scope) -> Answers:
    match node:
        case TruthLiteral(value):
            return YES if value else NO
        case If(condition, then, otherwise):
            answers = scope.truth(condition)
            found = answers & FLAWS
            found |= scope.truth(then) if answers & YES else 0
            return found | (scope.truth(otherwise) if answers & NO else 0)
        case Call("covers", (items, start, end)):
            return _told(periods.covers(scope.items(items), scope.span(start), scope.span(end)), scope)
        case Lookup():
            return _told(lookups.truth_in_table(node, scope), scope)
        case Call("band"):
            return _told(lookups.truth_in_band(node, scope), scope)
        case _:
            raise TypeError(f"{type(node).__name__} is not true or false.")


def _told(value: object, scope: Scope) -> Answers:
    if not isinstance(value, int):
        raise TypeError("An expression that was checked as true or false had another kind of value.")
    scope.compared(value)
    return value


def _and(parts: tuple[Expr, ...], scope: Scope) -> Answers:
    found = YES
    for part in parts:
        found = AND[found][scope.truth(part)]
        if found == NO:
            break
    return found


def _or(parts: tuple[Expr, ...], scope: Scope) -> Answers:
    found = NO
    for part in parts:
        found = OR[found][scope.truth(part)]
        if found == YES:
            break
    return found


def _compare(node: Compare, scope: Scope) -> Answers:
    if isinstance(node.left.type, Choice | Ref):
        answers = _same(scope.options(node.left), scope.options(node.right))
        scope.compared(answers)
        return answers if node.sign == "==" else NOT[answers]
    signs, flaws = signs_of(scope.span(node.left), scope.span(node.right))
    scope.compared(signs | flaws << _FLAW_SHIFT)
    return answers_of(node.sign, signs) | flaws


def signs_of(left: Span, right: Span) -> tuple[int, Answers]:
    """Which of below, equal and above are possible, and which flaws."""
    kinds = flawed(left.kinds, right.kinds)
    if not kinds & PLAIN:
        return 0, kinds
    signs = BELOW if left.lo < right.hi else 0
    signs |= EQUAL if left.lo <= right.hi and right.lo <= left.hi else 0
    signs |= ABOVE if left.hi > right.lo else 0
    return signs, kinds & FLAWS


def answers_of(sign: str, signs: int) -> Answers:
    holds = _HOLDS[sign]
    return (YES if signs & holds else 0) | (NO if signs & (_SIGNS ^ holds) else 0)


def _same(left: Options, right: Options) -> Answers:
    kinds = flawed(left.kinds, right.kinds)
    if not kinds & PLAIN:
        return kinds
    if left.among is None or right.among is None:
        return EITHER | kinds & FLAWS
    common = left.among & right.among
    surely = len(left.among) == len(right.among) == 1 and common
    return (YES if common else 0) | (0 if surely else NO) | (kinds & FLAWS)


def _in(node: In, scope: Scope) -> Answers:
    options = scope.options(node.item)
    among = options.among or frozenset()
    members = frozenset(node.among if isinstance(node.among, tuple) else members_of(node.among, scope))
    answers = options.kinds & FLAWS
    if options.kinds & PLAIN:
        answers |= (YES if among & members else 0) | (NO if among - members else 0)
    scope.compared(answers)
    return NOT[answers] if node.negated else answers


def members_of(name: str, scope: Scope) -> tuple[str, ...]:
    type_ = scope.rules.parameters[name].type
    return type_.members if isinstance(type_, Members) else ()

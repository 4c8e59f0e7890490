"""Members of enums, and refs: which of them something can be."""

from rules import lookups
from rules.intervals import FLAWS, NO, YES, Options, either_option
from rules.scope import Scope
from rules.tree import Call, Expr, If, Lookup, Path


def options_of(node: Expr, scope: Scope) -> Options:
    match node:
        case Path():
            found = scope.read(node)
            if isinstance(found, Options):
                return found
        case If(condition, then, otherwise):
            answers = scope.truth(condition)
            possible = [Options(frozenset(), answers & FLAWS)] if answers & FLAWS else []
            possible += [scope.options(then)] if answers & YES else []
            possible += [scope.options(otherwise)] if answers & NO else []
            return either_option(possible)
        case Lookup():
            return lookups.options_in_table(node, scope)
        case Call("band"):
            return lookups.options_in_band(node, scope)
    raise TypeError(f"{type(node).__name__} is not a member of an enum, nor a ref.")

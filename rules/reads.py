"""Which names an expression reads, directly and through the parts, values and columns that it reads."""

from collections.abc import Iterator, Mapping

from rules.schema import ResolvedRules
from rules.tree import Expr, In, Lookup, Means, Path, walk


def names_in(node: Expr) -> Iterator[str]:
    """Names read directly, in the order they are written; an item's field is `m.born_on` with the item's list."""
    for each in walk(node):
        match each:
            case Path((name, *_), means) if means not in (Means.ITEM, Means.MEMBER):
                yield name
            case In(_, str() as name):
                yield name
            case Lookup(name):
                yield name


def _fields_in(node: Expr) -> Iterator[str]:
    for each in walk(node):
        if isinstance(each, Path) and each.means is Means.ITEM:
            yield from each.names[1:]


class Reads:
    """What each expression of one policy reads."""

    def __init__(self, rules: ResolvedRules) -> None:
        self._inside: dict[str, tuple[Expr, ...]] = {
            **{name: (part.be,) for name, part in rules.parts.items()},
            **{
                name: tuple(tree for clause in value.clauses for tree in (clause.when, clause.be) if tree)
                for name, value in rules.values.items()
            },
        }
        self._columns: Mapping[tuple[str, str], Expr] = {key: column.be for key, column in rules.columns.items()}

    def of(self, node: Expr) -> tuple[str, ...]:
        """Every name once, in the order a reader meets them."""
        found: dict[str, None] = {}
        self._collect(node, found, set())
        return tuple(found)

    def _collect(self, node: Expr, found: dict[str, None], columns: set[tuple[str, str]]) -> None:
        for name in names_in(node):
            if name not in found:
                found[name] = None
                for inside in self._inside.get(name, ()):
                    self._collect(inside, found, columns)
        read = set(_fields_in(node))
        for key, inside in self._columns.items():
            if key[1] in read and key not in columns:
                columns.add(key)
                self._collect(inside, found, columns)


def mentioned(rules: ResolvedRules) -> frozenset[str]:
    """Every name that some expression of the policy reads."""
    trees = [rule.when for rule in rules.rules.values()]
    trees += [part.be for part in rules.parts.values()]
    trees += [
        tree for value in rules.values.values() for clause in value.clauses for tree in (clause.when, clause.be) if tree
    ]
    trees += [column.be for column in rules.columns.values()]
    trees += [rules.amount] if rules.amount else []
    return frozenset(name for tree in trees for name in names_in(tree))

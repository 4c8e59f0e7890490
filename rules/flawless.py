"""Which expressions of a policy can be a gap or a conflict of the law, and which never: known before any case is.

Facts are never flawed. A table is if a key has no row, a band if a step has no value, a value by clauses if it is not
sure that one clause wins. Back ends write the plain fast form wherever nothing can be flawed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from rules.declared import beaten_by
from rules.given import number_of
from rules.intervals import CONFLICT, FLAWS, GAP, Answers
from rules.schema import Band, ByClauses, Clause, ResolvedRules, Step, Table
from rules.tree import Call, Expr, Lookup, Means, Over, Path, children
from rules.types import Choice, Day, Exact, Month, Number, Record, Records, Type
from rules.words import ITEM

Lists = Mapping[str, str]  # for the name of each item that is bound, the list fact it comes from, if it has columns
NO_LISTS: Lists = {}
DOUBTFUL = "?"  # instead of a list: the item is a plain value that `each` made, and that may be flawed
MOST_GUARDS = 10


def list_of(node: Expr) -> str:
    """The fact that a list comes from, or nothing for a list of plain values."""
    return node.type.of if isinstance(node.type, Records | Record) else ""


def inside(node: Over, lists: Lists) -> Lists:
    return {**lists, node.item: list_of(node.source)}


def walk_items(node: Expr, lists: Lists = NO_LISTS) -> Iterator[tuple[Expr, Lists]]:
    """An expression and everything inside it, each with the items bound around it."""
    yield node, lists
    if isinstance(node, Over):
        yield from walk_items(node.source, lists)
        for each in (node.where, node.body):
            yield from walk_items(each, inside(node, lists)) if each else ()
        yield from walk_items(node.empty, lists) if node.empty else ()
        return
    for child in children(node):
        yield from walk_items(child, lists)


def columns_in(node: Expr, rules: ResolvedRules, lists: Lists = NO_LISTS) -> Iterator[tuple[str, str]]:
    """The computed columns, by list and name, that an expression reads directly."""
    for each, bound in walk_items(node, lists):
        match each:
            case Path((item, name), Means.ITEM) if (bound[item], name) in rules.columns:
                yield bound[item], name


@dataclass
class Flaws:
    """The bits of GAP and CONFLICT that an expression can come to; 0: it always has a value."""

    rules: ResolvedRules
    _found: dict[object, Answers] = field(default_factory=dict)

    def possible(self, node: Expr, lists: Lists = NO_LISTS) -> Answers:
        """`lists` names the items bound around the node. Kept by the node itself, as equal ones may differ in type."""
        if id(node) not in self._found:
            self._found[id(node)] = self._of(node, lists)
        return self._found[id(node)]

    def of_part(self, name: str) -> Answers:
        return self.possible(self.rules.parts[name].be)

    def of_column(self, of: str, name: str) -> Answers:
        return self.possible(self.rules.columns[of, name].be, {ITEM: of})

    def of_value(self, name: str) -> Answers:
        if name not in self._found:
            value = self.rules.values[name]
            trees = [tree for clause in value.clauses for tree in (clause.when, clause.be) if tree]
            self._found[name] = _either(map(self.possible, trees)) | clash(value)
        return self._found[name]

    def _of(self, node: Expr, lists: Lists) -> Answers:
        match node:
            case Path((name, *_), means):
                return self._path(node, name, means, lists)
            case Over():
                within = self._inside(node, lists)
                parts = [self.possible(each, within) for each in (node.where, node.body) if each]
                around = [self.possible(each, lists) for each in (node.source, node.empty) if each]
                return _either([*parts, *around])
            case Call("band", (Path((name,)), by)):
                return self.possible(by, lists) | band_gap(self.rules.bands[name], by.type)
        own = table_gap(self.rules.tables[node.table], node.keys) if isinstance(node, Lookup) else 0
        return own | _either(self.possible(child, lists) for child in children(node))

    def _path(self, node: Path, name: str, means: Means, lists: Lists) -> Answers:
        match means:
            case Means.PART:
                return self.of_part(name)
            case Means.VALUE:
                return self.of_value(name)
            case Means.ITEM if (lists[name], node.names[-1]) in self.rules.columns and len(node.names) > 1:
                return self.of_column(lists[name], node.names[-1])
            case Means.ITEM if lists[name] == DOUBTFUL:
                return FLAWS
        return 0

    def _inside(self, node: Over, lists: Lists) -> Lists:
        found = inside(node, lists)
        doubtful = not found[node.item] and self.possible(node.source, lists)
        return {**found, node.item: DOUBTFUL} if doubtful else found


def _either(found: Iterable[Answers]) -> Answers:
    flaws = 0
    for each in found:
        flaws |= each
    return flaws


# -- where the law may have no row, step or clause ----------------------------------------------------------------


def table_gap(table: Table, keys: tuple[Expr, ...]) -> Answers:
    """GAP where some key that these expressions can have lies in no row."""
    enums = [key.type.members for key in keys if isinstance(key.type, Choice)]
    dated = [key.type for key in keys if isinstance(key.type, Day | Month)]
    first, last = (dated[0].least, dated[0].most) if dated else (0, 0)
    declared = [key for key in table.keys if isinstance(key, Day | Month)]
    rows = row_windows(table, declared[0] if declared else None)
    covered = (_covers(rows.get(members, []), first, last) for members in product(*enums))
    return 0 if all(covered) else GAP


Window = tuple[int, int]
ALWAYS: Window = (0, 10**9)


def row_windows(table: Table, dated: Day | Month | None) -> dict[tuple[str, ...], list[tuple[Window, int]]]:
    """For each combination of enum keys the first and last day or month of its rows, and the row's place."""
    found: dict[tuple[str, ...], list[tuple[Window, int]]] = {}
    for place, row in enumerate(table.rows):
        ends = [None if end is None or dated is None else number_of(end, dated) for end in (row.since, row.until)]
        first, last = (int(usual if end is None else end) for end, usual in zip(ends, ALWAYS, strict=True))
        found.setdefault(row.members, []).append(((first, last), place))
    return {members: sorted(rows) for members, rows in found.items()}


def _covers(rows: list[tuple[Window, int]], first: int, last: int) -> bool:
    for (since, until), _ in rows:
        if since > first:
            return False
        first = max(first, until + 1)
    return first > last


def band_gap(band: Band, by: Type) -> Answers:
    """GAP where a step without a value can be stood on."""
    if not isinstance(by, Number):
        return GAP
    given = [band.below] if not _stands(by.least, band.steps[0]) else []
    following = [*band.steps[1:], None]
    for step, after in zip(band.steps, following, strict=True):
        if _stands(by.most, step) and not (after and _stands(by.least, after)):
            given.append(step.value)
    return GAP if None in given else 0


def _stands(number: Exact, step: Step) -> bool:
    return number >= step.bound if step.inclusive else number > step.bound


# -- clauses ------------------------------------------------------------------------------------------------------


def clash(value: ByClauses) -> Answers:
    """What the clauses can come to besides a winner, however their guards turn out."""
    guarded = [clause for clause in value.clauses if clause.when]
    if len(guarded) > MOST_GUARDS:
        return FLAWS
    always = {clause.id for clause in value.clauses if not clause.when}
    found = 0
    for way in product((True, False), repeat=len(guarded)):
        holding = always | {clause.id for clause, holds in zip(guarded, way, strict=True) if holds}
        unbeaten = len(holding - _beaten(value, holding))
        found |= 0 if unbeaten == 1 else CONFLICT if unbeaten else GAP
    return found


def _beaten(value: ByClauses, holding: set[str]) -> set[str]:
    beats = beaten_by(value)
    return {loser for clause in holding for loser in beats[clause]}


def ranked(value: ByClauses) -> tuple[Clause, ...]:
    """Whoever beats before whoever is beaten: where one always wins, it is the first of these that holds."""
    beats = beaten_by(value)
    return tuple(sorted(value.clauses, key=lambda clause: -len(beats[clause.id])))

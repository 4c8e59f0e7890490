"""One policy in terms of z3: of every rule, and of the outcome, when it is yes, no, a gap or a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import z3

from rules import solver_lists, solver_lookups, solver_numbers, solver_periods
from rules.infer import one_type
from rules.places import NOWHERE
from rules.python_program import facts_read
from rules.scaled import denominator_of, factor
from rules.schema import ByClauses, ResolvedRules, Role
from rules.solver_calendar import Calendar
from rules.solver_facts import Variables
from rules.solver_scope import Scope
from rules.solver_terms import Flag, either
from rules.solver_values import (
    Held,
    ItemRow,
    Listing,
    Point,
    Single,
    Translated,
    all_hold,
    any_holds,
    chosen,
    flawed_by,
    held,
    negated,
)
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Means, Not, Or, Over, Path, TruthLiteral
from rules.truths import members_of
from rules.types import Choice, Members, Number, Ref, Truth
from rules.words import ITEM

SIGNS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@dataclass
class Codes:
    """Members and ids as numbers, in the order in which they are met."""

    words: dict[str, int] = field(default_factory=dict)

    def of(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))


@dataclass
class Noted:
    """When each row or step gives a value, and when a table, a band or the clauses of a value have none to give."""

    hits: dict[tuple[str, int], list[Flag]] = field(default_factory=dict)
    gaps: dict[str, list[Flag]] = field(default_factory=dict)


class Translation:
    """Reckons each part and value once. Given to the modules of the translation as their `Scope`."""

    def __init__(self, rules: ResolvedRules, items: int) -> None:
        self.rules = rules
        self.context = z3.Context()
        self.calendar = Calendar(self.context)
        self.codes = Codes()
        for each in rules.facts.values():
            for member in each.type.members if isinstance(each.type, Choice) else ():
                self.codes.of(member)
        self.noted = Noted()
        self.variables = Variables(rules, facts_read(rules), items, self.context, self.codes.of)
        self._reckoned: dict[str, Held | Point | Listing] = {}
        self._columns: dict[tuple[int, str], tuple[ItemRow, Held | Point]] = {}
        self._top = _Scope(self, {})
        self.rule = {rule.id: self._top.truth(rule.when) for rule in rules.rules.values()}
        self.outcome = _outcome(rules, self.rule)
        self.amount = self._top.value(rules.amount) if rules.amount else None
        for name in (*rules.parts, *rules.values):
            self.named(name)

    @property
    def given(self) -> list[Flag]:
        """What holds of every case: the declared ranges, and what the calendar says."""
        return [each for each in (*self.variables.given, *self.calendar.given) if each is not True]

    @property
    def top(self) -> "Scope":
        return self._top

    def named(self, name: str) -> Held | Point | Listing:
        """A part or value, by its name."""
        if name not in self._reckoned:
            part = self.rules.parts.get(name)
            found = self._top.any_value(part.be) if part else self._by_clauses(self.rules.values[name])
            self._reckoned[name] = found
        return self._reckoned[name]

    def _by_clauses(self, value: ByClauses) -> Held | Point:
        whole = denominator_of(one_type(tuple(clause.be for clause in value.clauses), NOWHERE))
        given = [_scaled(self._top.value(clause.be), clause.be, whole) for clause in value.clauses]
        return solver_lookups.by_clauses(value, given, self._top)

    def column(self, item: ItemRow, name: str) -> Held | Point:
        key = (id(item), name)
        if key not in self._columns:
            column = self.rules.columns[item.of, name]
            self._columns[key] = (item, _Scope(self, {ITEM: item}).value(column.be))
        return self._columns[key][1]


def _scaled(found: Held | Point, node: Expr, whole: int) -> Held | Point:
    if isinstance(found, Held) or not isinstance(node.type, Number):
        return found
    return Point(solver_numbers.times(found.at, factor(denominator_of(node.type), whole)), found.flaws)


@dataclass(frozen=True)
class _Scope:
    whole: Translation
    bound: Mapping[str, Single]

    @property
    def rules(self) -> ResolvedRules:
        return self.whole.rules

    @property
    def calendar(self) -> Calendar:
        return self.whole.calendar

    def code(self, word: str) -> int:
        return self.whole.codes.of(word)

    def looked_up(self, name: str, row: int, hit: Flag) -> None:
        self.whole.noted.hits.setdefault((name, row), []).append(hit)

    def lacking(self, name: str, gap: Flag) -> None:
        self.whole.noted.gaps.setdefault(name, []).append(gap)

    def binding(self, item: str, value: Single) -> "_Scope":
        return _Scope(self.whole, {**self.bound, item: value})

    # -- values by their kind -----------------------------------------------------------------------------------

    def any_value(self, node: Expr) -> Held | Point | Listing:
        match node.type:
            case Truth() | Number() | Choice() | Ref():
                return self.value(node)
        return self.value(node) if hasattr(node.type, "least") else self.items(node)

    def value(self, node: Expr) -> Held | Point:
        return self.truth(node) if isinstance(node.type, Truth) else self.point(node)

    def items(self, node: Expr) -> Listing:
        return solver_lists.items_of(node, self)

    def point(self, node: Expr) -> Point:
        if not isinstance(node.type, Choice | Ref):
            return solver_numbers.number(node, self)
        match node:
            case Path():
                return solver_numbers.point_read(node, self)
            case If(condition, then, otherwise):
                found = chosen(self.truth(condition), self.point(then), self.point(otherwise))
                return solver_numbers.as_point(found)
            case Lookup():
                return solver_numbers.as_point(solver_lookups.in_table(node, self))
            case Call("band"):
                return solver_numbers.as_point(solver_lookups.in_band(node, self))
        raise TypeError(f"{type(node).__name__} is not a member of an enum, nor a ref.")

    def truth(self, node: Expr) -> Held:  # noqa: C901, PLR0911 one line per form of expression
        match node:
            case TruthLiteral(value):
                return Held(value)
            case And(parts):
                return all_hold(map(self.truth, parts))
            case Or(parts):
                return any_holds(map(self.truth, parts))
            case Not(part):
                return negated(self.truth(part))
            case Compare():
                return self._compare(node)
            case In():
                return self._in(node)
            case If(condition, then, otherwise):
                return as_held(chosen(self.truth(condition), self.truth(then), self.truth(otherwise)))
            case Over():
                return solver_lists.truth_over(node, self)
            case Lookup():
                return as_held(solver_lookups.in_table(node, self))
            case Call("band"):
                return as_held(solver_lookups.in_band(node, self))
            case Call("covers"):
                return solver_periods.covers(node, self)
            case Path():
                return as_held(self.read(node))
        raise TypeError(f"{type(node).__name__} is not true or false.")

    def _compare(self, node: Compare) -> Held:
        left, right = self.point(node.left), self.point(node.right)
        ways = denominator_of(node.left.type), denominator_of(node.right.type)
        flag = SIGNS[node.sign](left.at * ways[1], right.at * ways[0])
        return held(flag, flawed_by(left.flaws, right.flaws))

    def _in(self, node: In) -> Held:
        item = self.point(node.item)
        among = node.among if isinstance(node.among, tuple) else members_of(node.among, _Rules(self.rules))  # type: ignore[arg-type]  # it asks for the rules alone
        found = held(either(*(item.at == self.code(member) for member in among)), item.flaws)
        return negated(found) if node.negated else found

    # -- names --------------------------------------------------------------------------------------------------

    def read(self, path: Path) -> Translated:
        name = path.names[0]
        match path.means:
            case Means.FACT:
                return self.whole.variables.of[name]
            case Means.PARAMETER:
                parameter = self.rules.parameters[name]
                if isinstance(parameter.value, frozenset) or isinstance(parameter.type, Members):
                    raise TypeError("A set is only looked in.")
                return solver_lookups.constant(parameter.value, parameter.type, self)
            case Means.PART | Means.VALUE:
                return self.whole.named(name)
            case Means.MEMBER:
                return Point(self.code(name))
            case Means.ITEM:
                return self._field(self.bound[name], path.names[1:])
        raise TypeError(f"'{name}' was not resolved before it was read.")

    def _field(self, item: Single, fields: tuple[str, ...]) -> Translated:
        if not isinstance(item, ItemRow):
            return item
        return item.fields[fields[0]] if fields[0] in item.fields else self.whole.column(item, fields[0])


@dataclass(frozen=True)
class _Rules:
    rules: ResolvedRules


def as_held(found: object) -> Held:
    if not isinstance(found, Held):
        raise TypeError("An expression that was checked as true or false had another kind of value.")
    return found


def _outcome(rules: ResolvedRules, found: Mapping[str, Held]) -> Held:
    """As `rules.outcome` sums the verdicts up."""
    of = {role: [found[rule.id] for rule in rules.rules.values() if rule.role is role] for role in Role}
    if of[Role.PATH] and not (of[Role.GROUND] or of[Role.CONDITION] or of[Role.EXCLUSION]):
        return any_holds(of[Role.PATH])
    grounds = any_holds(of[Role.GROUND]) if of[Role.GROUND] else Held(yes=True)
    return all_hold((grounds, *of[Role.CONDITION], *(negated(each) for each in of[Role.EXCLUSION])))

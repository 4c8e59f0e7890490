"""A checked policy becomes the rule engine's program: two engine rules per rule, and the outcome by chaining.

The engine sees flags, the texts of enums and the signs of differences; dates, money and lists are reckoned before.
"""

from dataclasses import dataclass, field, replace

from cases.determinations import Verdict
from rules.durable_limits import check
from rules.durable_outcome import outcome_rules
from rules.durable_program import Comparison, DurableProgram, EngineRule, Field, Test
from rules.durable_sides import ALWAYS, DIFFERENCES, Sides, all_of, all_parts, any_part, certainly, if_else
from rules.schema import ResolvedRules, Role
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Means, Not, Or, Over, Path, TruthLiteral, walk
from rules.types import Choice, Day, Month, Number


@dataclass
class Asked:
    """What has to be reckoned for each case: fields of the engine by the expression that gives them."""

    differences: dict[Compare, str] = field(default_factory=dict)  # a comparison: its field's name, with _lo and _hi
    texts: dict[str, str] = field(default_factory=dict)  # an enum fact: its field
    flags: dict[Expr, str] = field(default_factory=dict)  # anything else that is true or false


@dataclass(frozen=True)
class EnginePolicy:
    program: DurableProgram
    asked: Asked


def compiled(rules: ResolvedRules) -> EnginePolicy:
    """UnsafeForEngine where the policy needs more than the engine does reliably."""
    compiler = _Compiler(rules)
    judged = [each for id_, rule in rules.rules.items() for each in compiler.judged(id_, rule.role, rule.when)]
    program = DurableProgram(compiler.fields(), (*judged, *outcome_rules(rules)))
    check(program)
    return EnginePolicy(program, compiler.asked)


class _Compiler:
    def __init__(self, rules: ResolvedRules) -> None:
        self._rules = rules
        self.asked = Asked()
        self._members: dict[str, tuple[str, ...]] = {}

    def judged(self, rule: str, role: Role, when: Expr) -> tuple[EngineRule, EngineRule]:
        sides = self.sides(when)
        return (
            EngineRule(f"{rule}/yes", rule, role, Verdict.YES, sides.yes),
            EngineRule(f"{rule}/no", rule, role, Verdict.NO, sides.no),
        )

    def fields(self) -> tuple[Field, ...]:
        return (
            Field(ALWAYS),
            *(Field(name + end) for name in self.asked.differences.values() for end in ("_lo", "_hi")),
            *(Field(name, self._members[fact]) for fact, name in self.asked.texts.items()),
            *(Field(name) for name in self.asked.flags.values()),
        )

    def sides(self, node: Expr) -> Sides:  # noqa: C901, PLR0911 - one line per form of expression
        match node:
            case TruthLiteral(value):
                return certainly(value)
            case Not(part):
                return self.sides(part).turned()
            case And(parts):
                return all_of(map(self.sides, parts))
            case Or(parts):
                return all_of(self.sides(part).turned() for part in parts).turned()
            case If(condition, then, otherwise) if not _may_be_flawed(condition):
                return if_else(self.sides(condition), self.sides(then), self.sides(otherwise))
            case Path((name,), Means.PART):
                return self.sides(self._rules.parts[name].be)
            case Path((name,), Means.PARAMETER):
                return certainly(self._rules.parameters[name].value is True)
            case Compare(sign, left, _) if isinstance(left.type, Number | Day | Month):
                return self._difference(node, sign)
            case Compare():
                return self._same(node)
            case In(_, among, negated):
                sides = self._among(node, self._members_of(among))
                return sides.turned() if negated else sides
        return self._flag(node)

    def _difference(self, node: Compare, sign: str) -> Sides:
        """A number, day or month against another: the sign of left minus right, as the range it may lie in."""
        same = replace(node, sign="-")  # `a < b` and `a >= b` ask for one difference
        name = self.asked.differences.setdefault(same, f"d{len(self.asked.differences)}")
        return DIFFERENCES[sign](f"{name}_lo", f"{name}_hi")

    def _same(self, node: Compare) -> Sides:
        """An enum fact against one of its members; other equalities are reckoned before."""
        sides = self._flag(replace(node, sign="=="))
        for item, other in ((node.left, node.right), (node.right, node.left)):
            if _is_enum_fact(item) and (member := self._member(other)):
                sides = self._one_of(item, (member,))
        return sides if node.sign == "==" else sides.turned()

    def _among(self, node: In, members: tuple[str, ...]) -> Sides:
        if _is_enum_fact(node.item):
            return self._one_of(node.item, members)
        return self._flag(replace(node, negated=False))

    def _one_of(self, item: Expr, members: tuple[str, ...]) -> Sides:
        if not isinstance(item, Path) or not isinstance(item.type, Choice):
            raise TypeError("only an enum fact is compared as text")
        possible = tuple(member for member in item.type.members if member in members)
        if len(possible) in (0, len(item.type.members)):
            return certainly(bool(possible))  # whatever the fact is
        (fact,) = item.names
        self._members[fact] = item.type.members
        name = self.asked.texts.setdefault(fact, f"e{len(self.asked.texts)}")
        return Sides(
            any_part([Test(name, Comparison.IS, member) for member in possible]),
            all_parts([Test(name, Comparison.IS_NOT, member) for member in possible]),
        )

    def _member(self, node: Expr) -> str:
        match node:
            case Path((name,), Means.MEMBER):
                return name
            case Path((name,), Means.PARAMETER):
                value = self._rules.parameters[name].value
                return value if isinstance(value, str) else ""
        return ""

    def _members_of(self, among: tuple[str, ...] | str) -> tuple[str, ...]:
        if isinstance(among, tuple):
            return among
        value = self._rules.parameters[among].value
        return tuple(sorted(value)) if isinstance(value, frozenset) else ()

    def _flag(self, node: Expr) -> Sides:
        name = self.asked.flags.setdefault(node, f"b{len(self.asked.flags)}")
        return Sides(Test(name, Comparison.IS, 1), Test(name, Comparison.IS, 0))


def _may_be_flawed(condition: Expr) -> bool:
    """Whether the law may have no value for a condition: then its branches do not decide, even where they agree."""
    return any(
        isinstance(node, Lookup | Call | Over) or (isinstance(node, Path) and node.means in (Means.PART, Means.VALUE))
        for node in walk(condition)
    )


def _is_enum_fact(node: Expr) -> bool:
    return (
        isinstance(node, Path) and node.means is Means.FACT and isinstance(node.type, Choice) and len(node.names) == 1
    )

"""A checked policy becomes the rule engine's program: two engine rules per rule, and the outcome by chaining.

The engine sees flags, the texts of enums and the signs of differences; dates, money and lists are reckoned before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cases.determinations import Verdict
from rules.durable_limits import MOST_HEARD, check
from rules.durable_program import (
    OUTCOME,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DurableProgram,
    EngineRule,
    Field,
    Heard,
    Settled,
    Test,
)
from rules.schema import ResolvedRules, Role
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Means, Not, Or, Over, Path, TruthLiteral, walk
from rules.types import Choice, Day, Month, Number

YES: Final = Verdict.YES
NO: Final = Verdict.NO
IS, IS_NOT, BELOW, AT_MOST, ABOVE, AT_LEAST = (
    Comparison.IS,
    Comparison.IS_NOT,
    Comparison.BELOW,
    Comparison.AT_MOST,
    Comparison.ABOVE,
    Comparison.AT_LEAST,
)
ALWAYS = "always"  # a field that is 1 in every case, for conditions without a question


@dataclass(frozen=True)
class Sides:
    """When a condition surely holds, and when it surely does not; neither: unknown."""

    yes: Condition
    no: Condition

    def turned(self) -> "Sides":
        return Sides(self.no, self.yes)


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
    program = DurableProgram(compiler.fields(), (*judged, *_outcome(rules)))
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
            EngineRule(f"{rule}/yes", rule, role, YES, sides.yes),
            EngineRule(f"{rule}/no", rule, role, NO, sides.no),
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
                return _certainly(value)
            case Not(part):
                return self.sides(part).turned()
            case And(parts):
                return _all_of(map(self.sides, parts))
            case Or(parts):
                return _all_of(self.sides(part).turned() for part in parts).turned()
            case If(condition, then, otherwise) if not _may_be_flawed(condition):
                return _if(self.sides(condition), self.sides(then), self.sides(otherwise))
            case Path((name,), Means.PART):
                return self.sides(self._rules.parts[name].be)
            case Path((name,), Means.PARAMETER):
                return _certainly(self._rules.parameters[name].value is True)
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
            return _certainly(bool(possible))  # whatever the fact is
        (fact,) = item.names
        self._members[fact] = item.type.members
        name = self.asked.texts.setdefault(fact, f"e{len(self.asked.texts)}")
        return Sides(
            _any([Test(name, IS, member) for member in possible]),
            _all([Test(name, IS_NOT, member) for member in possible]),
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
        return Sides(Test(name, IS, 1), Test(name, IS, 0))


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


DIFFERENCES: Mapping[str, Callable[[str, str], Sides]] = {
    ">=": lambda lo, hi: Sides(Test(lo, AT_LEAST, 0), Test(hi, BELOW, 0)),
    "<": lambda lo, hi: Sides(Test(hi, BELOW, 0), Test(lo, AT_LEAST, 0)),
    ">": lambda lo, hi: Sides(Test(lo, ABOVE, 0), Test(hi, AT_MOST, 0)),
    "<=": lambda lo, hi: Sides(Test(hi, AT_MOST, 0), Test(lo, ABOVE, 0)),
    "==": lambda lo, hi: Sides(
        AllOf((Test(lo, AT_LEAST, 0), Test(hi, AT_MOST, 0))), AnyOf((Test(lo, ABOVE, 0), Test(hi, BELOW, 0)))
    ),
    "!=": lambda lo, hi: DIFFERENCES["=="](lo, hi).turned(),
}


def _certainly(value: bool) -> Sides:
    sides = Sides(Test(ALWAYS, IS, 1), Test(ALWAYS, IS, 0))
    return sides if value else sides.turned()


def _all(parts: list[Condition]) -> Condition:
    """Without a group inside a group of its own kind: the engine allows only few levels."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(dict.fromkeys(flat)))


def _any(parts: list[Condition]) -> Condition:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(dict.fromkeys(flat)))


def _all_of(sides: Iterable[Sides]) -> Sides:
    each = list(sides)
    return Sides(_all([side.yes for side in each]), _any([side.no for side in each]))


def _if(condition: Sides, then: Sides, otherwise: Sides) -> Sides:
    """Where both branches give one answer, the condition does not matter."""
    return Sides(
        *(
            _any([_all([condition.yes, a]), _all([condition.no, b]), _all([a, b])])
            for a, b in ((then.yes, otherwise.yes), (then.no, otherwise.no))
        )
    )


def _outcome(rules: ResolvedRules) -> Iterable[EngineRule]:
    """Some ground, where there are any, and every condition and no exclusion; a path decides nothing."""
    of = {role: [id_ for id_, rule in rules.rules.items() if rule.role is role] for role in Role}
    required: list[Heard] = []
    failing: list[Heard] = []
    if grounds := of[Role.GROUND]:
        required.append(Heard(YES, rule="@grounds"))
        failing.append(Heard(NO, rule="@grounds"))
        yield EngineRule("@grounds/yes", "@grounds", "@", YES, (Heard(YES, role=Role.GROUND),))
        yield from _every("@grounds", NO, [Heard(NO, rule=ground) for ground in grounds])
    if conditions := of[Role.CONDITION]:
        required.append(Heard(YES, rule="@conditions"))
        failing.append(Heard(NO, role=Role.CONDITION))
        yield from _every("@conditions", YES, [Heard(YES, rule=condition) for condition in conditions])
    if exclusions := of[Role.EXCLUSION]:
        required.append(Heard(NO, rule="@exclusions"))
        failing.append(Heard(YES, role=Role.EXCLUSION))
        yield from _every("@exclusions", NO, [Heard(NO, rule=exclusion) for exclusion in exclusions])
    if not required and (paths := of[Role.PATH]):  # a policy that is all paths: whether one of them is open
        required.append(Heard(YES, role=Role.PATH))
        failing.append(Heard(NO, rule="@paths"))
        yield from _every("@paths", NO, [Heard(NO, rule=path) for path in paths])
    if required:
        yield EngineRule(f"{OUTCOME}/yes", OUTCOME, "outcome", YES, tuple(required))
    for place, heard in enumerate(failing):
        yield EngineRule(f"{OUTCOME}/no{place}", OUTCOME, "outcome", NO, (heard,))


def _every(name: str, verdict: Settled, heard: list[Heard]) -> Iterable[EngineRule]:
    """One announcement once all have been heard, in stages where they are more than one rule may listen to."""
    while len(heard) > MOST_HEARD:
        stage, heard = heard[:MOST_HEARD], heard[MOST_HEARD:]
        staged = f"{name}{len(heard)}"
        yield EngineRule(f"{staged}/{verdict}", staged, "@", verdict, tuple(stage))
        heard.append(Heard(verdict, rule=staged))
    yield EngineRule(f"{name}/{verdict}", name, "@", verdict, tuple(heard))

"""The subset of the rule engine that was measured to be right; a program outside it is refused before it is loaded."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from cases.determinations import Verdict
from rules.durable_program import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DurableProgram,
    Field,
    Heard,
    Test,
    tests_in,
)

MOST_RULES = 250
MOST_FIELDS = 200
MOST_BRANCHES = 60  # the engine keeps 64 places for what is true at once, and fails on the 65th
MOST_HEARD = 15  # of 16 facts a rule may join
LONGEST_MEMBER = 200
DEEPEST = 6  # nested and/or groups; the engine refuses from eight pairs on
MOST_GROUPS = 15  # and/or groups in one pattern, side by side or nested: each takes two of 31 places

OWN_NAMES = ("id", "sid", "kind", "rule", "role", "says")  # the engine's, and those of our announcements
NAME = re.compile(r"[^\W\d]\w{0,99}")


class UnsafeForEngine(ValueError):
    """The policy needs more than the rule engine does reliably. `problems` says all of it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("The rule engine cannot be trusted with this policy: " + "; ".join(problems) + ".")
        self.problems = problems


def check(program: DurableProgram) -> None:
    """Raise UnsafeForEngine with every problem found."""
    problems = tuple(problem for find in CHECKS for problem in find(program))
    if problems:
        raise UnsafeForEngine(problems)


def name_hash(name: str) -> int:
    """The engine looks a field up by this 32-bit FNV-1a hash alone, never by its name."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def branches(condition: Condition) -> int:
    """How many ways lead through a condition."""
    if isinstance(condition, Test):
        return 1
    ways = [branches(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return sum(ways)
    product = 1
    for way in ways:
        product *= way
    return product


def branches_of(program: DurableProgram) -> int:
    """Places needed at once: a rule's yes and no exclude each other, so the larger of the two counts."""
    widest: Counter[str] = Counter()
    for side in (Verdict.YES, Verdict.NO):
        of_side: Counter[str] = Counter()
        for rule in program.rules:
            if rule.verdict is side and not isinstance(rule.when, tuple):
                of_side[rule.rule] += branches(rule.when)
        widest |= of_side
    return widest.total()


def _sizes(program: DurableProgram) -> Iterator[str]:
    if not program.rules:
        yield "it has no rule"
    if (count := len(program.rules)) > MOST_RULES:
        yield f"it needs {count} engine rules, the most is {MOST_RULES}"
    if (count := len(program.fields)) > MOST_FIELDS:
        yield f"it compares {count} fields, the most is {MOST_FIELDS}"
    if (count := branches_of(program)) > MOST_BRANCHES:
        yield f"its rules have {count} branches together, the most is {MOST_BRANCHES}: split the policy"


def _names(program: DurableProgram) -> Iterator[str]:
    taken = {name_hash(name): name for name in OWN_NAMES}
    for field in program.fields:
        if field.name in OWN_NAMES or not NAME.fullmatch(field.name):
            yield f"{field.name!r} cannot be the name of a field"
            continue
        other = taken.setdefault(name_hash(field.name), field.name)
        if other != field.name:
            yield f"the engine would take the fields {other!r} and {field.name!r} for one another"
    for name, count in Counter(field.name for field in program.fields).items():
        if count > 1:
            yield f"the field {name!r} is declared {count} times"
    for id_, count in Counter(rule.id for rule in program.rules).items():
        if count > 1 or not id_ or id_.startswith("__") or "$" in id_:
            yield f"{id_!r} cannot be the id of an engine rule, or is used twice"


def _members(program: DurableProgram) -> Iterator[str]:
    for field in program.fields:
        if any(not member or not member.isprintable() or len(member) > LONGEST_MEMBER for member in field.members):
            yield f"a member of {field.name!r} is empty, unprintable or too long"
        if len(set(field.members)) != len(field.members):
            yield f"a member of {field.name!r} is named twice"


def _conditions(program: DurableProgram) -> Iterator[str]:
    fields = {field.name: field for field in program.fields}
    for rule in program.rules:
        if isinstance(rule.when, tuple):
            continue
        if _depth(rule.when) > DEEPEST:
            yield f"{rule.id!r} nests and/or more than {DEEPEST} deep"
        if (count := _groups(rule.when) + (not isinstance(rule.when, AllOf))) > MOST_GROUPS:
            yield f"{rule.id!r} has {count} groups of and/or, the most is {MOST_GROUPS}: name parts of it as rules"
        if _has_empty_group(rule.when):
            yield f"{rule.id!r} has an empty group of conditions"
        for test in tests_in(rule.when):
            yield from _test(rule.id, test, fields.get(test.field))


def _test(rule: str, test: Test, field: Field | None) -> Iterator[str]:
    if field is None:
        yield f"{rule!r} compares {test.field!r}, which is not declared"
    elif not field.admits(test.constant):
        yield f"{rule!r} compares {test.field!r} with a value it cannot have"
    elif field.members and test.comparison not in (Comparison.IS, Comparison.IS_NOT):
        yield f"{rule!r} orders the texts of {test.field!r}, which the engine gets wrong"
    elif not field.members and test.comparison is Comparison.IS_NOT:
        yield f"{rule!r} uses 'is not' on the number {test.field!r}"


def _chains(program: DurableProgram) -> Iterator[str]:
    """A rule may listen to earlier rules only, which excludes every cycle."""
    last_said: dict[Heard, int] = {}
    for order, rule in enumerate(program.rules):
        last_said[Heard(rule.verdict, rule=rule.rule)] = last_said[Heard(rule.verdict, role=rule.role)] = order
    for order, rule in enumerate(program.rules):
        if isinstance(rule.when, tuple):
            yield from _listening(rule.id, rule.when, {heard: said < order for heard, said in last_said.items()})


def _listening(rule: str, heard: tuple[Heard, ...], earlier: Mapping[Heard, bool]) -> Iterator[str]:
    if not 1 <= len(heard) <= MOST_HEARD:
        yield f"{rule!r} listens to {len(heard)} announcements, between 1 and {MOST_HEARD} are possible"
    if len(set(heard)) != len(heard):
        yield f"{rule!r} listens to one announcement twice"
    for each in heard:
        if each not in earlier:
            yield f"{rule!r} listens to an announcement that no rule makes"
        elif not earlier[each]:
            yield f"{rule!r} listens to a rule that is not earlier"


def _depth(condition: Condition) -> int:
    return 0 if isinstance(condition, Test) else 1 + max((_depth(part) for part in condition.parts), default=0)


def _groups(condition: Condition) -> int:
    return 0 if isinstance(condition, Test) else 1 + sum(map(_groups, condition.parts))


def _has_empty_group(condition: Condition) -> bool:
    if isinstance(condition, AllOf | AnyOf):
        return not condition.parts or any(_has_empty_group(part) for part in condition.parts)
    return False


CHECKS: tuple[Callable[[DurableProgram], Iterator[str]], ...] = (_sizes, _names, _members, _conditions, _chains)

"""What the rule engine is given: for every rule of a policy, when it surely holds and when it surely does not."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Literal

from cases.determinations import Verdict

OUTCOME = "@outcome"
ENGINE = "durable-rules 2.0.28"
Settled = Literal[Verdict.YES, Verdict.NO]


class Comparison(StrEnum):
    """The comparisons the engine is trusted with; a missing field makes every one of them false."""

    IS = "is"
    IS_NOT = "is-not"
    BELOW = "below"
    AT_MOST = "at-most"
    ABOVE = "above"
    AT_LEAST = "at-least"


@dataclass(frozen=True)
class Test:
    """One field against one constant of the field's own type."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    field: str
    comparison: Comparison
    constant: int | str


@dataclass(frozen=True)
class AllOf:
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    parts: "tuple[Condition, ...]"


Condition = Test | AllOf | AnyOf


@dataclass(frozen=True)
class Heard:
    """A verdict that an earlier rule has announced: of one rule by name, or of any rule in a role."""

    verdict: Settled
    rule: str = ""
    role: str = ""


@dataclass(frozen=True)
class EngineRule:
    """Announces `verdict` about `rule` when its condition holds, or when all it listens for has been heard.

    A Condition looks at the case's fields; a tuple of Heard chains over what other rules have announced.
    """

    id: str
    rule: str
    role: str
    verdict: Settled
    when: Condition | tuple[Heard, ...]


@dataclass(frozen=True)
class Field:
    """A value the engine may compare. `members` are the texts it may hold; empty: a whole number."""

    name: str
    members: tuple[str, ...] = ()

    def admits(self, value: object) -> bool:
        if self.members:
            return isinstance(value, str) and value in self.members
        return type(value) is int and abs(value) <= LARGEST_NUMBER


LARGEST_NUMBER = 2**53


@dataclass(frozen=True)
class DurableProgram:
    """The fields in declared order, and the rules in the order in which they fire."""

    fields: tuple[Field, ...]
    rules: tuple[EngineRule, ...]

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """Everything the engine gives a verdict on, in order."""
        return tuple(dict.fromkeys(rule.rule for rule in self.rules))

    @cached_property
    def encoded(self) -> str:
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        return sha256(self.encoded.encode()).hexdigest()


def tests_in(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
        return
    for part in condition.parts:
        yield from tests_in(part)


def _plain(program: DurableProgram) -> dict[str, object]:
    return {
        "fields": [[field.name, *field.members] for field in program.fields],
        "rules": [
            [rule.id, rule.rule, rule.role, rule.verdict, _plain_when(rule.when)]
            for rule in program.rules
        ],
    }  # fmt: skip


def _plain_when(when: Condition | tuple[Heard, ...]) -> list[object]:
    if isinstance(when, tuple):
        return ["heard", *([heard.verdict, heard.rule, heard.role] for heard in when)]
    if isinstance(when, Test):
        return [when.comparison, when.field, when.constant]
    return ["all" if isinstance(when, AllOf) else "any", *(_plain_when(part) for part in when.parts)]


def decoded(text: str) -> DurableProgram:
    """The program that `encoded` wrote; anything else raises ValueError, KeyError or TypeError."""
    plain: Mapping[str, list[list[object]]] = json.loads(text)
    return DurableProgram(
        fields=tuple(Field(str(name), tuple(map(str, members))) for name, *members in plain["fields"]),
        rules=tuple(_rule(*row) for row in plain["rules"]),
    )


def _rule(*row: object) -> EngineRule:
    id_, rule, role, verdict, when = row
    if not isinstance(when, list):
        raise TypeError("a rule's condition is a list")
    return EngineRule(str(id_), str(rule), str(role), settled(verdict), _when(when))


def _when(plain: list[object]) -> Condition | tuple[Heard, ...]:
    kind, *rest = plain
    if kind == "heard":
        return tuple(Heard(settled(row[0]), str(row[1]), str(row[2])) for row in rest if isinstance(row, list))
    return _condition(plain)


def _condition(plain: list[object]) -> Condition:
    kind, *rest = plain
    if kind in ("all", "any"):
        parts = tuple(_condition(part) for part in rest if isinstance(part, list))
        return AllOf(parts) if kind == "all" else AnyOf(parts)
    field, constant = rest
    if not isinstance(constant, int | str):
        raise TypeError("a constant is a whole number or a text")
    return Test(str(field), Comparison(str(kind)), constant)


def settled(verdict: object) -> Settled:
    return Verdict.YES if Verdict(str(verdict)) is Verdict.YES else _no(verdict)


def _no(verdict: object) -> Settled:
    if Verdict(str(verdict)) is not Verdict.NO:
        raise ValueError("a rule announces yes or no")
    return Verdict.NO

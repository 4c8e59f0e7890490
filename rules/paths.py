"""The paths of a triage (分流): several may be open at once, each with what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.authorities import Authority
from cases.wording import Wording
from rules.errors import PolicyError, PolicyRefused, nearest
from rules.policies import ResolvedPolicy
from rules.schema import Role, Rule


@dataclass(frozen=True)
class PathOpened:
    """What an open path leads to: the body that takes it, the clock that begins, the other paths that it closes."""

    id: str
    title: Wording
    authority: Authority
    body: str = ""
    clock: str = ""
    closes: tuple[str, ...] = ()
    blocked_by: str = ""  # the clause that keeps others out
    note: str = ""


def paths(policy: ResolvedPolicy) -> Mapping[str, PathOpened]:
    """Every path by its id; PolicyRefused where one leads nowhere or names what is not there."""
    rules = policy.rules.rules
    found = {rule.id: _path(rule) for rule in rules.values() if rule.role is Role.PATH}
    errors = [error for rule in rules.values() for error in _problems(rule, found, policy)]
    if errors:
        raise PolicyRefused(errors)
    return found


def _path(rule: Rule) -> PathOpened:
    effect = rule.effect
    closes = tuple(effect["closes"].replace(",", " ").split()) if "closes" in effect else ()
    others = (effect.get(key, "") for key in ("blocks", "note"))
    return PathOpened(
        rule.id, rule.reason, rule.authority, effect.get("body", ""), effect.get("clock", ""), closes, *others
    )


def _problems(rule: Rule, found: Mapping[str, PathOpened], policy: ResolvedPolicy) -> list[PolicyError]:
    if rule.role is not Role.PATH:
        return [PolicyError(f"'{rule.id}' is no path", rule.place, expected="role: path, for a triage opens paths")]
    path = found[rule.id]
    if not rule.effect:
        return [PolicyError(f"the path '{rule.id}' leads nowhere", rule.place, expected="effect: {body: …}")]
    clocks = [item.id for item in policy.items("clocks")]
    wrong = [each for each in path.closes if each not in found or each == rule.id]
    problems = [
        PolicyError(f"'{each}' is no other path to close", rule.place, suggestion=nearest(each, found))
        for each in wrong
    ]
    if path.clock and path.clock not in clocks:
        problems.append(PolicyError(f"there is no clock '{path.clock}'", rule.place,
                                    suggestion=nearest(path.clock, clocks)))  # fmt: skip
    return problems

"""What of a policy nobody verified (未核实的数值): values, tables and rules by a clause from memory, or by none."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.authorities import Authority
from rules.policies import ResolvedPolicy
from rules.schema import ResolvedRules


@dataclass(frozen=True)
class Unverified:
    """`name` is that in the policy."""

    name: str
    authority: Authority


def unverified(policy: ResolvedPolicy) -> tuple[Unverified, ...]:
    """One for each name, with the first of its clauses that was not verified."""
    found: dict[str, Unverified] = {}
    for name, authority in _clauses(policy.rules):
        if not authority.tag.verified:
            found.setdefault(name, Unverified(name, authority))
    return tuple(found.values())


def _clauses(rules: ResolvedRules) -> Iterator[tuple[str, Authority]]:
    for name, parameter in rules.parameters.items():
        yield name, parameter.authority
    for name, table in rules.tables.items():
        yield from ((name, row.authority) for row in table.rows)
    for name, band in rules.bands.items():
        yield from ((name, step.authority) for step in band.steps)
    for name, value in rules.values.items():
        yield from ((name, clause.authority) for clause in value.clauses if clause.authority)
    for name, rule in rules.rules.items():
        yield name, rule.authority

"""A policy in which one clause is as another policy has it: what that clause alone would have done."""

from collections.abc import Mapping
from dataclasses import replace

from rules.reads import mentioned
from rules.schema import ResolvedRules

# Where the clauses of a section stand once they are checked.
_FIELDS = {
    "parameters": "parameters",
    "tables": "tables",
    "bands": "bands",
    "derive": "parts",
    "values": "values",
    "columns": "columns",
    "rules": "rules",
}
SECTIONS = (*_FIELDS, "amount")  # of those that can change an outcome


def with_clause_of(rules: ResolvedRules, other: ResolvedRules, section: str, id_: str) -> ResolvedRules | None:
    """Put in, replaced, or left out where the other has none; None where it does not fit by itself."""
    both = replace(rules, facts={**other.facts, **rules.facts}, reads={**other.reads, **rules.reads})
    if section == "amount":
        return _if_whole(replace(both, amount=other.amount))
    name = _FIELDS[section]
    key: object = tuple(id_.split(".", 1)) if section == "columns" else id_
    ours: Mapping[object, object] = getattr(rules, name)
    theirs: Mapping[object, object] = getattr(other, name)
    swapped = {each: value for each, value in ours.items() if each != key or key in theirs}
    if key in theirs:
        swapped[key] = theirs[key]
    changed: Mapping[str, object] = {name: swapped}
    return _if_whole(replace(both, **changed))  # type: ignore[arg-type]  # a section of itself


def _if_whole(rules: ResolvedRules) -> ResolvedRules | None:
    named = (rules.facts, rules.parameters, rules.tables, rules.bands, rules.parts, rules.values)
    return rules if mentioned(rules) <= {name for section in named for name in section} else None

"""Random policies, which are made as declarations, written out as a policy file's content would be."""

from datetime import date
from fractions import Fraction
from typing import Any

from rules.printer import text_of
from rules.schema import Band, ByClauses, Fact, Parameter, Plain, ResolvedRules, Rule, Table
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import Unit

AUTHORITY = {"authority": "示例", "tag": "M"}
NO_WORDS = {"zh": "", "en": ""}


def pairs(value: Any) -> Any:
    """As `rules.written.plain` writes nodes."""
    match value:
        case dict():
            return [[key, pairs(inner)] for key, inner in value.items()]
        case list():
            return {"list": [pairs(each) for each in value]}
    return value


def content(policy: ResolvedRules) -> dict[str, Any]:
    sections: dict[str, dict[str, Any]] = {
        "parameters": {name: _parameter(each) for name, each in policy.parameters.items()},
        "tables": {name: _table(each) for name, each in policy.tables.items()},
        "bands": {name: _band(each) for name, each in policy.bands.items()},
        "derive": {name: text_of(each.be) for name, each in policy.parts.items()},
        "values": {name: _clauses(each) for name, each in policy.values.items()},
        "columns": {f"{of}.{name}": text_of(each.be) for (of, name), each in policy.columns.items()},
        "rules": {id_: _rule(each) for id_, each in policy.rules.items()},
        "amount": {"amount": text_of(policy.amount)} if policy.amount else {},
    }
    layer = {"jurisdiction": "cn", "since": "2024-01-01", "title": NO_WORDS, "kind": "classification",
             "selected_by": "on1", "age_reached": {"value": policy.age_reached.value, "by": {}}}  # fmt: skip
    items = [
        {"section": section, "id": id_, "jurisdiction": "cn", "since": "2024-01-01", "over": None, "removed_by": None,
         "says": pairs(says)}
        for section, said in sections.items()
        for id_, says in said.items()
    ]  # fmt: skip
    facts = [[name, pairs(_fact(fact))] for name, fact in policy.facts.items()]
    return {"form": 1, "policy": "random", "layers": [layer], "items": items, "replaced": [], "facts": facts,
            "calendar": ""}  # fmt: skip


def _written(value: Plain | None) -> str:
    match value:
        case None:
            return "gap"
        case bool():
            return "yes" if value else "no"
    return str(value)


def _unit(type_: Type) -> dict[str, str]:
    return {"unit": type_.unit.value} if isinstance(type_, Number) and type_.unit is not Unit.ONE else {}


def _type(type_: Type) -> dict[str, Any]:  # noqa: PLR0911 - one line per type
    match type_:
        case Truth():
            return {"type": "bool"}
        case Ref():
            return {"type": "ref"}
        case Choice(members):
            return {"type": "enum", "members": list(members)}
        case Day(least, most):
            return {"type": "day", "min": _day(least), "max": _day(most)}
        case Month(least, most):
            return {"type": "month", "min": _month(least), "max": _month(most)}
        case Number(_, least, most):
            return {"type": "number", "min": str(least), "max": str(most), **_unit(type_)}
        case Records(fields, most):
            declared = {name: {**_type(field), "label": NO_WORDS} for name, field in fields}
            return {"type": "list", "most": str(most), "fields": declared}
    raise TypeError(type_)


def _day(number: Fraction | int) -> str:
    return date.fromordinal(int(number)).isoformat()


def _month(number: Fraction | int) -> str:
    return f"{int(number) // 12:04d}-{int(number) % 12 + 1:02d}"


def _fact(fact: Fact) -> dict[str, Any]:
    return {**_type(fact.type), "label": NO_WORDS, "question": NO_WORDS, "asked_of": fact.asked_of.value}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    if isinstance(parameter.value, frozenset):
        return {"set": sorted(parameter.value), **AUTHORITY}
    return {"value": _written(parameter.value), **_unit(parameter.type), **AUTHORITY}


def _table(table: Table) -> dict[str, Any]:
    names = [f"k{number}" for number in range(len(table.keys))]
    keys: dict[str, Any] = {}
    for name, key in zip(names, table.keys, strict=True):
        keys[name] = list(key.members) if isinstance(key, Choice) else "day" if isinstance(key, Day) else "month"
    rows = []
    for row in table.rows:
        dated = {"from": row.since, "until": row.until}
        told = {key: _written(value) for key, value in dated.items() if value is not None}
        rows.append({**dict(zip(names, row.members, strict=False)), **told, "value": _written(row.value), **AUTHORITY})
    return {"keys": keys, "rows": rows, **_unit(table.type)}


def _band(band: Band) -> dict[str, Any]:
    steps = [
        {"at_least" if s.inclusive else "above": str(s.bound), "value": _written(s.value), **AUTHORITY}
        for s in band.steps
    ]
    by = {"by": band.by.unit.value} if band.by.unit is not Unit.ONE else {}
    return {"below": _written(band.below), "steps": steps, **by, **_unit(band.type)}


def _clauses(value: ByClauses) -> dict[str, Any]:
    return {
        clause.id: {
            "be": text_of(clause.be),
            "beats": list(clause.beats),
            **({"when": text_of(clause.when)} if clause.when else {}),
            **AUTHORITY,
        }
        for clause in value.clauses
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {"role": rule.role.value, "when": text_of(rule.when), "reason": NO_WORDS, **AUTHORITY}

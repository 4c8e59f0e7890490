"""How the frozen parts of a case lie in their tables: one field, one column; what is nested, as canonical JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from cases.parts import Part, in_order
from store.tables.types import CanonicalJson

P = TypeVar("P", bound=Part)
Row = dict[str, Any]


class Shelf(Generic[P]):
    """The parts of one kind, in one table."""

    def __init__(self, part: type[P], table: Table) -> None:
        self.part = part
        self.table = table
        self.names = [f.name for f in fields(part)]  # type: ignore[arg-type]  # every part is a dataclass
        self.nested = {n: _adapter(part, n) for n in self.names if isinstance(table.c[n].type, CanonicalJson)}
        self._insert = insert(table)
        changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in self.names if name != "id"}
        self._update = (
            update(table)
            .where(table.c.case_id == bindparam("of_case"), table.c.id == bindparam("of_id"))
            .values(**changed)
        )
        columns = [table.c[name] for name in self.names]
        self._select = select(*columns).where(table.c.case_id == bindparam("of_case"))
        of_these = table.c.case_id.in_(bindparam("of_cases", expanding=True))
        self._select_many = select(table.c.case_id, *columns).where(of_these)

    def load(self, connection: Connection, case_id: str) -> tuple[P, ...]:
        rows = connection.execute(self._select, {"of_case": case_id}).mappings()
        return in_order(self.from_row(row) for row in rows)

    def load_many(self, connection: Connection, case_ids: Sequence[str]) -> Mapping[str, tuple[P, ...]]:
        """Those of several cases, by case."""
        found: dict[str, list[P]] = {case_id: [] for case_id in case_ids}
        for row in connection.execute(self._select_many, {"of_cases": list(case_ids)}).mappings():
            found[row["case_id"]].append(self.from_row(row))
        return {case_id: in_order(parts) for case_id, parts in found.items()}

    def write(self, connection: Connection, case_id: str, before: tuple[P, ...], after: tuple[P, ...]) -> None:
        """Insert what is new and update what changed; a part is never taken away."""
        known = {part.id: part for part in before}
        new = [self.to_row(p) | {"case_id": case_id} for p in after if p.id not in known]
        if new:
            connection.execute(self._insert, new)
        changed = [p for p in after if p.id in known and known[p.id] != p]
        if changed:
            connection.execute(self._update, [self._change(case_id, p) for p in changed])

    def to_row(self, part: P) -> Row:
        return {name: self._value(part, name) for name in self.names}

    def from_row(self, row: Mapping[Any, Any]) -> P:
        values = {n: self.nested[n].validate_python(row[n]) if n in self.nested else row[n] for n in self.names}
        return self.part(**values)

    def _value(self, part: P, name: str) -> object:
        value = getattr(part, name)
        return self.nested[name].dump_python(value, mode="json") if name in self.nested else value

    def _change(self, case_id: str, part: P) -> Row:
        row = self.to_row(part)
        return {"of_case": case_id, "of_id": row.pop("id"), **{f"new_{name}": value for name, value in row.items()}}


@cache
def _adapter(owner: type, name: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(owner)[name])


def nested_fields(owner: type, table: Table) -> Iterator[tuple[str, TypeAdapter[Any]]]:
    """The fields of a dataclass that its table keeps as JSON, each with its adapter."""
    for field in fields(owner):
        if field.name in table.c and isinstance(table.c[field.name].type, CanonicalJson):
            yield field.name, _adapter(owner, field.name)

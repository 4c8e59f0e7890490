"""One kind of case in the record: its own table, and one for each kind of its parts; changed one step at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RowMapping, Table, bindparam, insert, select, update

from cases.case import Case
from cases.case_kinds import CaseKind
from store.shelves import Shelf, nested_fields
from store.tables.cases import case_file

C = TypeVar("C", bound=Case)


class StaleCase(Exception):
    """The case was changed since it was read; nothing was written."""


class CaseRows(Generic[C]):
    """`fixed` are the columns that no step changes."""

    def __init__(
        self, kind: CaseKind, case: type[C], table: Table, shelves: Mapping[str, Shelf[Any]], fixed: frozenset[str]
    ) -> None:
        self.kind = kind
        self.case = case
        self.table = table
        self.shelves = shelves
        self._own = [column.name for column in table.c]
        self._nested = dict(nested_fields(case, table))
        self._changing = [name for name in self._own if name not in fixed]
        self._insert = insert(table)
        self._select = select(table).where(table.c.id == bindparam("of_case"))
        self._update = (
            update(table)
            .where(table.c.id == bindparam("of_case"), table.c.revision == bindparam("of_revision"))
            .values(**{name: bindparam(f"new_{name}") for name in self._changing})
        )

    def load(self, connection: Connection, case_id: str) -> C | None:
        row = connection.execute(self._select, {"of_case": case_id}).mappings().one_or_none()
        if row is None:
            return None
        parts = {name: shelf.load(connection, case_id) for name, shelf in self.shelves.items()}
        return self._made(row, parts)

    def load_many(self, connection: Connection, case_ids: Sequence[str]) -> tuple[C, ...]:
        """Those of these that there are, in the order of their ids: as many queries as for one."""
        query = select(self.table).where(self.table.c.id.in_(case_ids)).order_by(self.table.c.id)
        rows = connection.execute(query).mappings().all()
        ids = [row["id"] for row in rows]
        parts = {name: shelf.load_many(connection, ids) for name, shelf in self.shelves.items()}
        return tuple(self._made(row, {name: of[row["id"]] for name, of in parts.items()}) for row in rows)

    def _made(self, row: RowMapping, parts: Mapping[str, Any]) -> C:
        own: dict[str, Any] = {
            name: self._nested[name].validate_python(row[name]) if name in self._nested else row[name]
            for name in self._own
        }
        return self.case(**own, **parts)

    def open(self, connection: Connection, case: C) -> None:
        """A new case's rows, with the clocks that run from its opening."""
        connection.execute(insert(case_file), {"id": case.id, "kind": self.kind})
        connection.execute(self._insert, self._row(case, self._own))
        for name, shelf in self.shelves.items():
            shelf.write(connection, case.id, (), getattr(case, name))

    def change(self, connection: Connection, before: C, after: C) -> None:
        """Write the difference of one step. Raises StaleCase if `before` is not what the record holds."""
        row = {f"new_{name}": value for name, value in self._row(after, self._changing).items()}
        done = connection.execute(self._update, {"of_case": before.id, "of_revision": before.revision, **row})
        if done.rowcount != 1:
            raise StaleCase(f"Case {before.id} is no longer at revision {before.revision}.")
        for name, shelf in self.shelves.items():
            if getattr(before, name) is not getattr(after, name):
                shelf.write(connection, after.id, getattr(before, name), getattr(after, name))

    def _row(self, case: C, names: list[str]) -> dict[str, Any]:
        nested = self._nested
        return {
            name: nested[name].dump_python(getattr(case, name), mode="json") if name in nested else getattr(case, name)
            for name in names
        }

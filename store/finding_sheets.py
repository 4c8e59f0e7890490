"""What a policy says of each of its rules (role, reason, clauses), kept once by its hash for all that it determined.

Kept determinations name the sheet instead of repeating it. Nothing personal is in it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from store.many_rows import Rows
from store.tables.contents import finding_sheet as table

Sheets = Mapping[str, str]  # content by hash


class SheetMissing(ValueError):
    """What a kept determination says of its rules is not there any more, or is not what it was."""


@dataclass(frozen=True)
class Sheet:
    """`content` is JSON, `hash` its SHA-256."""

    hash: str
    policy_hash: str
    content: str


def rows_of_sheets(sheets: Iterable[Sheet], at: datetime) -> Rows:
    """To be written before the determinations that name them, unless they are there already."""
    # In one order: whoever writes the same waits, and no more.
    found = sorted(set(sheets), key=lambda sheet: (sheet.policy_hash, sheet.hash))
    columns = {
        "hash": [sheet.hash for sheet in found],
        "policy_hash": [sheet.policy_hash for sheet in found],
        "content": [sheet.content for sheet in found],
        "at": at,
    }
    return Rows(table, len(found), columns, unless_there=True)


def sheets_of(connection: Connection, policy_hashes: Collection[str]) -> Sheets:
    """Those of these policies; one that was altered is left out, as if it were not there."""
    rows = connection.execute(select(table).where(table.c.policy_hash.in_(policy_hashes)).order_by(table.c.hash))
    return {row.hash: row.content for row in rows if sha256(row.content.encode()).hexdigest() == row.hash}

"""Determinations as they were made: sealed, with the facts they read, so that they can be made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from cases.determinations import Determination
from store.aead import Key, seal_bytes
from store.encryption import open_sealed
from store.finding_sheets import Sheets, rows_of_sheets, sheets_of
from store.kept_text import DETERMINATION, Writer, Written, whole_text
from store.many_rows import Rows, insert_rows
from store.tables.cases import determination_record as table

_WRITER: Final = Writer()


class Kept(NamedTuple):
    """A determination to be kept, and under whose key; a tuple, as they are made by the hundred."""

    key: Key
    case_id: str
    id: str
    made: Determination


@dataclass(frozen=True)
class KeptText:
    """A determination's text word for word as it is kept, and the sheets of its policy."""

    text: str
    sheets: Sheets

    @property
    def whole(self) -> str:
        """All of it as one JSON object. Raises `store.finding_sheets.SheetMissing`."""
        return whole_text(self.text, self.sheets)

    @property
    def determination(self) -> Determination:
        return DETERMINATION.validate_json(self.whole)


def keep_determination(connection: Connection, kept: Kept, made_at: datetime) -> Written:
    """Keep it, and give the text in which it is kept."""
    [written], rows = rows_of([kept], made_at)
    insert_rows(connection, *rows)
    return written


def rows_of(many: Sequence[Kept], made_at: datetime) -> tuple[list[Written], tuple[Rows, ...]]:
    """The texts in which these are kept, and their rows, to be written with whatever else belongs to them."""
    texts = [_WRITER.written(each.made) for each in many]
    all_made = [each.made for each in many]
    columns: dict[str, Sequence[object] | object] = {
        "case_id": [each.case_id for each in many],
        "id": [each.id for each in many],
        "policy": [made.policy for made in all_made],
        "version": [made.version for made in all_made],
        "policy_hash": [made.policy_hash for made in all_made],
        "jurisdiction": [made.jurisdiction for made in all_made],
        "conclusion": [made.conclusion for made in all_made],
        "engines": [made.engines for made in all_made],
        "detail_sealed": [_sealed(each, text) for each, text in zip(many, texts, strict=True)],
        "made_at": made_at,
    }
    sheets = rows_of_sheets((written.sheet for written in texts), made_at)
    return texts, (sheets, Rows(table, len(many), columns))


def determination_record(connection: Connection, key: Key, case_id: str, determination_id: str) -> Determination:
    return kept_text(connection, key, case_id, determination_id).determination


def kept_text(connection: Connection, key: Key, case_id: str, determination_id: str) -> KeptText:
    """A determination word for word as it was kept, which the decision log commits to."""
    query = select(table.c.detail_sealed, table.c.policy_hash)
    row = connection.execute(query.where(table.c.case_id == case_id, table.c.id == determination_id)).one()
    return KeptText(opened(key, case_id, determination_id, row.detail_sealed), sheets_of(connection, [row.policy_hash]))


def opened(key: Key, case_id: str, determination_id: str, sealed: bytes) -> str:
    return open_sealed(key, table.name, "detail_sealed", f"{case_id}/{determination_id}", sealed)


def _sealed(kept: Kept, written: Written) -> bytes:
    return seal_bytes(kept.key, written.text, table.name, "detail_sealed", f"{kept.case_id}/{kept.id}")

"""Determinations as they were made: sealed whole, with the facts they read, so that they can be made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from cases.determinations import Determination
from store.aead import Key
from store.encryption import open_sealed, seal
from store.tables.cases import determination_record as table

DETERMINATION: Final = TypeAdapter(Determination)


@dataclass(frozen=True)
class Kept:
    """A determination to be kept, and under whose key."""

    key: Key
    case_id: str
    id: str
    made: Determination


def keep_determination(
    connection: Connection, key: Key, case_id: str, determination_id: str, made: Determination, made_at: datetime
) -> str:
    """Keep it, and give the text in which it is kept."""
    return keep_determinations(connection, [Kept(key, case_id, determination_id, made)], made_at)[0]


def keep_determinations(connection: Connection, many: Sequence[Kept], made_at: datetime) -> list[str]:
    """The same of many at once."""
    if not many:
        return []
    texts = [DETERMINATION.dump_json(each.made).decode() for each in many]
    rows = [_row(each, text, made_at) for each, text in zip(many, texts, strict=True)]
    connection.execute(insert(table), rows)
    return texts


def _row(kept: Kept, text: str, made_at: datetime) -> dict[str, object]:
    made = kept.made
    return {
        "case_id": kept.case_id,
        "id": kept.id,
        "policy": made.policy,
        "version": made.version,
        "policy_hash": made.policy_hash,
        "jurisdiction": made.jurisdiction,
        "conclusion": made.conclusion,
        "engines": made.engines,
        "detail_sealed": seal(kept.key, table.name, "detail_sealed", f"{kept.case_id}/{kept.id}", text),
        "made_at": made_at,
    }


def determination_record(connection: Connection, key: Key, case_id: str, determination_id: str) -> Determination:
    return DETERMINATION.validate_json(determination_text(connection, key, case_id, determination_id))


def determination_text(connection: Connection, key: Key, case_id: str, determination_id: str) -> str:
    """A determination word for word as it was kept, which the decision log commits to."""
    query = select(table.c.detail_sealed).where(table.c.case_id == case_id, table.c.id == determination_id)
    detail = connection.execute(query).scalar_one()
    return open_sealed(key, table.name, "detail_sealed", f"{case_id}/{determination_id}", detail)

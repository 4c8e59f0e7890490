"""Determinations as they were made: sealed whole, with the facts they read, so that they can be made again."""

from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from cases.determinations import Determination
from store.aead import Key
from store.encryption import open_sealed, seal
from store.tables.cases import determination_record as table

DETERMINATION: Final = TypeAdapter(Determination)


def keep_determination(
    connection: Connection, key: Key, case_id: str, determination_id: str, made: Determination, made_at: datetime
) -> str:
    """Keep it, and give the text in which it is kept."""
    detail = DETERMINATION.dump_json(made).decode()
    connection.execute(
        insert(table),
        {
            "case_id": case_id,
            "id": determination_id,
            "policy": made.policy,
            "version": made.version,
            "policy_hash": made.policy_hash,
            "jurisdiction": made.jurisdiction,
            "conclusion": made.conclusion,
            "engines": made.engines,
            "detail_sealed": seal(key, table.name, "detail_sealed", f"{case_id}/{determination_id}", detail),
            "made_at": made_at,
        },
    )
    return detail


def determination_record(connection: Connection, key: Key, case_id: str, determination_id: str) -> Determination:
    return DETERMINATION.validate_json(determination_text(connection, key, case_id, determination_id))


def determination_text(connection: Connection, key: Key, case_id: str, determination_id: str) -> str:
    """A determination word for word as it was kept, which the decision log commits to."""
    query = select(table.c.detail_sealed).where(table.c.case_id == case_id, table.c.id == determination_id)
    detail = connection.execute(query).scalar_one()
    return open_sealed(key, table.name, "detail_sealed", f"{case_id}/{determination_id}", detail)

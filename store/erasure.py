"""Erasing a worker: the key is destroyed, and what would still find them goes; rows and proofs keep their shape."""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from store.person_keys import destroy_person_key
from store.tables.finding import worker_finding
from store.tables.people import worker, worker_skill, worker_wish


def erase_worker(connection: Connection, worker_id: str, erased_at: datetime) -> bool:
    """Make a worker unreadable for ever, and say whether they were readable.

    Whether a law asks for the file to be kept is for the caller to know.
    """
    had_key = destroy_person_key(connection, worker_id)
    for table in (worker_skill, worker_wish, worker_finding):
        connection.execute(delete(table).where(table.c.worker_id == worker_id))
    connection.execute(
        update(worker)
        .where(worker.c.id == worker_id, worker.c.erased_at.is_(None))
        .values(identity_token=None, phone_token=None, name_token=None, erased_at=erased_at)
    )
    return had_key

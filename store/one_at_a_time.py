"""One at a time: what has no row yet that could be locked is held by its name."""

from sqlalchemy import Connection, func, select


def hold(connection: Connection, name: str) -> None:
    """Whoever asks for the same name waits until this transaction ends; SQLite lets one writer in at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

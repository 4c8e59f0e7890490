"""A decision log in a record of its own, and its export."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from cases.canonical import Json
from store.decision_log import log_event
from store.engine import read, write
from store.keys import KeyRing
from store.log_export import export_lines
from store.log_sequence import sequence
from store.log_signing import log_origin, signers
from tests.builders import OPENED_AT


def log_events(engine: Engine, keyring: KeyRing, count: int, *, first: int = 0) -> None:
    with write(engine) as connection:
        for number in range(first, first + count):
            at = OPENED_AT + timedelta(seconds=number)
            record: dict[str, Json] = {"number": number, "说明": "示例"}
            log_event(connection, keyring, "publication", record, at, event_id=f"event-{number:05}")


def a_log(engine: Engine, keyring: KeyRing, leaves: int, batch: int) -> None:
    """So many leaves, with a checkpoint after every batch."""
    for first in range(0, leaves, batch):
        log_events(engine, keyring, min(batch, leaves - first), first=first)
        with write(engine) as connection:
            sequence(connection, keyring)


def exported(engine: Engine, keyring: KeyRing) -> list[bytes]:
    """The lines of the export."""
    with read(engine) as connection:
        signing = signers(keyring, log_origin(connection))
        return [written.line for written in export_lines(connection, signing, datetime.now(UTC))]

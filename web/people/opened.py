"""A worker opened for a reader: within their scope, with what they may see, and the look written down."""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

from cases.names import mask_name
from store.audit import AuditEvent, record_audit
from store.holding import require_unrestricted
from store.person_keys import KeyDestroyed
from store.scope import NotInScope, require_worker
from store.tables.people import worker as worker_table
from store.worker_edits import Known, known_of
from store.worker_file import ABOUT, looked_at_since
from web.case.speech import Speech, speech_of
from web.roles import WORKING
from web.visit import Visit

READ: Final = "worker-read"


@dataclass(frozen=True)
class OpenWorker:
    """`working`: whether the reader works or decides on this worker's matters, and so reads what is not masked."""

    visit: Visit
    speech: Speech
    known: Known = field(repr=False)
    working: bool

    @property
    def id(self) -> str:
        return self.known.person.id

    @property
    def path(self) -> str:
        return f"/workers/{self.id}"

    @property
    def name(self) -> str:
        name = self.known.person.name
        return name if self.working else mask_name(name)


def open_worker(connection: Connection, visit: Visit) -> OpenWorker:
    """The worker of the address. Raises NotInScope where they are not the reader's to see, or were erased."""
    worker_id = visit.part("worker_id")
    require_worker(connection, visit.scope, worker_id)
    require_unrestricted(connection, worker_id, visit.scope.roles)
    try:
        known = known_of(connection, visit.office.station.keyring, worker_id, visit.now)
    except KeyDestroyed:
        raise NotInScope from None
    if known is None:
        raise NotInScope
    working = select(worker_table.c.id).where(worker_table.c.id == worker_id, visit.scope.holding(WORKING).has_worker())
    return OpenWorker(visit, speech_of(visit), known, connection.execute(working).first() is not None)


def note_look(opened: OpenWorker) -> None:
    """Write down that somebody reads a worker's page, before they see it.

    Once a session for those who work with the worker; every time for those who only read.
    """
    visit, me = opened.visit, opened.visit.me
    if opened.working:
        with visit.reading() as connection:
            if looked_at_since(connection, READ, me.staff_id, opened.id, me.session.opened_at):
                return
    event = AuditEvent(
        READ,
        me.staff_id,
        visit.now,
        about_kind=ABOUT,
        about_id=opened.id,
        station_id=opened.known.person.station_id,
    )
    with visit.writing() as connection:
        record_audit(connection, visit.office.station.keyring, event)

"""The person whom an employer hired, as far as a reader may see them before there is a case."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.holding import require_unrestricted
from store.people import worker
from store.person_keys import KeyDestroyed
from store.scope import NotInScope
from store.tables.people import worker as table
from web.case.person import shown_worker
from web.case.speech import speech_of
from web.visit import Visit


@dataclass(frozen=True)
class Person:
    """Somebody of the ledger. `ours`: the reader may see who it is; of others the name is masked, and nothing else."""

    id: str
    name: str
    about: str
    identity: str
    ours: bool
    since: str = ""


def person_of(visit: Visit, connection: Connection, worker_id: str) -> Person:
    """Raises NotInScope for nobody, or nobody any more; raises Restricted."""
    require_unrestricted(connection, worker_id, visit.scope.roles)
    try:
        found = worker(connection, visit.office.station.keyring, worker_id)
    except KeyDestroyed:
        raise NotInScope from None
    if found is None:
        raise NotInScope
    seen = select(table.c.id).where(table.c.id == worker_id, visit.scope.has_worker())
    ours = connection.execute(seen).first() is not None
    shown = shown_worker(found, speech_of(visit), working=ours)
    return Person(worker_id, shown.name, shown.about, shown.identity, ours)

"""Gate scans (进场登记): a name and a contact, kept apart from the ledger and not for long."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import destroy_person_key, make_person_key, person_key
from store.tables.people import gate_scan as table
from store.ulids import new_id


@dataclass(frozen=True)
class GateScan:
    """All that is asked at the gate; the ledger asks for more, for another purpose."""

    station_id: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    scanned_at: datetime
    keep_until: date  # the last day, as the station's notice promises


def record_scan(connection: Connection, keyring: KeyRing, scan: GateScan) -> str:
    scan_id = new_id(scan.scanned_at)
    key = make_person_key(connection, keyring, scan_id, scan.scanned_at)
    connection.execute(
        insert(table).values(
            id=scan_id,
            station_id=scan.station_id,
            name_sealed=seal(key, "gate_scan", "name_sealed", scan_id, scan.name),
            contact_sealed=seal(key, "gate_scan", "contact_sealed", scan_id, scan.contact),
            scanned_at=scan.scanned_at,
            keep_until=scan.keep_until,
        )
    )
    return scan_id


def scan(connection: Connection, keyring: KeyRing, scan_id: str) -> GateScan | None:
    row = connection.execute(select(table).where(table.c.id == scan_id)).one_or_none()
    if row is None:
        return None
    key = person_key(connection, keyring, scan_id)
    name = open_sealed(key, "gate_scan", "name_sealed", scan_id, row.name_sealed)
    contact = open_sealed(key, "gate_scan", "contact_sealed", scan_id, row.contact_sealed)
    return GateScan(row.station_id, name, contact, row.scanned_at, row.keep_until)


def purge_scans(connection: Connection, today: date) -> int:
    """Remove the scans whose last day is over, with their keys, and say how many."""
    over = connection.scalars(select(table.c.id).where(table.c.keep_until < today)).all()
    for scan_id in over:
        destroy_person_key(connection, scan_id)
        connection.execute(delete(table).where(table.c.id == scan_id))
    return len(over)

from datetime import timedelta

from sqlalchemy import Connection, func, select

from store.gate import GateScan, purge_scans, record_scan, scan
from store.keys import KeyRing
from store.tables.keys import person_key
from tests.store.builders import NOW, TODAY

DAY = timedelta(days=1)
SCAN = GateScan("station-1", "进场甲", "13800000009", NOW, TODAY + 30 * DAY)


def test_a_scan_is_a_name_and_a_contact(connection: Connection, keyring: KeyRing) -> None:
    scan_id = record_scan(connection, keyring, SCAN)
    assert scan(connection, keyring, scan_id) == SCAN
    assert scan(connection, keyring, "nobody") is None
    assert "进场甲" not in repr(SCAN)


def test_a_scan_goes_after_its_last_day_and_its_key_with_it(connection: Connection, keyring: KeyRing) -> None:
    scan_id = record_scan(connection, keyring, SCAN)
    keys = connection.scalars(select(func.count()).select_from(person_key)).one()
    assert purge_scans(connection, TODAY + 30 * DAY) == 0
    assert scan(connection, keyring, scan_id) is not None
    assert purge_scans(connection, TODAY + 31 * DAY) == 1
    assert scan(connection, keyring, scan_id) is None
    assert connection.scalars(select(func.count()).select_from(person_key)).one() == keys - 1

"""Rows of several tables in few statements are the rows that would have been written one by one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from cases.determinations import Conclusion
from store.decision_log import log_event
from store.engine import read, write
from store.keys import KeyRing
from store.many_rows import Rows, insert_rows
from store.tables.cases import determination_record, log_pending
from store.tables.contents import finding_sheet
from store.tables.log import log_waiting
from tests.builders import OPENED_AT
from tests.store.casework import opened_case

ELSEWHERE = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))


def sheets(*hashes: str, unless_there: bool = True) -> Rows:
    columns = {"hash": list(hashes), "policy_hash": "p", "content": [f"of {each}" for each in hashes], "at": OPENED_AT}
    return Rows(finding_sheet, len(hashes), columns, unless_there=unless_there)


def records(case_id: str, *ids: str) -> Rows:
    several = {"id": list(ids), "conclusion": [Conclusion.GRANTED] * len(ids), "made_at": [ELSEWHERE] * len(ids)}
    same = dict.fromkeys(("policy", "version", "policy_hash", "jurisdiction", "engines"), "例 '%s' :x")
    return Rows(determination_record, len(ids), {"case_id": case_id, "detail_sealed": b"\x00\xff", **several, **same})


@pytest.mark.parametrize("ids", [("a",), ("a", "b", "c")], ids=["one", "several"])
def test_what_is_the_same_in_every_row_is_said_once(
    connection: Connection, keyring: KeyRing, ids: tuple[str, ...]
) -> None:
    case = opened_case(connection, keyring)
    insert_rows(connection, sheets("s"), records(case.id, *ids))
    rows = connection.execute(select(determination_record).order_by(determination_record.c.id)).all()
    assert [row.id for row in rows] == list(ids)
    assert {(row.case_id, row.detail_sealed, row.conclusion) for row in rows} == {
        (case.id, b"\x00\xff", Conclusion.GRANTED)
    }
    assert {row.made_at for row in rows} == {ELSEWHERE}
    assert {row.made_at.tzinfo for row in rows} == {UTC}
    assert {row.engines for row in rows} == {"例 '%s' :x"}


def test_a_row_that_is_there_stays_as_it_is_where_that_is_asked_for(connection: Connection) -> None:
    insert_rows(connection, sheets("a"))
    insert_rows(connection, sheets("a", "b"))
    insert_rows(connection, sheets())
    assert connection.execute(select(func.count()).select_from(finding_sheet)).scalar_one() == 2
    with pytest.raises(IntegrityError), connection.begin_nested():
        insert_rows(connection, sheets("c"), sheets("b", unless_there=False))
    assert connection.execute(select(func.count()).select_from(finding_sheet)).scalar_one() == 2


def test_a_leaf_waits_from_the_moment_it_is_written_and_not_if_it_is_undone(engine: Engine, keyring: KeyRing) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    with write(engine) as connection, connection.begin_nested() as undone:
        log_event(connection, keyring, "publication", {}, ELSEWHERE, event_id="undone")
        undone.rollback()
    with write(engine) as connection:
        log_event(connection, keyring, "publication", {}, ELSEWHERE, event_id="kept")
    with read(engine) as connection:
        assert connection.execute(select(log_pending.c.id)).scalars().all() == ["kept"]
        [row] = connection.execute(select(log_waiting)).all()
    assert (row.id, row.at) == ("kept", ELSEWHERE)
    assert before < row.recorded_at < datetime.now(UTC) + timedelta(seconds=1)

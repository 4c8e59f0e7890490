"""What was ordered for one person is found from that person, however much the station has paid."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from store.engine import make_engine, read
from store.subsidy_orders import ordered_since


def test_sqlite_begins_with_the_persons_cases_and_not_with_every_payment(sqlite_url: str) -> None:
    """Else a month of fifty thousand payments asks each of them about all that were ordered before it."""
    engine, asked = make_engine(sqlite_url), list[tuple[str, Any]]()

    def hear(_c: object, _k: object, statement: str, parameters: object, _x: object, _m: object) -> None:
        asked.append((statement, parameters))

    with read(engine) as connection:
        event.listen(engine, "before_cursor_execute", hear)
        ordered_since(connection, "worker-1", datetime(2026, 1, 1, tzinfo=UTC), but_not="case-1")
        event.remove(engine, "before_cursor_execute", hear)
        ((statement, parameters),) = asked
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    engine.dispose()
    assert not [step for step in plan if "ix_subsidy_payment_status" in step or step.startswith("SCAN")], plan
    assert any("ix_subsidy_case_hired" in step for step in plan), plan

"""Every night the decision log is checked, once, and a check that fails is told where people look."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from activities.log_watch import LogWatch, latest_night
from activities.sequencing import sequence_all
from store.append_only import lift_append_only
from store.engine import read, write
from store.log_checks import FAILED, HOLDS, latest_log_check
from store.tables.cases import audit_event, log_pending
from tests.activities.both import both
from tests.activities.office import Office

__all__ = ["both"]

THREE = datetime(2026, 11, 26, 19, tzinfo=UTC)  # three in the morning of the 27th at the station


@pytest.mark.parametrize(
    ("now", "night"),
    [
        pytest.param(THREE, THREE, id="at three"),
        pytest.param(THREE - timedelta(seconds=1), THREE - timedelta(days=1), id="a second before"),
        pytest.param(THREE + timedelta(hours=23), THREE, id="the evening after"),
    ],
)
def test_the_latest_night_is_three_in_the_morning_at_the_station(now: datetime, night: datetime) -> None:
    assert latest_night(now) == night


def watch(office: Office, now: datetime) -> LogWatch:
    return LogWatch(office.station.engine, office.station.keyring, now=lambda: now)


def kinds(office: Office) -> list[str]:
    told = select(audit_event.c.kind).where(audit_event.c.kind.in_((HOLDS, FAILED))).order_by(audit_event.c.id)
    with read(office.station.engine) as connection:
        return list(connection.scalars(told))


def test_it_is_checked_once_a_night_and_told(both: Office) -> None:
    both.recognised()
    sequence_all(both.station.engine, both.station.keyring)
    found = watch(both, THREE).check_if_due()
    assert found
    assert (found.leaves > 0, found.findings) == (True, 0)
    assert watch(both, THREE + timedelta(hours=23)).check_if_due() is None
    assert watch(both, THREE + timedelta(days=1)).check_if_due() == found
    assert kinds(both) == [HOLDS, HOLDS]


def test_a_leaf_that_was_changed_is_an_alarm(both: Office) -> None:
    both.recognised()
    engine = both.station.engine
    sequence_all(engine, both.station.keyring)
    with write(engine) as connection:
        lift_append_only(connection)
        first = connection.scalar(select(func.min(log_pending.c.id)))
        changed = log_pending.c.record + " "
        connection.execute(update(log_pending).where(log_pending.c.id == first).values(record=changed))
    with capture_logs() as lines:
        found = watch(both, THREE).check_if_due()
    assert found
    assert found.findings > 0
    assert [(line["event"], line["log_level"]) for line in lines] == [("log-check-failed", "error")]
    assert kinds(both) == [FAILED]
    with read(engine) as connection:
        assert latest_log_check(connection) == (THREE, found)

"""The outbox: sent at least once, and twice is as once."""

import pytest
from sqlalchemy import delete, insert, select, update
from temporalio.common import WorkflowIDConflictPolicy

from activities.outbox import Outbox
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.leaving import ApproveClosure, HandOver
from cases.hardship.moving import Assign, ProposeTransfer
from cases.hardship.progress import papers_due
from cases.roles import Role
from store.engine import read, write
from store.messages import inbox, unsent, unsent_count
from store.staff import Grant, Staff, add_staff, grant_role
from store.tables.cases import outbox as table
from store.tables.organisation import role_grant
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.temporal import FakeServer

__all__ = ["both"]


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


def outbox(office: Office, server: FakeServer) -> Outbox:
    return Outbox(server.client, office.station.engine, "cases-1")


def waiting(office: Office) -> int:
    with read(office.station.engine) as connection:
        return unsent_count(connection)


def told(office: Office, recipient: str) -> list[str]:
    with read(office.station.engine) as connection:
        return [str(wording["en"]) for _, wording in inbox(connection, recipient) if isinstance(wording, dict)]


async def test_a_new_case_has_its_workflow_started_as_the_record_holds_it(office: Office, server: FakeServer) -> None:
    office.register()
    sent, failed = await outbox(office, server).drain()
    assert (sent, failed, waiting(office)) == (3, 0, 0)
    assert server.running == {office.case.id: office.case}
    [(_, workflow_id, options)] = server.asked
    assert (workflow_id, options["task_queue"]) == (office.case.id, "cases-1")
    assert options["id_conflict_policy"] is WorkflowIDConflictPolicy.USE_EXISTING


async def test_an_empty_outbox_sends_nothing(office: Office, server: FakeServer) -> None:
    assert await outbox(office, server).drain() == (0, 0)
    assert server.asked == []


async def test_a_start_that_fails_is_tried_again_and_holds_nothing_else_up(both: Office, server: FakeServer) -> None:
    both.register()
    failing = both.case.id
    server.failing = {failing}
    both.register()
    assert await outbox(both, server).drain() == (5, 1)
    assert list(server.running) == [both.case.id]
    with read(both.station.engine) as connection:
        [message] = unsent(connection, 10)
        row = connection.execute(select(table).where(table.c.id == message.id)).one()
    assert (message.case_id, row.attempts, row.last_error) == (failing, 1, "RPCError")
    server.failing = set()
    assert await outbox(both, server).drain() == (1, 0)
    assert failing in server.running


async def test_a_message_that_is_sent_twice_lies_in_the_inbox_once(both: Office, server: FakeServer) -> None:
    both.register()
    await outbox(both, server).drain()
    before = told(both, "officer-1")
    assert before
    with write(both.station.engine) as connection:
        connection.execute(update(table).values(sent_at=None))
    await outbox(both, server).drain()
    assert told(both, "officer-1") == before
    assert len(server.running) == 1


async def test_a_determination_is_told_to_every_officer_nearest_to_the_station(
    office: Office, server: FakeServer
) -> None:
    office.register()
    await outbox(office, server).drain()
    assert told(office, "officer-1") == told(office, "officer-2") != []
    assert told(office, "officer-3") == [], "of another district"
    assert told(office, "caseworker-1") == ["The determination “person with employment difficulty”: needs information"]


async def test_a_reminder_goes_to_the_cases_own_caseworker_and_the_stations_seniors(
    office: Office, server: FakeServer
) -> None:
    office.register()
    await outbox(office, server).drain()
    before = len(told(office, "caseworker-1"))
    for percent in (50, 75, 100):
        office.does(RingAlarm("determination", percent), Role.ENGINE)
    await outbox(office, server).drain()
    assert [len(told(office, who)) for who in ("supervisor-1", "manager-1")] == [2, 1]
    assert len(told(office, "caseworker-1")) == before + 3
    assert told(office, "caseworker-2") == []


async def test_an_assignment_is_told_to_the_caseworker_who_has_the_case_when_it_is_sent(
    office: Office, server: FakeServer
) -> None:
    office.register()
    with write(office.station.engine) as connection:
        add_staff(connection, Staff("caseworker-7", "某某", office.today), office.now)
        grant = Grant("caseworker-7", Role.CASEWORKER, "node-station-1", office.today)
        grant_role(connection, grant, "administrator-1", office.now)
    office.does(Assign("caseworker-7"), "supervisor-1")
    await outbox(office, server).drain()
    assert "A case is assigned to you" in told(office, "caseworker-7")
    assert told(office, "caseworker-1") == []


async def test_a_transfer_is_told_where_it_would_go(office: Office, server: FakeServer) -> None:
    office.recognised()
    office.does(ProposeTransfer("station-3", "本人搬家"))
    await outbox(office, server).drain()
    assert len(told(office, "supervisor-3")) == 1
    assert told(office, "supervisor-1") == []


async def test_a_paper_is_told_to_the_worker(office: Office, server: FakeServer) -> None:
    office.recognised()
    office.does(HandOver("示例区残联", "托养服务"))
    office.does(ApproveClosure(), "supervisor-1")
    [paper] = papers_due(office.case)
    office.does(KeepPaper(paper.id, "a" * 64, "b" * 64, 1), Role.ENGINE)
    await outbox(office, server).drain()
    assert told(office, office.case.worker_id) == ["A paper is ready for you"]


async def test_a_notice_for_nobody_waits_and_says_why(office: Office, server: FakeServer) -> None:
    office.register()
    content = {"to": "supervisor", "station": "station-9", "zh": "甲", "en": "a"}
    row = {"id": "m", "kind": "notice", "case_id": office.case.id, "message": content, "at": office.now, "attempts": 0}
    with write(office.station.engine) as connection:
        connection.execute(insert(table), row)
    assert await outbox(office, server).drain() == (3, 1)
    with read(office.station.engine) as connection:
        [left] = unsent(connection, 10)
        why = connection.execute(select(table.c.last_error).where(table.c.id == left.id)).scalar_one()
    assert (left.id, why) == ("m", "NobodyToTell")


async def test_a_notice_for_a_caseworker_who_left_reaches_the_supervisor(office: Office, server: FakeServer) -> None:
    office.register()
    with write(office.station.engine) as connection:
        connection.execute(delete(role_grant).where(role_grant.c.staff_id == "caseworker-1"))
    await outbox(office, server).drain()
    assert told(office, "caseworker-1") == []
    assert told(office, "supervisor-1") == ["The determination “person with employment difficulty”: needs information"]

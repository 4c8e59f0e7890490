"""The outbox: what was not sent yet, in its order; and the inbox, in which a notice lies once."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from store.messages import Message, inbox, mark_failed, mark_sent, put_in_inbox, unsent, unsent_count
from store.reconciliations import unsent_since
from store.tables.cases import outbox
from tests.builders import OPENED_AT

MINUTE = timedelta(minutes=1)


def a_message(message_id: str = "case-1/act/k/1") -> Message:
    return Message(message_id, "notice", "case-1", {"to": "caseworker", "zh": "提醒", "en": "A reminder"}, OPENED_AT)


@pytest.fixture
def waiting(connection: Connection) -> Connection:
    """Three messages, a minute apart, written in another order."""
    for number in (2, 1, 3):
        row = {
            "id": f"m-{number}",
            "kind": "notice",
            "case_id": f"case-{number}",
            "message": {"n": number},
            "at": OPENED_AT + number * MINUTE,
            "attempts": 0,
        }
        connection.execute(insert(outbox), row)
    return connection


def ids(connection: Connection, at_most: int = 10) -> list[str]:
    return [message.id for message in unsent(connection, at_most)]


def test_the_oldest_goes_first(waiting: Connection) -> None:
    assert ids(waiting) == ["m-1", "m-2", "m-3"]
    assert ids(waiting, at_most=2) == ["m-1", "m-2"]


def test_a_message_is_read_whole(waiting: Connection) -> None:
    first = unsent(waiting, 1)[0]
    assert (first.kind, first.case_id, first.content, first.at) == ("notice", "case-1", {"n": 1}, OPENED_AT + MINUTE)


def test_what_was_sent_waits_no_longer(waiting: Connection) -> None:
    mark_sent(waiting, ["m-1", "m-3"], OPENED_AT)
    assert ids(waiting) == ["m-2"]
    assert unsent_count(waiting) == 1


def test_what_failed_waits_behind_the_others_and_says_why(waiting: Connection) -> None:
    mark_failed(waiting, "m-1", "RPCError")
    assert ids(waiting) == ["m-2", "m-3", "m-1"]
    mark_failed(waiting, "m-1", "RPCError")
    row = waiting.execute(select(outbox).where(outbox.c.id == "m-1")).one()
    assert (row.attempts, row.last_error, row.sent_at) == (2, "RPCError", None)


def test_a_notice_lies_in_an_inbox_once_however_often_it_is_sent(connection: Connection) -> None:
    for _ in range(2):
        put_in_inbox(connection, a_message(), ["caseworker-1", "supervisor-1"])
    assert inbox(connection, "caseworker-1") == ((OPENED_AT, {"zh": "提醒", "en": "A reminder"}),)
    assert len(inbox(connection, "supervisor-1")) == 1
    assert inbox(connection, "manager-1") == ()


def test_a_notice_for_nobody_is_no_error(connection: Connection) -> None:
    put_in_inbox(connection, a_message(), [])


def test_two_notices_of_one_step_are_two(connection: Connection) -> None:
    put_in_inbox(connection, a_message("case-1/act/k/1"), ["caseworker-1"])
    put_in_inbox(connection, a_message("case-1/act/k/2"), ["caseworker-1"])
    assert len(inbox(connection, "caseworker-1")) == 2


def test_what_waits_too_long_is_noticed(waiting: Connection) -> None:
    assert unsent_since(waiting, OPENED_AT + MINUTE) == ()
    assert unsent_since(waiting, OPENED_AT + MINUTE + timedelta(seconds=1)) == ("case-1",)
    mark_sent(waiting, ["m-1"], OPENED_AT)
    assert unsent_since(waiting, OPENED_AT + 2 * MINUTE) == ()

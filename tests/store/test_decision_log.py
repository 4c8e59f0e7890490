"""A decision's pending leaf: RFC 9162's hash of a record that names nobody and commits to every line of its text."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from cases.canonical import canonical
from cases.commitments import commitments_of, committed_to, each_salt
from store.aead import Key
from store.decision_log import (
    Leaf,
    OfPerson,
    leaf_hash,
    leaf_of,
    line_of_word,
    log_decision,
    log_event,
    receipt_holds,
    salts_of,
)
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import decision, log_pending
from tests.builders import OPENED_AT
from tests.store.casework import opened_case

LINES = (b'{"policy":"hardship-worker"}', b'"born_on":"1970-01-01"', b'"household_income":360000')
WORDS = {"act": "{}", "reason": "已有工作"}
ROW: dict[str, Any] = {
    "id": "case-1/act/k",
    "case_id": "case-1",
    "determination_id": "hardship-worker-1",
    "granted": True,
    "departs": False,
    "officer": "officer-1",
    "second_officer": None,
    "at": OPENED_AT,
}


def log(connection: Connection, keyring: KeyRing, key: Key, decision_id: str = "case-1/act/k") -> bytes:
    leaf = Leaf(decision_id, "decision", OPENED_AT, {"case": "case-1", "granted": True}, LINES, WORDS)
    return log_decision(connection, keyring, ROW | {"id": decision_id}, OfPerson("worker-1", key, leaf))


@pytest.fixture
def key(connection: Connection, keyring: KeyRing) -> Key:
    return person_key(connection, keyring, opened_case(connection, keyring).worker_id)


def test_a_leaf_is_the_hash_of_zero_and_the_record() -> None:
    # RFC 9162, 2.1.1: MTH({d[0]}) = HASH(0x00 || d[0]); for the empty record, by hand.
    assert leaf_hash("").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash("例") == sha256(b"\x00\xe4\xbe\x8b").digest()


def test_a_commitment_is_the_hash_of_a_salt_and_a_line() -> None:
    salts, lines = b"s" * 32 + b"t" * 32, [b"a", b"b"]
    made = commitments_of(salts, lines)
    assert made == [sha256(b"s" * 32 + b"a").digest(), sha256(b"t" * 32 + b"b").digest()]
    assert committed_to(made) == sha256(made[0] + made[1]).hexdigest()
    others = [(salts, [b"a", b"c"]), (salts, [b"b", b"a"]), (b"u" + salts[1:], lines), (salts[:32], [b"a"])]
    assert committed_to(made) not in {committed_to(commitments_of(*other)) for other in others}
    with pytest.raises(ValueError, match="argument"):
        commitments_of(salts[:32], lines)


@given(st.integers(1, 40), st.integers(1, 40))
def test_every_line_has_a_salt_of_its_own_whatever_their_number(some: int, more: int) -> None:
    key = Key("key", b"k" * 32)
    salts = each_salt(salts_of(key, "leaf-1", some + more))
    assert salts[:some] == each_salt(salts_of(key, "leaf-1", some))
    assert len(set(salts)) == some + more
    others = (salts_of(key, "leaf-2", some), salts_of(Key("key", b"l" * 32), "leaf-1", some))
    assert not set(salts) & {salt for other in others for salt in each_salt(other)}


def test_the_leaf_of_a_decision_can_be_verified_with_its_salt(
    connection: Connection, keyring: KeyRing, key: Key
) -> None:
    leaf = log(connection, keyring, key)
    row = connection.execute(select(log_pending)).one()
    record = json.loads(row.record)
    assert row.record == canonical(record)
    assert (row.id, row.at, row.leaf) == ("case-1/act/k", OPENED_AT, leaf_hash(row.record))
    assert leaf == row.leaf == leaf_of(connection, row.id)
    assert (record["case"], record["granted"], record["format"]) == ("case-1", True, 2)
    lines = [*LINES, *(line_of_word(*each) for each in WORDS.items())]
    made = commitments_of(salts_of(key, row.id, len(lines)), lines)
    assert record["committed"] == committed_to(made[: len(LINES)])
    assert list(record["words"].values()) == [each.hex() for each in made[len(LINES) :]]


def test_one_line_can_be_shown_without_the_others(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    record = json.loads(connection.execute(select(log_pending.c.record)).scalar_one())
    salts = salts_of(key, "case-1/act/k", len(LINES))
    before, _, after = commitments_of(salts, LINES)
    salt, line, another = each_salt(salts)[1], LINES[1], b'"born_on":"1970-01-02"'
    # With these, and the commitments of the hidden ones, anybody can tell.
    assert record["committed"] == committed_to([before, sha256(salt + line).digest(), after])
    assert record["committed"] != committed_to([before, sha256(salt + another).digest(), after])


def test_the_record_shows_no_value_of_a_fact(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    record = connection.execute(select(log_pending.c.record)).scalar_one()
    assert "1970" not in record
    assert "360000" not in record


def test_two_decisions_on_the_same_facts_do_not_look_alike(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    log(connection, keyring, key, "case-1/act/other")
    first, second = connection.execute(select(log_pending.c.record)).scalars()
    assert json.loads(first)["committed"] != json.loads(second)["committed"]
    assert json.loads(first)["words"] != json.loads(second)["words"]


def test_the_decision_itself_is_a_row(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    assert dict(connection.execute(select(decision)).mappings().one()) == ROW


def test_a_decision_is_logged_once(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    with pytest.raises(IntegrityError), connection.begin_nested():
        log(connection, keyring, key)


def test_what_is_about_nobody_is_a_leaf_without_a_salt(connection: Connection, keyring: KeyRing) -> None:
    leaf = log_event(connection, keyring, "publication", {"policy": "hardship-worker"}, OPENED_AT)
    row = connection.execute(select(log_pending)).one()
    said = {"policy": "hardship-worker", "kind": "publication", "format": 1, "id": row.id, "at": OPENED_AT.isoformat()}
    assert json.loads(row.record) == said
    assert (row.leaf, row.salt_sealed, row.person_id) == (leaf, None, None)


@pytest.mark.parametrize(
    "changed", [{"id": "another"}, {"leaf": bytes(32)}, {"at": OPENED_AT + timedelta(microseconds=1)}]
)
def test_a_receipt_is_of_one_leaf_at_one_time(
    connection: Connection, keyring: KeyRing, changed: dict[str, Any]
) -> None:
    log_event(connection, keyring, "publication", {}, OPENED_AT)
    of = log_pending.c
    row = connection.execute(select(of.id, of.leaf, of.at, of.receipt)).mappings().one()
    assert receipt_holds(keyring, *row.values())
    assert not receipt_holds(keyring, *(dict(row) | changed).values())


def test_a_receipt_under_a_key_that_is_not_ours_does_not_hold(connection: Connection, keyring: KeyRing) -> None:
    leaf = log_event(connection, keyring, "publication", {}, OPENED_AT, event_id="event-1")
    assert not receipt_holds(keyring, "event-1", leaf, OPENED_AT, "another-key:00")

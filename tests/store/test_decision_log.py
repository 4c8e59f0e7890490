"""A decision's pending leaf: RFC 9162's hash of a record that names nobody and commits to every fact."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from cases.canonical import Json, canonical
from store.aead import Key
from store.decision_log import (
    Leaf,
    commitment,
    commitments,
    leaf_hash,
    leaf_of,
    log_decision,
    log_event,
    log_person,
    receipt_holds,
    salt_of,
)
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import decision, log_pending
from tests.builders import OPENED_AT
from tests.store.casework import opened_case

FACTS: dict[str, Json] = {"born_on": "1970-01-01", "household_income": 360_000, "in_work": False}
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
    leaf = Leaf(decision_id, "decision", OPENED_AT, {"case": "case-1", "granted": True}, {"facts": FACTS})
    return log_decision(connection, keyring, "worker-1", key, ROW | {"id": decision_id}, leaf)


@pytest.fixture
def key(connection: Connection, keyring: KeyRing) -> Key:
    return person_key(connection, keyring, opened_case(connection, keyring).worker_id)


def test_a_leaf_is_the_hash_of_zero_and_the_record() -> None:
    # RFC 9162, 2.1.1: MTH({d[0]}) = HASH(0x00 || d[0]); for the empty record, by hand.
    assert leaf_hash("").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash("例") == sha256(b"\x00\xe4\xbe\x8b").digest()


def test_a_commitment_binds_name_value_and_salt() -> None:
    salt = b"s" * 32
    made = commitment(salt, "in_work", value=False)
    assert made == hmac.new(salt, b'["in_work",false]', sha256).hexdigest()
    others = [
        (b"t" * 32, "in_work", False),
        (salt, "in_works", False),
        (salt, "in_work", True),
        (salt, "in_work", None),
    ]
    assert made not in {commitment(*other) for other in others}


@given(st.binary(min_size=1, max_size=64), st.dictionaries(st.text(max_size=8), st.integers() | st.text() | st.none()))
def test_many_commitments_are_those_made_one_by_one(salt: bytes, values: dict[str, Json]) -> None:
    assert list(commitments(salt, values.items())) == [commitment(salt, *each) for each in values.items()]


def test_the_leaf_of_a_decision_can_be_verified_with_its_salt(
    connection: Connection, keyring: KeyRing, key: Key
) -> None:
    leaf = log(connection, keyring, key)
    row = connection.execute(select(log_pending)).one()
    record = json.loads(row.record)
    assert row.record == canonical(record)
    assert (row.id, row.at, row.leaf) == ("case-1/act/k", OPENED_AT, leaf_hash(row.record))
    assert leaf == row.leaf == leaf_of(connection, row.id)
    salt = salt_of(connection, key, row.id)
    assert salt
    assert len(salt) == 32
    assert (record["case"], record["granted"]) == ("case-1", True)
    assert record["facts"] == {name: commitment(salt, name, value) for name, value in FACTS.items()}


def test_the_record_shows_no_value_of_a_fact(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    record = connection.execute(select(log_pending.c.record)).scalar_one()
    assert "1970" not in record
    assert "360000" not in record


def test_two_decisions_on_the_same_facts_do_not_look_alike(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    log(connection, keyring, key, "case-1/act/other")
    first, second = connection.execute(select(log_pending.c.record)).scalars()
    assert set(json.loads(first)["facts"].values()).isdisjoint(json.loads(second)["facts"].values())


def test_the_decision_itself_is_a_row(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    assert dict(connection.execute(select(decision)).mappings().one()) == ROW


def test_a_decision_is_logged_once(connection: Connection, keyring: KeyRing, key: Key) -> None:
    log(connection, keyring, key)
    with pytest.raises(IntegrityError), connection.begin_nested():
        log(connection, keyring, key)


def test_the_same_name_in_two_groups_is_committed_to_as_two(connection: Connection, keyring: KeyRing, key: Key) -> None:
    committed: dict[str, dict[str, Json]] = {"facts": {"long-wait": True}, "findings": {"long-wait": True}}
    log_person(connection, keyring, "worker-1", key, Leaf("leaf-1", "determination", OPENED_AT, {}, committed))
    record = json.loads(connection.execute(select(log_pending.c.record)).scalar_one())
    assert record["facts"]["long-wait"] != record["findings"]["long-wait"]


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

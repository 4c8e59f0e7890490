"""A decision's pending leaf: RFC 9162's hash of a record that names nobody and commits to every fact."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from cases.canonical import Json, canonical
from store.aead import Key
from store.decision_log import commitment, leaf_hash, log_decision
from store.encryption import open_sealed
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


def test_the_leaf_of_a_decision_can_be_verified_with_its_salt(connection: Connection, key: Key) -> None:
    log_decision(connection, key, ROW, {"case": "case-1", "granted": True}, FACTS)
    row = connection.execute(select(log_pending)).one()
    record = json.loads(row.record)
    assert row.record == canonical(record)
    assert (row.id, row.at, row.leaf) == ("case-1/act/k", OPENED_AT, leaf_hash(row.record))
    salt = bytes.fromhex(open_sealed(key, "log_pending", "salt_sealed", row.id, row.salt_sealed))
    assert len(salt) == 32
    assert (record["case"], record["granted"]) == ("case-1", True)
    assert record["facts"] == {name: commitment(salt, name, value) for name, value in FACTS.items()}


def test_the_record_shows_no_value_of_a_fact(connection: Connection, key: Key) -> None:
    log_decision(connection, key, ROW, {}, FACTS)
    record = connection.execute(select(log_pending.c.record)).scalar_one()
    assert "1970" not in record
    assert "360000" not in record


def test_two_decisions_on_the_same_facts_do_not_look_alike(connection: Connection, key: Key) -> None:
    log_decision(connection, key, ROW, {}, FACTS)
    log_decision(connection, key, ROW | {"id": "case-1/act/other"}, {}, FACTS)
    first, second = connection.execute(select(log_pending.c.record)).scalars()
    assert set(json.loads(first)["facts"].values()).isdisjoint(json.loads(second)["facts"].values())


def test_the_decision_itself_is_a_row(connection: Connection, key: Key) -> None:
    log_decision(connection, key, ROW, {}, FACTS)
    assert dict(connection.execute(select(decision)).mappings().one()) == ROW


def test_a_decision_is_logged_once(connection: Connection, key: Key) -> None:
    log_decision(connection, key, ROW, {}, FACTS)
    with pytest.raises(IntegrityError), connection.begin_nested():
        log_decision(connection, key, ROW, {}, FACTS)

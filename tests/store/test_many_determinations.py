"""Determinations and leaves written together are those that would have been written one by one."""

import hmac
from dataclasses import replace
from typing import cast

from sqlalchemy import Connection, select

from cases.canonical import from_canonical
from store.decision_log import DETERMINATION, Leaf, commitment, log_persons, salt_of
from store.determinations import Kept, determination_record, keep_determinations
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import log_pending
from store.tables.log import log_waiting
from tests.builders import OPENED_AT
from tests.store.casework import opened_case
from tests.store.test_determinations import MADE

IDS = tuple(f"{number:026}" for number in range(3))


def test_each_of_many_is_read_as_it_was_made(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    key = person_key(connection, keyring, case.worker_id)
    many = [replace(MADE, version=id_) for id_ in IDS]
    texts = keep_determinations(
        connection, [Kept(key, case.id, id_, made) for id_, made in zip(IDS, many, strict=True)], OPENED_AT
    )
    assert [determination_record(connection, key, case.id, id_) for id_ in IDS] == many
    assert len(set(texts)) == len(IDS)
    assert keep_determinations(connection, [], OPENED_AT) == []


def test_each_of_many_leaves_waits_and_commits_under_a_salt_of_its_own(
    connection: Connection, keyring: KeyRing
) -> None:
    case = opened_case(connection, keyring)
    key = person_key(connection, keyring, case.worker_id)
    leaves = [Leaf(id_, DETERMINATION, OPENED_AT, {"case": case.id}, {"facts": {"waited": 90}}) for id_ in IDS]
    hashes = log_persons(connection, keyring, [(case.worker_id, key, leaf) for leaf in leaves])
    rows = {row.id: row for row in connection.execute(select(log_pending))}
    assert [rows[id_].leaf for id_ in IDS] == hashes
    assert set(connection.execute(select(log_waiting.c.id)).scalars()) == set(IDS)
    committed = set()
    for id_ in IDS:
        salt, record = salt_of(connection, key, id_), from_canonical(rows[id_].record)
        assert salt
        facts = cast("dict[str, dict[str, str]]", record)["facts"]
        assert hmac.compare_digest(facts["waited"], commitment(salt, "waited", 90))
        committed.add(facts["waited"])
    assert len(committed) == len(IDS)
    assert log_persons(connection, keyring, []) == []

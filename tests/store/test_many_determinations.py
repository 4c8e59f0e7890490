"""Determinations and leaves written together are those that would have been written one by one."""

import json
from dataclasses import replace

from sqlalchemy import Connection, select

from cases.commitments import commitments_of, committed_to
from store.decision_log import DETERMINATION, Leaf, OfPerson, log_persons, salts_of
from store.determinations import Kept, determination_record, rows_of
from store.keys import KeyRing
from store.many_rows import insert_rows
from store.person_keys import person_key
from store.tables.cases import log_pending
from store.tables.contents import finding_sheet
from store.tables.log import log_waiting
from tests.builders import OPENED_AT
from tests.store.casework import opened_case
from tests.store.test_determinations import MADE

LINES = (b'{"policy":"hardship-worker"}', b'"waited":90')
IDS = tuple(f"{number:026}" for number in range(3))


def test_each_of_many_is_read_as_it_was_made(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    key = person_key(connection, keyring, case.worker_id)
    many = [replace(MADE, version=id_) for id_ in IDS]
    kept = [Kept(key, case.id, id_, made) for id_, made in zip(IDS, many, strict=True)]
    texts, rows = rows_of(kept, OPENED_AT)
    insert_rows(connection, *rows)
    assert [determination_record(connection, key, case.id, id_) for id_ in IDS] == many
    assert len({written.text for written in texts}) == len(IDS)
    assert len(set(connection.execute(select(finding_sheet.c.hash)).scalars())) == 1
    insert_rows(connection, *rows_of([], OPENED_AT)[1])


def test_policies_that_say_the_same_of_their_rules_are_each_read_by_themselves(
    connection: Connection, keyring: KeyRing
) -> None:
    """Such as before and after a year's holidays were entered."""
    case = opened_case(connection, keyring)
    key = person_key(connection, keyring, case.worker_id)
    for id_, policy_hash in zip(IDS, ("a" * 64, "b" * 64), strict=False):
        made = replace(MADE, policy_hash=policy_hash)
        insert_rows(connection, *rows_of([Kept(key, case.id, id_, made)], OPENED_AT)[1])
        assert determination_record(connection, key, case.id, id_) == made


def test_each_of_many_leaves_waits_and_commits_under_a_salt_of_its_own(
    connection: Connection, keyring: KeyRing
) -> None:
    case = opened_case(connection, keyring)
    key = person_key(connection, keyring, case.worker_id)
    leaves = [Leaf(id_, DETERMINATION, OPENED_AT, {"case": case.id}, LINES) for id_ in IDS]
    hashes = log_persons(connection, keyring, [OfPerson(case.worker_id, key, leaf) for leaf in leaves])
    rows = {row.id: row for row in connection.execute(select(log_pending))}
    assert [rows[id_].leaf for id_ in IDS] == hashes
    assert set(connection.execute(select(log_waiting.c.id)).scalars()) == set(IDS)
    committed = set()
    for id_ in IDS:
        shown = json.loads(rows[id_].record)["committed"]
        assert shown == committed_to(commitments_of(salts_of(key, id_, len(LINES)), LINES))
        committed.add(shown)
    assert len(committed) == len(IDS)
    assert log_persons(connection, keyring, []) == []

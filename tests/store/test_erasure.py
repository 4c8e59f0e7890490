"""Erasing a person: key and salts are gone, a leaf says who, when and why, and every proof still holds."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from cases.checkpoints import opened
from cases.commitments import commitments_of, committed_to
from cases.determinations import Conclusion
from cases.erasing import ErasureBasis, HoldKind
from cases.merkle import includes
from store.aead import SealBroken
from store.append_only import lift_append_only
from store.cases import open_case
from store.decision_log import Leaf, OfPerson, leaf_hash, log_decision, salt_of_before, salts_of
from store.encryption import seal
from store.erasure import Erased, erase_worker, erasure_of, erasure_of_leaf
from store.holding import (
    Held,
    NewHold,
    erase_if_nothing_holds,
    holds,
    lift_hold,
    place_hold,
    restrict_worker,
    restricted_since,
)
from store.households import Member, open_household
from store.keys import KeyRing
from store.log_reading import LogTree, entry_of, newest_checkpoint
from store.log_sequence import sequence
from store.log_signing import known_keys, verifies
from store.people import candidates, register_worker
from store.person_keys import KeyDestroyed, person_key
from store.tables.cases import determination, hardship_case, log_pending
from tests.builders import OPENED_AT
from tests.store.builders import NOW, TODAY, a_worker, an_erasure, an_identity
from tests.store.casework import another, opened_case, register

LINES = (b'{"policy":"hardship-worker"}', b'"disabled":true', b'"household_income":360000')


def decided(
    connection: Connection, keyring: KeyRing, worker_id: str, decision_id: str, case_id: str = "case-1"
) -> None:
    key = person_key(connection, keyring, worker_id)
    row = {
        "id": decision_id,
        "case_id": case_id,
        "determination_id": "hardship-worker-1",
        "granted": True,
        "departs": False,
        "officer": "officer-1",
        "second_officer": None,
        "at": OPENED_AT,
    }
    leaf = Leaf(decision_id, "decision", OPENED_AT, {"case": case_id}, LINES)
    log_decision(connection, keyring, row, OfPerson(worker_id, key, leaf))


@pytest.fixture
def decision_id(connection: Connection, keyring: KeyRing) -> str:
    case = opened_case(connection, keyring)
    decided(connection, keyring, case.worker_id, "case-1/act/k")
    sequence(connection, keyring)
    return "case-1/act/k"


def proved(connection: Connection, leaf_id: str) -> bool:
    """Whether the record still gives its leaf, and the newest signed head still holds it."""
    entry, newest = entry_of(connection, leaf_id), newest_checkpoint(connection)
    record = connection.execute(select(log_pending.c.record).where(log_pending.c.id == leaf_id)).scalar_one()
    assert entry
    assert newest
    checkpoint = opened(newest.note, known_keys(connection), verifies)
    proof = LogTree(connection).inclusion(entry.index, checkpoint.size)
    return includes(checkpoint.root, checkpoint.size, entry.index, leaf_hash(record), proof)


def test_an_erased_decision_says_so_and_its_proof_holds(
    connection: Connection, keyring: KeyRing, decision_id: str
) -> None:
    assert proved(connection, decision_id)
    assert erasure_of_leaf(connection, decision_id) is None
    erase_worker(connection, keyring, "worker-1", an_erasure())
    sequence(connection, keyring)
    assert proved(connection, decision_id)
    assert erasure_of_leaf(connection, decision_id) == erasure_of(connection, "worker-1") == an_erasure()


def test_what_was_committed_can_be_told_by_nobody(connection: Connection, keyring: KeyRing, decision_id: str) -> None:
    key = person_key(connection, keyring, "worker-1")
    record = json.loads(connection.execute(select(log_pending.c.record)).scalar_one())
    assert record["committed"] == committed_to(commitments_of(salts_of(key, decision_id, len(LINES)), LINES))
    erase_worker(connection, keyring, "worker-1", an_erasure())
    with pytest.raises(KeyDestroyed):
        person_key(connection, keyring, "worker-1")


def test_the_day_on_which_time_turns_an_outcome_goes_too(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    flags = dict.fromkeys(("superseded", "turns_by_itself"), False)
    said = {"policy": "hardship-worker", "conclusion": Conclusion.REFUSED, "made_at": OPENED_AT, **flags}
    birthday = {"turns_on": TODAY, "turns_to": Conclusion.GRANTED}
    connection.execute(insert(determination).values(case_id=case.id, id="hardship-worker-1", **said, **birthday))
    erase_worker(connection, keyring, case.worker_id, an_erasure())
    query = select(determination.c.turns_on, determination.c.turns_to)
    assert connection.execute(query).one() == (None, None)


def test_the_tombstone_is_a_leaf_that_names_what_was_destroyed(
    connection: Connection, keyring: KeyRing, decision_id: str
) -> None:
    erase_worker(connection, keyring, "worker-1", an_erasure())
    sequence(connection, keyring)
    [tombstone] = [
        row for row in connection.execute(select(log_pending)) if json.loads(row.record)["kind"] == "erasure"
    ]
    assert json.loads(tombstone.record) == {
        "kind": "erasure",
        "format": 1,
        "id": tombstone.id,
        "at": NOW.isoformat(),
        "person": "worker-1",
        "basis": "consent-withdrawn",
        "actor": "manager-1",
        "entries": [decision_id],
    }
    assert proved(connection, tombstone.id)


def test_another_persons_leaves_stay_readable(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    register_worker(connection, keyring, a_worker(2, id="worker-2"))
    open_case(connection, another(case, "case-2", "worker-2"))
    decided(connection, keyring, "worker-1", "case-1/act/k")
    decided(connection, keyring, "worker-2", "case-2/act/k", "case-2")
    erase_worker(connection, keyring, "worker-1", an_erasure())
    assert salts_of(person_key(connection, keyring, "worker-2"), "case-2/act/k", 1)


def with_a_salt_of_before(connection: Connection, keyring: KeyRing, decision_id: str) -> None:
    sealed = seal(person_key(connection, keyring, "worker-1"), "log_pending", "salt_sealed", decision_id, "5a" * 32)
    lift_append_only(connection)
    connection.execute(update(log_pending).values(salt_sealed=sealed))


def test_the_salt_of_a_leaf_of_before_is_destroyed(connection: Connection, keyring: KeyRing, decision_id: str) -> None:
    key, salt = person_key(connection, keyring, "worker-1"), select(log_pending.c.salt_sealed)
    with connection.begin_nested():
        with_a_salt_of_before(connection, keyring, decision_id)
        this = salt.where(log_pending.c.id == decision_id)
        assert salt_of_before(key, decision_id, connection.execute(this).scalar_one()) == b"Z" * 32
        erase_worker(connection, keyring, "worker-1", an_erasure())
        assert salt_of_before(key, decision_id, connection.execute(this).scalar_one()) is None


def test_a_leaf_of_before_the_log_knew_whom_it_is_about_loses_its_salt_too(
    connection: Connection, keyring: KeyRing, decision_id: str
) -> None:
    with connection.begin_nested():
        with_a_salt_of_before(connection, keyring, decision_id)
        connection.execute(update(log_pending).values(person_id=None))
        erase_worker(connection, keyring, "worker-1", an_erasure())
        found = select(log_pending.c.salt_sealed).where(log_pending.c.id == decision_id)
        assert connection.execute(found).scalar_one() is None


@pytest.mark.usefixtures("decision_id")
def test_erasing_again_changes_nothing(connection: Connection, keyring: KeyRing) -> None:
    assert erase_worker(connection, keyring, "worker-1", an_erasure())
    assert not erase_worker(connection, keyring, "worker-1", an_erasure(at=NOW + timedelta(1)))
    assert erasure_of(connection, "worker-1") == an_erasure()


def test_a_household_goes_with_the_last_who_is_in_the_ledger(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1", "worker-2")
    members = (Member("本人", TODAY, worker_id="worker-1"), Member("配偶", TODAY, worker_id="worker-2"))
    household = open_household(connection, keyring, "station-1", members, NOW)
    erase_worker(connection, keyring, "worker-1", an_erasure())
    person_key(connection, keyring, household)
    erase_worker(connection, keyring, "worker-2", an_erasure())
    with pytest.raises(SealBroken):
        person_key(connection, keyring, household)


@pytest.mark.usefixtures("decision_id")
def test_an_open_case_keeps_the_file(connection: Connection, keyring: KeyRing) -> None:
    with pytest.raises(Held) as held:
        erase_if_nothing_holds(connection, keyring, "worker-1", an_erasure(), TODAY)
    assert [(hold.kind, hold.authority) for hold in held.value.holds] == [(HoldKind.OPEN_CASE, "case-1")]
    assert "case-1" in held.value.refusals[0].wording.zh
    connection.execute(update(hardship_case).values(closed_at=NOW))
    assert erase_if_nothing_holds(connection, keyring, "worker-1", an_erasure(), TODAY)


def test_a_hold_keeps_the_file_until_its_last_day_or_until_it_is_lifted(
    connection: Connection, keyring: KeyRing
) -> None:
    register(connection, keyring, "worker-1")
    ends = NewHold("worker-1", HoldKind.FINANCE, "示例凭证7号", "manager-1", NOW, TODAY + timedelta(10))
    place_hold(connection, ends)
    lifted = place_hold(connection, NewHold("worker-1", HoldKind.DISPUTE, "示例争议1号", "manager-1", NOW))
    both = holds(connection, "worker-1", TODAY + timedelta(10))
    assert {hold.kind: hold.authority for hold in both} == {"finance": "示例凭证7号", "dispute": "示例争议1号"}
    assert [hold.kind for hold in holds(connection, "worker-1", TODAY + timedelta(11))] == ["dispute"]
    assert lift_hold(connection, lifted, "manager-1", NOW) == "worker-1"
    assert lift_hold(connection, lifted, "manager-1", NOW) is None
    assert holds(connection, "worker-1", TODAY + timedelta(11)) == ()


def test_who_is_restricted_is_found_by_nobody_and_still_there(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    assert restrict_worker(connection, "worker-1", NOW)
    assert not restrict_worker(connection, "worker-1", NOW)
    assert restricted_since(connection, "worker-1") == NOW
    assert candidates(connection, keyring, "示例人1", an_identity(1), None) == ()
    person_key(connection, keyring, "worker-1")


def test_the_answer_names_the_day_and_the_basis() -> None:
    [said] = Erased(an_erasure(basis=ErasureBasis.TERM_OVER)).refusals
    assert said.code == "erased"
    assert "2026-03-02" in said.wording.zh
    assert "第47条第2项" in said.wording.zh
    assert "the term of keeping is over" in said.wording.en


def test_many_erasures_leave_every_proof(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    decided(connection, keyring, "worker-1", "decision-1")
    for number in range(2, 41):
        worker_id = register_worker(connection, keyring, a_worker(number, id=f"worker-{number}"))
        open_case(connection, another(case, f"case-{number}", worker_id))
        decided(connection, keyring, worker_id, f"decision-{number}", f"case-{number}")
    sequence(connection, keyring)
    for number in range(1, 41):
        erase_worker(connection, keyring, f"worker-{number}", an_erasure())
    sequence(connection, keyring)
    assert all(proved(connection, f"decision-{number}") for number in range(1, 41))

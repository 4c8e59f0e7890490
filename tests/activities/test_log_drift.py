"""What was taken away from the log, changed in it, or left lying is found from the database alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, insert, update

from activities.drift import LEAF_ALTERED, LEAF_LATE, LEAF_MISSING
from activities.log_checking import check_live
from activities.log_drift import log_drift, steps_of_last_hour
from activities.sequencing import sequence_all
from cases.checkpoints import opened
from cases.determinations import Conclusion
from cases.erasing import ErasureBasis
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from store.append_only import lift_append_only
from store.decision_log import leaf_hash
from store.engine import read, write
from store.log_reading import newest_checkpoint
from store.log_signing import known_keys, verifies
from store.tables.cases import case_step, decision, determination_record, log_pending
from store.tables.erasures import erasure
from store.tables.log import log_checkpoint, log_entry, log_key, log_tile, log_waiting
from store.tables.policies import policy_proposal, policy_publication, policy_text
from tests.activities.office import Office

DECIDED = log_pending.c.id.like("%/act/%")


@pytest.fixture
def decided(office: Office) -> Office:
    """A determination that is sequenced, and a decision that waits."""
    office.register()
    sequence_all(office.station.engine, office.station.keyring)
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    return office


def drift(office: Office, after: timedelta = timedelta(0)) -> dict[str, tuple[str, ...]]:
    with read(office.station.engine) as connection:
        found = log_drift(connection, office.station.keyring, datetime.now(UTC) + after).findings
    return {kind: ids for kind, ids in found.items() if ids}


def wrong(office: Office) -> int:
    checked = check_live(office.station.engine, office.station.keyring, trusted={}, kept=())
    return len(checked.findings)


def spoil(office: Office, how: Callable[[Connection], object]) -> None:
    with write(office.station.engine) as connection:
        lift_append_only(connection)
        how(connection)


def test_nothing_is_found_where_nothing_was_spoiled(decided: Office) -> None:
    assert drift(decided) == {}
    assert wrong(decided) == 0
    sequence_all(decided.station.engine, decided.station.keyring)
    assert drift(decided) == {}
    assert wrong(decided) == 0


def _waiting_leaf_gone(connection: Connection) -> None:
    connection.execute(delete(log_waiting))
    connection.execute(delete(log_pending).where(DECIDED))


def _not_waiting_any_more(connection: Connection) -> None:
    connection.execute(delete(log_waiting))


@pytest.mark.parametrize("how", [_waiting_leaf_gone, _not_waiting_any_more])
def test_a_leaf_that_was_taken_away_is_missing(decided: Office, how: Callable[[Connection], None]) -> None:
    spoil(decided, how)
    assert drift(decided) == {LEAF_MISSING: (decided.case.id,)}
    assert wrong(decided) > 0


def _record_changed(connection: Connection) -> None:
    connection.execute(update(log_pending).where(DECIDED).values(record="{}"))


def _receipt_forged(connection: Connection) -> None:
    connection.execute(update(log_pending).where(DECIDED).values(receipt="key:00"))


def _entry_changed(connection: Connection) -> None:
    connection.execute(update(log_entry).values(leaf=bytes(32)))


def _receipt_gone(connection: Connection) -> None:
    record = '{"kind":"decision"}'
    connection.execute(update(log_pending).where(DECIDED).values(record=record, leaf=leaf_hash(record), receipt=None))


def _granted_turned(connection: Connection) -> None:
    connection.execute(update(decision).values(granted=~decision.c.granted))


def _another_officer(connection: Connection) -> None:
    connection.execute(update(decision).values(officer="officer-2"))


def _pointed_at_another_determination(connection: Connection) -> None:
    connection.execute(update(decision).values(determination_id=f"{HARDSHIP}-2"))


def _decision_gone(connection: Connection) -> None:
    connection.execute(delete(decision))


def _determination_gone(connection: Connection) -> None:
    connection.execute(delete(determination_record).where(determination_record.c.id == f"{HARDSHIP}-1"))


def _concluded_otherwise(connection: Connection) -> None:
    this = determination_record.c.id == f"{HARDSHIP}-1"
    connection.execute(update(determination_record).where(this).values(conclusion=Conclusion.REFUSED))


ROWS = (
    _granted_turned,
    _another_officer,
    _pointed_at_another_determination,
    _decision_gone,
    _determination_gone,
    _concluded_otherwise,
)


@pytest.mark.parametrize("how", [_record_changed, _receipt_forged, _receipt_gone, _entry_changed, *ROWS])
def test_a_leaf_that_was_changed_is_altered(decided: Office, how: Callable[[Connection], None]) -> None:
    spoil(decided, how)
    assert drift(decided) == {LEAF_ALTERED: (decided.case.id,)}
    assert wrong(decided) > 0


def test_an_erasure_and_a_law_that_the_log_was_never_given_are_found(decided: Office) -> None:
    def forged(connection: Connection) -> None:
        now = datetime.now(UTC)
        row = {"worker_id": decided.case.worker_id, "basis": ErasureBasis.TERM_OVER, "actor": "manager-1"}
        connection.execute(insert(erasure).values(id="erasure-9", at=now, recorded_at=now, **row))
        text = {"sha256": "0" * 64, "content": "", "recorded_at": now}
        connection.execute(insert(policy_text).values(text))
        proposed = {"proposed_by": "officer-1", "sha256": "0" * 64, "why": "", "recorded_at": now}
        connection.execute(
            insert(policy_proposal).values(
                id="proposal-9", files=[], jurisdictions=[], replaces=0, proposed_at=now, **proposed
            )
        )
        published = {"number": 1, "published_by": "officer-2", "published_at": now, "in_use_from": now.date()}
        connection.execute(
            insert(policy_publication).values(proposal_id="proposal-9", report={}, **proposed, **published)
        )

    spoil(decided, forged)
    assert drift(decided) == {LEAF_MISSING: ("erasure-9", "proposal-9")}
    assert wrong(decided) == 2


def test_a_log_that_is_gone_with_all_that_it_proved_contradicts_the_checkpoint_that_somebody_keeps(
    decided: Office,
) -> None:
    sequence_all(decided.station.engine, decided.station.keyring)
    with read(decided.station.engine) as connection:
        newest = newest_checkpoint(connection)
        keys = known_keys(connection)
    assert newest
    kept = opened(newest.note, keys, verifies)

    def everything(connection: Connection) -> None:
        for table in (log_entry, log_tile, log_checkpoint, log_key, log_waiting, log_pending, decision, case_step):
            connection.execute(delete(table))

    spoil(decided, everything)
    assert wrong(decided) == 0, "from the database alone nobody can tell"
    checked = check_live(decided.station.engine, decided.station.keyring, trusted=keys, kept=[kept])
    assert len(checked.findings) == 1


def test_a_leaf_that_nobody_sequences_is_late(decided: Office) -> None:
    assert drift(decided, timedelta(seconds=50)) == {}
    assert drift(decided, timedelta(seconds=70)) == {LEAF_LATE: (decided.case.id,)}


def test_the_steps_of_the_last_hour_are_told_with_their_leaves(decided: Office) -> None:
    with read(decided.station.engine) as connection:
        steps = steps_of_last_hour(connection, datetime.now(UTC))
        assert steps_of_last_hour(connection, datetime.now(UTC) + timedelta(hours=2)) == {}
    [(case_id, leaves)] = steps.items()
    assert case_id == decided.case.id
    assert len(leaves) >= 3  # two determinations and a decision; the registration decided nothing
    assert None not in leaves.values()
    spoil(decided, _waiting_leaf_gone)
    with read(decided.station.engine) as connection:
        assert None in steps_of_last_hour(connection, datetime.now(UTC))[case_id].values()

"""A record of before the law was kept with the cases, and the log in a tree, is brought to this version and goes on."""

import json

import pytest
from sqlalchemy import delete, select, update

from activities.log_checking import check_live
from activities.pins_standing import Standing, pins_stand
from activities.replaying import Came, Replay, Replaying
from activities.sequencing import sequence_all
from cases.canonical import canonical
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.roles import Role
from store.append_only import lift_append_only
from store.decision_log import leaf_hash
from store.engine import read, write
from store.laws import pinned_cases
from store.log_reading import log_size
from store.migrate import downgrade, upgrade
from store.scope import Reach, Scope
from store.tables.cases import log_pending
from store.tables.log import log_waiting
from tests.activities.both import both
from tests.activities.office import Office
from tests.store.of_before import written_as_before

__all__ = ["both"]

OLD = "0004"
NEW_IN_A_RECORD = ("format", "kind", "id", "at", "findings", "whole", "words")
EVERYWHERE = Scope((Reach(Role.AUDITOR, "/", below=True),))


def as_the_old_version_left_it(office: Office) -> None:
    """Decisions alone left a leaf, in a record without a kind; neither receipts nor policies were kept."""
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    with write(office.station.engine) as connection:
        written_as_before(connection, office.station.keyring, office.case.id)
        lift_append_only(connection)
        connection.execute(delete(log_waiting))
        connection.execute(delete(log_pending).where(~log_pending.c.id.like("%/act/%")))
        [row] = connection.execute(select(log_pending)).all()
        old = canonical({name: said for name, said in json.loads(row.record).items() if name not in NEW_IN_A_RECORD})
        connection.execute(update(log_pending).values(record=old, leaf=leaf_hash(old)))
    downgrade(office.station.engine, OLD)


@pytest.fixture
def upgraded(both: Office) -> Office:
    as_the_old_version_left_it(both)
    upgrade(both.station.engine, lambda: both.station.keyring)
    return both


def test_its_leaves_are_the_first_of_the_log_and_nothing_is_found_wrong(upgraded: Office) -> None:
    station = upgraded.station
    assert sequence_all(station.engine, station.keyring).altered == ()
    with read(station.engine) as connection:
        assert log_size(connection) == 1
    assert check_live(station.engine, station.keyring, trusted={}, kept=()).findings == ()


def test_its_determinations_name_what_is_missing(upgraded: Office) -> None:
    replaying = Replaying(upgraded.station.engine, upgraded.station.keyring, upgraded.station.policies)
    found = list(
        replaying.replay(Replay(), "auditor-2", EVERYWHERE, upgraded.now, verdicts=upgraded.rule_engine.verdicts)
    )
    assert {each.came for each in found} == {Came.NO_POLICY}
    assert {(each.part, each.now) for one in found for each in one.differences} == {("log", "missing")}


def test_its_open_cases_go_on_without_a_list_of_policies(upgraded: Office) -> None:
    with read(upgraded.station.engine) as connection:
        assert {case.law for case in pinned_cases(connection).values()} == {None}
        assert set(pins_stand(connection, upgraded.station.policies).values()) == {Standing.AS_IT_WAS}
    before = upgraded.case.revision
    upgraded.later(1)
    upgraded.learns("disabled", value=False)
    assert upgraded.case.revision > before
    station = upgraded.station
    sequence_all(station.engine, station.keyring)
    assert check_live(station.engine, station.keyring, trusted={}, kept=()).findings == ()


def test_what_is_altered_before_the_upgrade_is_not_sequenced(both: Office) -> None:
    as_the_old_version_left_it(both)
    with write(both.station.engine) as connection:
        connection.exec_driver_sql("UPDATE log_pending SET record = '{}'")
    upgrade(both.station.engine, lambda: both.station.keyring)
    found = sequence_all(both.station.engine, both.station.keyring)
    assert (found.taken, len(found.altered)) == (0, 1)

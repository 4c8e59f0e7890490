from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from store.households import Member, add_member, household_of, members, open_household
from store.keys import KeyRing
from store.people import register_worker
from store.tables.people import household_member
from tests.store.builders import NOW, TODAY, a_worker

DAY = timedelta(days=1)


def test_who_belongs_to_it_on_a_day(connection: Connection, keyring: KeyRing) -> None:
    worker_id = register_worker(connection, keyring, a_worker())
    worker = Member("本人", TODAY, worker_id=worker_id)
    mother = Member("母亲", TODAY, name="示例母", left_on=TODAY + 9 * DAY)
    household_id = open_household(connection, keyring, "station-1", (worker, mother), NOW)
    child = Member("子女", TODAY + 5 * DAY, name="示例子")
    add_member(connection, keyring, household_id, child, NOW)

    def on(days: int) -> set[Member]:
        return set(members(connection, keyring, household_id, TODAY + days * DAY))

    assert on(-1) == set()
    assert on(0) == {worker, mother}
    assert on(9) == {worker, mother, child}
    assert on(10) == {worker, child}
    assert household_of(connection, worker_id, TODAY) == household_id
    assert household_of(connection, worker_id, TODAY - DAY) is None


def test_names_are_sealed(connection: Connection, keyring: KeyRing) -> None:
    open_household(connection, keyring, "station-1", (Member("母亲", TODAY, name="示例母"),), NOW)
    row = connection.execute(select(household_member)).mappings().one()
    assert "示例母".encode() not in row["name_sealed"]
    assert "母亲".encode() not in row["relation_sealed"]


def test_a_member_is_a_worker_or_a_name() -> None:
    nobody = {"relation": "母亲", "joined_on": TODAY}
    with pytest.raises(ValueError, match="either"):
        Member(**nobody)  # type: ignore[arg-type] # neither is what the test is about
    with pytest.raises(ValueError, match="either"):
        replace(Member("母亲", TODAY, name="示例母"), worker_id="w-1")

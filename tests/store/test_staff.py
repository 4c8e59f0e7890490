from datetime import date, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from cases.roles import Role
from store.staff import (
    Grant,
    Staff,
    add_staff,
    grant_role,
    has_role,
    nearest,
    roles,
    staff_member,
    station_roles,
    supervisors,
)
from tests.store.builders import NOW, TODAY

DAY = timedelta(days=1)


def granted(connection: Connection, grant: Grant) -> None:
    grant_role(connection, grant, "administrator-1", NOW)


def newcomer(connection: Connection, *, joined_on: date = TODAY, left_on: date | None = None) -> str:
    add_staff(connection, Staff("newcomer", "新来", joined_on, left_on), NOW)
    return "newcomer"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(TODAY - DAY, False, id="the day before"),
        pytest.param(TODAY, True, id="the first day"),
        pytest.param(TODAY + 9 * DAY, True, id="the last day"),
        pytest.param(TODAY + 10 * DAY, False, id="the day after"),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(connection: Connection, on: date, expected: bool) -> None:
    staff_id = newcomer(connection, joined_on=TODAY - 100 * DAY)
    granted(connection, Grant(staff_id, Role.GUIDE, "cn-50-99", TODAY, until_on=TODAY + 9 * DAY))
    assert has_role(connection, staff_id, Role.GUIDE, "cn-50-99", on) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(TODAY - DAY, False, id="not yet joined"),
        pytest.param(TODAY, True, id="joined"),
        pytest.param(TODAY + 5 * DAY, True, id="the last day of service"),
        pytest.param(TODAY + 6 * DAY, False, id="left"),
    ],
)
def test_a_role_holds_only_while_its_holder_serves(connection: Connection, on: date, expected: bool) -> None:
    staff_id = newcomer(connection, joined_on=TODAY, left_on=TODAY + 5 * DAY)
    granted(connection, Grant(staff_id, Role.GUIDE, "cn-50-99", TODAY - 50 * DAY))
    assert has_role(connection, staff_id, Role.GUIDE, "cn-50-99", on) is expected


@pytest.mark.parametrize(
    ("node_id", "below", "expected"),
    [
        pytest.param("cn-50-99", True, True, id="at the node"),
        pytest.param("node-station-2", True, True, id="below"),
        pytest.param("cn-50", True, False, id="above"),
        pytest.param("cn-42-99", True, False, id="elsewhere"),
        pytest.param("cn-50-99", False, True, id="at the node, and only there"),
        pytest.param("node-station-2", False, False, id="below one that holds only there"),
        pytest.param("nowhere", True, False, id="no such node"),
    ],
)
def test_a_role_holds_at_its_node_and_below(connection: Connection, node_id: str, below: bool, expected: bool) -> None:
    staff_id = newcomer(connection)
    granted(connection, Grant(staff_id, Role.OFFICER, "cn-50-99", TODAY, below=below))
    assert has_role(connection, staff_id, Role.OFFICER, node_id, TODAY) is expected


def test_roles_of_several_grants_add_up(connection: Connection) -> None:
    staff_id = newcomer(connection)
    for role, node_id in ((Role.GUIDE, "cn-50"), (Role.CASEWORKER, "node-station-1"), (Role.GUIDE, "node-station-1")):
        granted(connection, Grant(staff_id, role, node_id, TODAY))
    assert roles(connection, staff_id, "node-station-1", TODAY) == {Role.GUIDE, Role.CASEWORKER}
    assert station_roles(connection, staff_id, "station-2", TODAY) == {Role.GUIDE}
    assert station_roles(connection, staff_id, "nowhere", TODAY) == frozenset()
    assert roles(connection, "nobody", "node-station-1", TODAY) == frozenset()


def test_the_supervisor_is_the_nearest_one_above(connection: Connection) -> None:
    assert [each.id for each in supervisors(connection, "station-2", TODAY)] == ["supervisor-1"]
    granted(connection, Grant("officer-1", Role.SUPERVISOR, "cn", TODAY))
    assert [each.id for each in supervisors(connection, "station-2", TODAY)] == ["supervisor-1"]
    for staff_id in ("guide-1", "caseworker-1"):
        granted(connection, Grant(staff_id, Role.SUPERVISOR, "cn-50-99-01", TODAY + DAY))
    assert [each.id for each in supervisors(connection, "station-2", TODAY)] == ["supervisor-1"]
    assert [each.id for each in supervisors(connection, "station-2", TODAY + DAY)] == ["caseworker-1", "guide-1"]
    assert [each.id for each in supervisors(connection, "station-1", TODAY + DAY)] == ["supervisor-1"]
    assert supervisors(connection, "nowhere", TODAY) == ()


def test_one_who_holds_it_twice_is_named_once(connection: Connection) -> None:
    granted(connection, Grant("supervisor-1", Role.SUPERVISOR, "cn-50-99", TODAY - DAY))
    assert [each.id for each in nearest(connection, Role.SUPERVISOR, "cn-50-99", TODAY)] == ["supervisor-1"]


def test_nobody_holds_it(connection: Connection) -> None:
    assert nearest(connection, Role.WORKER, "cn-50-99", TODAY) == ()


def test_staff_are_read(connection: Connection) -> None:
    found = staff_member(connection, "caseworker-1")
    assert found is not None
    assert found.name == "周经办"
    assert staff_member(connection, "nobody") is None


def test_a_role_cannot_end_before_it_begins(connection: Connection) -> None:
    with pytest.raises(IntegrityError), connection.begin_nested():
        granted(connection, Grant("guide-1", Role.GUIDE, "cn", TODAY, until_on=TODAY - DAY))

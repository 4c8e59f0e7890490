"""Nobody gives themselves more than they were given."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.roles import Role
from store.accounts import account, add_account
from store.engine import read, write
from store.staff import Grant, grant_role
from store.tables.organisation import role_grant
from tests.demo_record import PASSWORD
from tests.web.counter import Browser, Counter

SINCE = date(2024, 1, 1)
LOCAL, ABOVE = "caseworker-2", "administrator-1"


@pytest.fixture
def local(counter: Counter) -> Browser:
    """An administrator of one station, where the nation's administrator also helps out as a guide."""
    with write(counter.office.station.engine) as connection:
        for staff_id, role in ((LOCAL, Role.ADMINISTRATOR), (ABOVE, Role.GUIDE)):
            grant_role(connection, Grant(staff_id, role, "node-station-2", SINCE), ABOVE, counter.hands())
        add_account(connection, ABOVE, ABOVE, PASSWORD, counter.hands())
    return counter.signed_in(LOCAL)


@pytest.mark.parametrize("act", ["reset", "disable", "leave"])
def test_an_administrator_of_a_station_does_not_rule_the_account_of_one_above(
    counter: Counter, local: Browser, act: str
) -> None:
    before = _account(counter)
    fields = {"act": act, "left_on-year": "2026", "left_on-month": "12", "left_on-day": "1"}
    answer = local.send(f"/staff/{ABOVE}", fields, follow_redirects=False)
    assert answer.status_code == 409
    assert "管辖范围以外" in answer.text
    assert _account(counter) == before


def test_nor_grants_a_role_where_they_are_not_administrator(counter: Counter, local: Browser) -> None:
    fields = {
        "act": "grant",
        "role": "auditor",
        "node": "cn",
        "from_on-year": "2026",
        "from_on-month": "1",
        "from_on-day": "1",
        "below": "yes",
    }
    assert local.send(f"/staff/{LOCAL}", fields, follow_redirects=False).status_code == 422
    with read(counter.office.station.engine) as connection:
        query = select(role_grant.c.id).where(role_grant.c.staff_id == LOCAL, role_grant.c.node_id == "cn")
        assert connection.execute(query).first() is None


def _account(counter: Counter) -> object:
    with read(counter.office.station.engine) as connection:
        return account(connection, ABOVE)

"""A new station of a new place: entered once, looked for first, and at work from then on."""

import pytest

from store import organisation
from store.engine import read
from tests.web.counter import Browser, Counter

PLACE = {
    "parent": "cn-50",
    "level": "county",
    "name": "示例新区",
    "id": "cn-50-88",
    "region_code": "508800",
    "jurisdiction": "",
}
STATION = {
    "parent": "cn-50-88",
    "name": "示例新区零工驿站",
    "id": "station-12",
    "kind": "综合性",
    "hours": "周一至周日 08:00-18:00",
    "trades": "保洁，搬运",
    "address": "示例新路1号",
    "contact": "12333",
    "opened_on-year": "2026",
    "opened_on-month": "3",
    "opened_on-day": "2",
}


@pytest.fixture
def admin(counter_on_both: Counter) -> Browser:
    return counter_on_both.signed_in("administrator-1")


def test_a_station_stands_in_its_place_under_its_law(counter_on_both: Counter, admin: Browser) -> None:
    assert admin.send("/stations/places/new", PLACE).status_code == 200
    assert "示例新区零工驿站" in admin.send("/stations/new", STATION).text
    with read(counter_on_both.office.station.engine) as connection:
        station = organisation.station(connection, "station-12")
        assert station
        assert station.trades == ("保洁", "搬运")
        assert organisation.line(connection, station.node_id) == ("cn", "cn-50", "cn-50-88", "node-station-12")
        assert organisation.station_jurisdiction(connection, "station-12") == "cn-50"


@pytest.mark.parametrize(
    ("page", "fields", "changed", "field"),
    [
        pytest.param("/stations/new", STATION | {"parent": "cn-50-99"}, {"id": "station-1"}, "id", id="a taken id"),
        pytest.param("/stations/new", STATION, {"parent": "nowhere"}, "parent", id="no such place"),
        pytest.param("/stations/new", STATION, {"parent": "node-station-1"}, "parent", id="a station in a station"),
        pytest.param(
            "/stations/new", STATION, {"parent": "cn-50-99", "name": "示例区零工驿站"}, "name", id="one of this name"
        ),
        pytest.param("/stations/new", STATION | {"parent": "cn-50"}, {"id": "驿站 12"}, "id", id="other signs"),
        pytest.param("/stations/places/new", PLACE, {"level": "nation"}, "level", id="a nation in a province"),
        pytest.param("/stations/places/new", PLACE, {"level": "province"}, "level", id="a province in a province"),
        pytest.param("/stations/places/new", PLACE, {"jurisdiction": "cn-50"}, "jurisdiction", id="a taken law"),
        pytest.param("/stations/places/new", PLACE, {"region_code": "50-88"}, "region_code", id="no region code"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_entered(
    counter: Counter, page: str, fields: dict[str, str], changed: dict[str, str], field: str
) -> None:
    answer = counter.signed_in("administrator-1").send(page, fields | changed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    with read(counter.office.station.engine) as connection:
        assert organisation.node(connection, "cn-50-88") is None
        assert organisation.station(connection, "station-12") is None


def test_a_manager_enters_no_station(counter: Counter) -> None:
    assert counter.signed_in("manager-1").get("/stations/new").status_code == 403

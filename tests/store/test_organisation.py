import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from store.organisation import (
    NewNode,
    TreeBroken,
    add_node,
    all_stations,
    jurisdiction,
    line,
    node,
    station,
    station_jurisdiction,
    subtree,
)


def test_a_node_knows_its_line(connection: Connection) -> None:
    assert line(connection, "cn-50-99-01-01") == ("cn", "cn-50", "cn-50-99", "cn-50-99-01", "cn-50-99-01-01")
    assert line(connection, "cn") == ("cn",)
    assert line(connection, "nowhere") == ()


def test_a_subtree_is_the_node_and_all_below(connection: Connection) -> None:
    found = [each.id for each in subtree(connection, "cn-50-99")]
    assert found == ["cn-50-99", "cn-50-99-01", "cn-50-99-01-01", "node-station-2", "node-station-1"]
    assert subtree(connection, "nowhere") == ()


def test_a_neighbour_whose_id_begins_alike_is_not_below(connection: Connection) -> None:
    add_node(connection, NewNode("cn-50-9", "cn-50", "county", "另一示例区"))
    add_node(connection, NewNode("cn-50_99", "cn-50", "county", "又一示例区"))
    assert [each.id for each in subtree(connection, "cn-50-9")] == ["cn-50-9"]
    assert [each.id for each in subtree(connection, "cn-50_99")] == ["cn-50_99"]


def test_any_depth_will_do(connection: Connection) -> None:
    """A notice says five levels and names four: here a station hangs right below a province."""
    added = add_node(connection, NewNode("node-station-9", "cn-50", "station", "市本级驿站"))
    assert added.line == ("cn", "cn-50", "node-station-9")
    assert node(connection, "node-station-9") == added


@pytest.mark.parametrize(
    ("new", "said"),
    [
        pytest.param(NewNode("x", "nowhere", "county", "x"), "not in the tree", id="no parent"),
        pytest.param(NewNode("x", "cn-50-99", "county", "x"), "cannot hang below", id="below its own level"),
        pytest.param(NewNode("x", "cn-50-99", "province", "x"), "cannot hang below", id="below a lower level"),
        pytest.param(NewNode("x", "cn-50-99", "hamlet", "x"), "no level hamlet", id="a level nobody named"),
        pytest.param(NewNode("a/b", "cn", "province", "x"), "slash", id="a slash in its id"),
        pytest.param(NewNode("", "cn", "province", "x"), "not empty", id="no id"),
    ],
)
def test_what_does_not_fit_into_the_tree(connection: Connection, new: NewNode, said: str) -> None:
    with pytest.raises(TreeBroken, match=said):
        add_node(connection, new)


def test_a_jurisdiction_is_named_once(connection: Connection) -> None:
    with pytest.raises(IntegrityError), connection.begin_nested():
        add_node(connection, NewNode("x", "cn", "province", "x", jurisdiction="cn-50"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("cn", "cn"),
        ("cn-50", "cn-50"),
        ("cn-50-99", "cn-50-99"),
        ("node-station-2", "cn-50-99"),
        ("cn-42", "cn-42"),
        ("nowhere", None),
    ],
)
def test_the_nearest_jurisdiction_above_holds(connection: Connection, at: str, expected: str | None) -> None:
    assert jurisdiction(connection, at) == expected


def test_stations_of_a_place(connection: Connection) -> None:
    assert [each.id for each in all_stations(connection, "cn-50")] == ["station-1", "station-2"]
    assert [each.id for each in all_stations(connection, "cn-50-99-01")] == ["station-2"]
    assert all_stations(connection, "cn-50-99-01")[0].trades == ("搬运", "家政", "装修", "餐饮", "保洁")


def test_no_station(connection: Connection) -> None:
    assert station(connection, "nowhere") is None
    assert station_jurisdiction(connection, "nowhere") is None

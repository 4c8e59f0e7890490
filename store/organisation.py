"""The organisation tree, as deep as a place needs it, and the stations that are its leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from cases.canonical import Json
from store.remembered import once
from store.rows import filled
from store.tables.organisation import organisation_level, organisation_node
from store.tables.organisation import station as stations

# Made once: every act asks where its station is.
_NODE: Final = select(organisation_node).where(organisation_node.c.id == bindparam("id"))
_STATION: Final = select(stations).where(stations.c.id == bindparam("id"))


class TreeBroken(ValueError):
    """A node that would not fit into the organisation tree."""


@dataclass(frozen=True)
class Level:
    """层级: the nation has rank 0; a node's level has a higher rank than its parent's."""

    code: str
    rank: int
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class NewNode:
    id: str
    parent_id: str | None
    level: str
    name: str
    region_code: str | None = None
    jurisdiction: str | None = None


@dataclass(frozen=True)
class Node:
    id: str
    parent_id: str | None
    level: str
    name: str
    region_code: str | None
    jurisdiction: str | None
    path: str

    @property
    def line(self) -> tuple[str, ...]:
        """The ids from the root down to this node."""
        return tuple(self.path.strip("/").split("/"))


@dataclass(frozen=True)
class Station:
    """驿站: `kind` and `trades` are the words of the place's own standard and directory."""

    id: str
    node_id: str
    name: str
    kind: str
    hours: str
    trades: tuple[str, ...]
    address: str
    contact: str
    opened_on: date
    closed_on: date | None = None


def add_level(connection: Connection, level: Level) -> None:
    connection.execute(
        insert(organisation_level).values(
            code=level.code, rank=level.rank, name_zh=level.name_zh, name_en=level.name_en
        )
    )


def add_node(connection: Connection, new: NewNode) -> Node:
    """Hang a node into the tree, below a node of a higher level."""
    if not new.id or "/" in new.id:
        raise TreeBroken("A node's id is not empty and holds no slash.")
    above = ""
    if new.parent_id is not None:
        parent = node(connection, new.parent_id)
        if parent is None:
            raise TreeBroken(f"{new.id} cannot hang below {new.parent_id}, which is not in the tree.")
        if _rank(connection, new.level) <= _rank(connection, parent.level):
            raise TreeBroken(f"{new.id} ({new.level}) cannot hang below {parent.id} ({parent.level}).")
        above = parent.path
    added = Node(**vars(new), path=f"{above or '/'}{new.id}/")
    connection.execute(insert(organisation_node).values(**vars(added)))
    return added


def node(connection: Connection, node_id: str) -> Node | None:
    """Nodes are added and never changed."""

    def found() -> Node | None:
        row = connection.execute(_NODE, {"id": node_id}).mappings().one_or_none()
        return filled(Node, row) if row else None

    return once(connection, ("node", node_id), found)


def levels(connection: Connection) -> tuple[Level, ...]:
    """From the nation down."""
    rows = connection.execute(select(organisation_level).order_by(organisation_level.c.rank)).mappings()
    return tuple(filled(Level, row) for row in rows)


def node_of_jurisdiction(connection: Connection, name: str) -> str | None:
    """The node where the policies of a jurisdiction begin to hold."""
    return connection.scalar(select(organisation_node.c.id).where(organisation_node.c.jurisdiction == name))


def subtree(connection: Connection, node_id: str) -> tuple[Node, ...]:
    """The node and all below it, parents before children."""
    top = node(connection, node_id)
    if top is None:
        return ()
    below = organisation_node.c.path.startswith(top.path, autoescape=True)
    rows = connection.execute(select(organisation_node).where(below).order_by(organisation_node.c.path)).mappings()
    return tuple(filled(Node, row) for row in rows)


def line(connection: Connection, node_id: str) -> tuple[str, ...]:
    """The ids from the root down to this node; empty if there is no such node."""
    found = node(connection, node_id)
    return found.line if found else ()


def jurisdiction(connection: Connection, node_id: str) -> str | None:
    """The jurisdiction whose policies hold at a node: its own, or that of the nearest node above."""
    upwards = (node(connection, each) for each in reversed(line(connection, node_id)))
    return next((each.jurisdiction for each in upwards if each and each.jurisdiction), None)


def add_station(connection: Connection, new: Station, recorded_at: datetime) -> None:
    values = {**vars(new), "trades": list(new.trades)}
    connection.execute(insert(stations).values(**values, recorded_at=recorded_at))


def station(connection: Connection, station_id: str) -> Station | None:
    row = connection.execute(_STATION, {"id": station_id}).mappings().one_or_none()
    return _station(row) if row else None


def stations_of(connection: Connection, ids: Select[str]) -> tuple[Station, ...]:
    """The stations that a query of ids finds, such as those of a scope, in the order of their ids."""
    rows = connection.execute(select(stations).where(stations.c.id.in_(ids)).order_by(stations.c.id)).mappings()
    return tuple(_station(row) for row in rows)


def lock_station(connection: Connection, station_id: str) -> None:
    """Nobody else changes it until the transaction ends."""
    connection.execute(select(stations.c.id).where(stations.c.id == station_id).with_for_update())


def change_station(connection: Connection, station_id: str, values: Mapping[str, Json]) -> None:
    """Correct what a station says of itself; who changes it keeps what stood before (`store.changes`)."""
    connection.execute(update(stations).where(stations.c.id == station_id).values(**values))


def all_stations(connection: Connection, within: str) -> tuple[Station, ...]:
    """The stations at a node and below it (名录)."""
    nodes = [each.id for each in subtree(connection, within)]
    rows = connection.execute(select(stations).where(stations.c.node_id.in_(nodes)).order_by(stations.c.id)).mappings()
    return tuple(_station(row) for row in rows)


def station_jurisdiction(connection: Connection, station_id: str) -> str | None:
    found = station(connection, station_id)
    return jurisdiction(connection, found.node_id) if found else None


def _rank(connection: Connection, level: str) -> int:
    rank = connection.scalar(select(organisation_level.c.rank).where(organisation_level.c.code == level))
    if rank is None:
        raise TreeBroken(f"There is no level {level}.")
    return int(rank)


def _station(row: RowMapping) -> Station:
    return filled(Station, row, trades=tuple(row["trades"]))


def nodes_with_jurisdiction(connection: Connection) -> Mapping[str, str]:
    """The names of the places where policies begin to hold, by jurisdiction."""
    query = select(organisation_node.c.jurisdiction, organisation_node.c.name)
    rows = connection.execute(query.where(organisation_node.c.jurisdiction.is_not(None)))
    return {row.jurisdiction: row.name for row in rows}

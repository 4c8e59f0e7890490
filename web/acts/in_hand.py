"""Taking a case in hand: the case of an address, or one that is open already."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, select

from cases.case_kinds import CaseKind
from store.cases import load_case
from store.scope import Reach, Scope
from store.tables.organisation import organisation_node, station
from web.acts.at_hand import AtHand
from web.acts.hardship_hand import HardshipHand, Remembering
from web.acts.subsidy_hand import SubsidyHand, subsidy_record
from web.case.homes import kind_asked
from web.case.of_address import open_asked
from web.case.opened import OpenCase
from web.case.opened_any import Opened
from web.subsidies.opened import OpenSubsidy
from web.visit import Visit

# What the station says that a transfer goes to, which does not have the case yet.
RECEIVING: Final = frozenset({"accept-transfer", "decline-transfer"})


def at_hand(connection: Connection, visit: Visit, kind: str = "") -> AtHand:
    """The case of the address. Raises NotInScope where it is not the reader's to see."""
    if kind in RECEIVING and kind_asked(visit) is CaseKind.HARDSHIP:
        visit = _receiving(connection, visit)
    return hand_over(connection, open_asked(connection, visit))


def hand_over(connection: Connection, opened: Opened) -> AtHand:
    """A case that is open already, at its own time."""
    station_, at = opened.station, opened.visit.now
    match opened:
        case OpenCase():
            record = Remembering(connection, station_.keyring, station_.policies)
            return HardshipHand(opened=opened, connection=connection, at=at, record=record)
        case OpenSubsidy():
            return SubsidyHand(opened=opened, connection=connection, at=at, record=subsidy_record(connection, opened))
        case _:
            raise TypeError(type(opened).__name__)


def _receiving(connection: Connection, visit: Visit) -> Visit:
    """The visit, reaching as far as a case that is offered to one of the reader's stations."""
    case = load_case(connection, visit.part("case_id"))
    to = case.transfer.to_station if case.transfer else None
    mine = select(station.c.id).where(station.c.id == to, station.c.id.in_(visit.scope.stations))
    if to is None or connection.execute(mine).first() is None:
        return visit
    path = connection.scalar(select(organisation_node.c.path).join(station).where(station.c.id == case.station_id))
    reaches = tuple(Reach(role, path or "", below=False) for role in visit.scope.roles)
    return replace(visit, scope=Scope((*visit.scope.reaches, *reaches)))

"""The scope (数据范围) of a reader: what the organisation tree lets them see. Every read of the pages begins here.

A case outside it does not exist for them: a query through a scope cannot find it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select

from cases.hardship.moving import AcceptTransfer
from cases.refusals import Refused, refusal
from cases.roles import Role
from store.any_case import any_case
from store.tables.cases import hardship_case
from store.tables.courses import course
from store.tables.employers import employer
from store.tables.organisation import organisation_node, role_grant, staff
from store.tables.organisation import station as stations
from store.tables.people import worker
from store.tables.queue import queue_item
from store.tables.subsidies import subsidy_case
from store.tables.vacancies import vacancy


class NotInScope(Refused):
    """There is no such thing, or not for this reader; the two are never told apart."""

    def __init__(self) -> None:
        super().__init__((refusal("not-found", "没有找到。", "There is no such thing."),))


@dataclass(frozen=True)
class Reach:
    """One grant: a role at a node, and in all below it."""

    role: Role
    path: str
    below: bool


@dataclass(frozen=True)
class Scope:
    """What some grants reach. Narrowed to the roles that a page is for, before the page asks for anything."""

    reaches: tuple[Reach, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(reach.role for reach in self.reaches)

    def holding(self, roles: Collection[Role]) -> "Scope":
        return Scope(tuple(reach for reach in self.reaches if reach.role in roles))

    @property
    def nodes(self) -> Select[str]:
        """The ids of the nodes in scope."""
        return select(organisation_node.c.id).where(self._reached()).correlate(None)

    @property
    def stations(self) -> Select[str]:
        """The ids of the stations in scope."""
        return select(stations.c.id).join(organisation_node).where(self._reached()).correlate(None)

    def has_case(self) -> ColumnElement[bool]:
        return hardship_case.c.station_id.in_(self.stations)

    def has_any_case(self) -> ColumnElement[bool]:
        """A case of whatever kind, of `store.any_case.any_case`."""
        return any_case.c.station_id.in_(self.stations)

    def has_subsidy(self) -> ColumnElement[bool]:
        return subsidy_case.c.station_id.in_(self.stations)

    def is_offered_case(self) -> ColumnElement[bool]:
        """A case that another station would transfer to one of these: whoever may accept it can look at it first."""
        offered = select(queue_item.c.case_id).where(
            queue_item.c.role == Role.SUPERVISOR,
            queue_item.c.act == "accept-transfer",
            queue_item.c.station_id.in_(self.holding(AcceptTransfer.BY).stations),
        )
        return hardship_case.c.id.in_(offered.correlate(None))

    def has_worker(self) -> ColumnElement[bool]:
        """Those of the ledger here, and those with a case here."""
        # Asked worker by worker: a list of everybody served here would be made for each page.
        theirs = hardship_case.alias()
        served = exists().where(theirs.c.worker_id == worker.c.id, theirs.c.station_id.in_(self.stations))
        return or_(worker.c.station_id.in_(self.stations), served.correlate(worker))

    def _reached(self) -> ColumnElement[bool]:
        path = organisation_node.c.path
        if not self.reaches:
            return false()
        reached = dict.fromkeys((reach.path, reach.below) for reach in self.reaches)
        # Compared by characters: SQLite's LIKE would take capitals and small letters for the same.
        return or_(*(func.substr(path, 1, len(at)) == at if below else path == at for at, below in reached))

    # What is public within a place: the offers of its stations, wherever in it one works.

    @property
    def market(self) -> "Scope":
        """The place around the scope: all that lies under the county or city in which a reader works."""
        return Scope(tuple(dict.fromkeys(_around(reach) for reach in self.reaches)))

    def has_vacancy(self) -> ColumnElement[bool]:
        return vacancy.c.station_id.in_(self.market.stations)

    def has_course(self) -> ColumnElement[bool]:
        return course.c.station_id.in_(self.market.stations)

    def has_employer(self) -> ColumnElement[bool]:
        """Those of the place, those registered for a wider one around it, and those who offer work in it."""
        market = self.market
        offering = select(vacancy.c.employer_id).where(vacancy.c.station_id.in_(market.stations)).correlate(None)
        return or_(
            employer.c.node_id.in_(market.nodes), employer.c.node_id.in_(market.above), employer.c.id.in_(offering)
        )

    @property
    def above(self) -> Select[tuple[str]]:
        """The ids of the nodes that the scope's own nodes lie in."""
        path = organisation_node.c.path
        lines = dict.fromkeys(reach.path for reach in self.reaches)
        lies_in = or_(false(), *(func.substr(line, 1, func.length(path)) == path for line in lines))
        return select(organisation_node.c.id).where(lies_in).correlate(None)


def place_of(connection: Connection, scope: Scope) -> str:
    """The name of the node that all these grants are at or below; empty when there is none such."""
    paths = sorted({reach.path for reach in scope.reaches}, key=len)
    if not paths or not all(path.startswith(paths[0]) for path in paths):
        return ""
    name = connection.scalar(select(organisation_node.c.name).where(organisation_node.c.path == paths[0]))
    return name or ""


def scope_of(connection: Connection, staff_id: str, on: date) -> Scope:
    """All that a member of staff may reach on a day; nothing before they join and after they leave."""
    query = (
        select(role_grant.c.role, organisation_node.c.path, role_grant.c.below)
        .join(organisation_node, organisation_node.c.id == role_grant.c.node_id)
        .join(staff, staff.c.id == role_grant.c.staff_id)
        .where(
            role_grant.c.staff_id == staff_id,
            role_grant.c.from_on <= on,
            or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= on),
            staff.c.joined_on <= on,
            or_(staff.c.left_on.is_(None), staff.c.left_on >= on),
        )
        .order_by(role_grant.c.id)
    )
    return Scope(tuple(Reach(*row) for row in connection.execute(query)))


def require_case(connection: Connection, scope: Scope, case_id: str) -> None:
    """Raises NotInScope unless the reader may see this case: one of their stations, or one that is offered to them."""
    _require(connection, case_id, or_(scope.has_case(), scope.is_offered_case()))


def require_case_here(connection: Connection, scope: Scope, case_id: str) -> None:
    """Raises NotInScope unless the case is at a station of the reader's."""
    _require(connection, case_id, scope.has_case())


def require_any_case(connection: Connection, scope: Scope, case_id: str) -> None:
    """Raises NotInScope unless the case, of whatever kind, is at a station of the reader's."""
    if connection.execute(select(any_case.c.id).where(any_case.c.id == case_id, scope.has_any_case())).first() is None:
        raise NotInScope


def require_subsidy(connection: Connection, scope: Scope, case_id: str) -> None:
    """Raises NotInScope unless the subsidy case is at a station of the reader's."""
    query = select(subsidy_case.c.id).where(subsidy_case.c.id == case_id, scope.has_subsidy())
    if connection.execute(query).first() is None:
        raise NotInScope


def _require(connection: Connection, case_id: str, seen: ColumnElement[bool]) -> None:
    if connection.execute(select(hardship_case.c.id).where(hardship_case.c.id == case_id, seen)).first() is None:
        raise NotInScope


def require_worker(connection: Connection, scope: Scope, worker_id: str) -> None:
    """Raises NotInScope unless the reader may see this worker."""
    query = select(worker.c.id).where(worker.c.id == worker_id, scope.has_worker())
    if connection.execute(query).first() is None:
        raise NotInScope


_COUNTY_DEPTH = 3  # nation, province, county: a place has a market of its own


def _around(reach: Reach) -> Reach:
    """The place that a grant within a county or city lies in; one above them reaches no further than itself."""
    line = reach.path.strip("/").split("/")
    if len(line) < _COUNTY_DEPTH:
        return reach
    return Reach(reach.role, "/" + "/".join(line[:_COUNTY_DEPTH]) + "/", below=True)

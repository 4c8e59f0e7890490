"""Opening the case that an address speaks of, of whatever kind."""

from sqlalchemy import Connection

from cases.case_kinds import CaseKind
from store.scope import NotInScope, require_subsidy
from web.case.homes import HOMES, case_asked, kind_asked
from web.case.opened import open_case
from web.case.opened_any import Opened
from web.subsidies.opened import open_subsidy
from web.visit import Visit


def moved_to(connection: Connection, visit: Visit) -> str | None:
    """The address of a subsidy that was asked for as a hardship case: links of the audit say only the number."""
    if kind_asked(visit) is CaseKind.SUBSIDY:
        return None
    try:
        require_subsidy(connection, visit.scope, case_asked(visit))
    except NotInScope:
        return None
    query = visit.request.url.query
    path = visit.path.replace(HOMES[CaseKind.HARDSHIP], HOMES[CaseKind.SUBSIDY], 1)
    return f"{path}?{query}" if query else path


def open_asked(connection: Connection, visit: Visit) -> Opened:
    """Raises NotInScope where it is not the reader's to see."""
    if kind_asked(visit) is CaseKind.SUBSIDY:
        return open_subsidy(connection, visit)
    return open_case(connection, visit)

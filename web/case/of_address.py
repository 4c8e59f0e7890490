"""Opening the case that an address speaks of, of whatever kind."""

from sqlalchemy import Connection

from cases.case_kinds import CaseKind
from web.case.homes import kind_asked
from web.case.opened import open_case
from web.case.opened_any import Opened
from web.subsidies.opened import open_subsidy
from web.visit import Visit


def open_asked(connection: Connection, visit: Visit) -> Opened:
    """Raises NotInScope where it is not the reader's to see."""
    if kind_asked(visit) is CaseKind.SUBSIDY:
        return open_subsidy(connection, visit)
    return open_case(connection, visit)

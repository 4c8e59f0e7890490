"""How many subsidies wait for the reader of the queue, and where they stand."""

from sqlalchemy import Connection

from store.subsidy_list import Wanted, count_subsidies
from web.case.speech import Shown
from web.subsidies.asked import VIEWS, WAITS
from web.visit import Visit


def waiting_subsidies(visit: Visit, connection: Connection) -> list[Shown]:
    """One line for each of the reader's roles for which something waits."""
    lines: list[Shown] = []
    for view, (role, waits) in WAITS.items():
        if role in visit.scope.roles:
            number = count_subsidies(connection, Wanted(waits=waits), visit.scope)
            if number:
                words = VIEWS[view].within(visit.language)
                lines.append({"words": words, "number": number, "href": f"/subsidies?view={view.value}"})
    return lines

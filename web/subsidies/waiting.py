"""How many subsidies wait for the reader: beside the queue, and in the navigation of every page."""

from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from store.subsidy_list import Wanted, count_subsidies, count_waiting
from web.case.speech import Shown
from web.subsidies.asked import VIEWS, WAITS
from web.visit import Visit

MOST: Final = 99  # counted no further on every page


def subsidies_waiting(visit: Visit) -> str:
    """How many wait for the reader, in figures; nothing where none does."""
    waits = [waits for role, waits in WAITS.values() if role in visit.roles]
    if not waits:
        return ""
    try:
        with visit.reading() as connection:
            number = count_waiting(connection, waits, visit.reach, MOST + 1)
    except SQLAlchemyError:  # the page that says so is shown without a number
        return ""
    return f"{MOST}+" if number > MOST else f"{number or ''}"


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

"""Employers as a page may show them: an organisation by its name, a household by its person, masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from store.employer_register import ListedEmployer
from store.employers import household_names
from store.tables.employers import EmployerKind
from web.visit import Visit


@dataclass(frozen=True)
class ShownEmployer:
    listed: ListedEmployer
    name: str
    household: bool


def shown_employers(
    visit: Visit, connection: Connection, listed: Sequence[ListedEmployer]
) -> tuple[ShownEmployer, ...]:
    """In the order given; of somebody who was erased nothing is left to show."""
    households = [each.id for each in listed if each.kind is EmployerKind.HOUSEHOLD]
    masked = household_names(connection, visit.office.station.keyring, households) if households else {}
    return tuple(ShownEmployer(each, each.name or masked.get(each.id, "—"), each.id in households) for each in listed)

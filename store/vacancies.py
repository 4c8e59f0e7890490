"""Vacancies (岗位): what was offered, and how it stands on a day: live, truth-checked, published, confirmed of late."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from cases.constraints import Demands, HealthDemand, PayUnit
from cases.hours import Hours
from cases.refusals import Refused, refusal
from store import organisation
from store.rows import filled
from store.search import normal_name
from store.tables.employers import employer
from store.tables.vacancies import Closing
from store.tables.vacancies import vacancy as table
from store.values import demands_from, demands_json, hours_from, hours_json


class ClosedAlready(Refused):
    """Somebody closed the vacancy before; nothing was changed by the second."""

    def __init__(self, found: "Vacancy | None") -> None:
        self.found = found
        on, by = (found.closed_on, found.closed_by or "") if found else ("", "")
        super().__init__(
            (
                refusal(
                    "closed-already",
                    f"这个岗位已于{on}关闭{f'（{by}）' if by else ''}，没有再改。",
                    f"This vacancy was closed on {on}{f' by {by}' if by else ''} already: nothing was changed.",
                ),
            )
        )


@dataclass(frozen=True)
class Vacancy:
    """What an employer offers. None: the employer did not say. A changed offer is a new vacancy."""

    id: str
    employer_id: str
    station_id: str
    title: str
    trade: str
    place_node_id: str | None
    address: str | None
    hours: Hours | None
    pay_min_fen: int | None
    pay_max_fen: int | None
    pay_unit: PayUnit
    health_demands: frozenset[HealthDemand] | None
    headcount: int
    received_on: date
    expires_on: date  # the last day
    fits_older: bool = False  # 适合大龄劳动者
    fits_hard_to_place: bool = False  # 适合就业困难人员
    closed_on: date | None = None
    closed_because: Closing | None = None
    closed_by: str | None = None
    replaces_id: str | None = None  # the offer that this one changes

    def live(self, on: date) -> bool:
        closed = self.closed_on is not None and self.closed_on <= on
        return self.received_on <= on <= self.expires_on and not closed


def post_vacancy(connection: Connection, new: Vacancy, recorded_by: str, recorded_at: datetime) -> None:
    hours = None if new.hours is None else hours_json(new.hours)
    health = None if new.health_demands is None else demands_json(new.health_demands)
    values = {**vars(new), "hours": hours, "health_demands": health}
    connection.execute(insert(table).values(**values, recorded_by=recorded_by, recorded_at=recorded_at))


def close_vacancy(
    connection: Connection,
    vacancy_id: str,
    closed_on: date,
    closed_because: Closing | None = None,
    closed_by: str | None = None,
) -> None:
    """Filled, withdrawn or changed: no longer live from this day on. Raises ClosedAlready for who comes second."""
    still_open = (table.c.id == vacancy_id) & table.c.closed_on.is_(None)
    values = {"closed_on": closed_on, "closed_because": closed_because, "closed_by": closed_by}
    if connection.execute(update(table).where(still_open).values(**values)).rowcount != 1:
        raise ClosedAlready(vacancy(connection, vacancy_id))


def lock_vacancy(connection: Connection, vacancy_id: str) -> None:
    """Hold a vacancy until the transaction ends, so that two acts on it come one after the other."""
    connection.execute(select(table.c.id).where(table.c.id == vacancy_id).with_for_update())


def replaced_by(connection: Connection, vacancy_id: str) -> str | None:
    """The newer offer that changed this one."""
    return connection.scalar(select(table.c.id).where(table.c.replaces_id == vacancy_id))


def same_offers(connection: Connection, employer_id: str, title: str, on: date) -> tuple[str, ...]:
    """Live vacancies of an employer with the same title: perhaps the same offer, brought twice.

    The employer is locked for the transaction, so that of two counters one sees the other's.
    """
    connection.execute(select(employer.c.id).where(employer.c.id == employer_id).with_for_update())
    query = select(table.c.id, table.c.title).where(
        table.c.employer_id == employer_id,
        table.c.received_on <= on,
        table.c.expires_on >= on,
        or_(table.c.closed_on.is_(None), table.c.closed_on > on),
    )
    sought = normal_name(title)
    return tuple(row.id for row in connection.execute(query.order_by(table.c.id)) if normal_name(row.title) == sought)


def vacancy(connection: Connection, vacancy_id: str) -> Vacancy | None:
    row = connection.execute(select(table).where(table.c.id == vacancy_id)).mappings().one_or_none()
    return opened_vacancy(row) if row else None


def live_vacancies(connection: Connection, station_id: str, on: date) -> tuple[Vacancy, ...]:
    """The vacancies of a station that are live on a day, those for older and hard-to-place workers first."""
    query = select(table).where(table.c.station_id == station_id, table.c.received_on <= on, table.c.expires_on >= on)
    rows = connection.execute(query.order_by(table.c.id)).mappings()
    found = [each for row in rows if (each := opened_vacancy(row)).live(on)]
    return tuple(sorted(found, key=lambda each: not (each.fits_older or each.fits_hard_to_place)))


def demands(connection: Connection, offered: Vacancy) -> Demands:
    """What a worker's constraints are held against."""
    places = organisation.line(connection, offered.place_node_id) if offered.place_node_id else ()
    return Demands(
        hours=offered.hours,
        places=frozenset(places) or None,
        pay_min_fen=offered.pay_min_fen,
        pay_max_fen=offered.pay_max_fen,
        pay_unit=offered.pay_unit,
        health=offered.health_demands,
    )


def opened_vacancy(row: RowMapping) -> Vacancy:
    hours, health = row["hours"], row["health_demands"]
    return filled(
        Vacancy,
        row,
        hours=None if hours is None else hours_from(hours),
        health_demands=None if health is None else demands_from(health),
    )

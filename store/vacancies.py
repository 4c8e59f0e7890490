"""Vacancies (岗位): what was offered, and how it stands on a day: live, truth-checked, published, confirmed of late."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from cases.constraints import Demands, HealthDemand, PayUnit
from cases.hours import Hours
from store import organisation
from store.rows import filled
from store.tables.vacancies import vacancy as table
from store.values import demands_from, demands_json, hours_from, hours_json


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

    def live(self, on: date) -> bool:
        closed = self.closed_on is not None and self.closed_on <= on
        return self.received_on <= on <= self.expires_on and not closed


def post_vacancy(connection: Connection, new: Vacancy, recorded_by: str, recorded_at: datetime) -> None:
    hours = None if new.hours is None else hours_json(new.hours)
    health = None if new.health_demands is None else demands_json(new.health_demands)
    values = {**vars(new), "hours": hours, "health_demands": health}
    connection.execute(insert(table).values(**values, recorded_by=recorded_by, recorded_at=recorded_at))


def close_vacancy(connection: Connection, vacancy_id: str, closed_on: date) -> None:
    """Filled or withdrawn: no longer live from this day on."""
    connection.execute(update(table).where(table.c.id == vacancy_id).values(closed_on=closed_on))


def vacancy(connection: Connection, vacancy_id: str) -> Vacancy | None:
    row = connection.execute(select(table).where(table.c.id == vacancy_id)).mappings().one_or_none()
    return _vacancy(row) if row else None


def live_vacancies(connection: Connection, station_id: str, on: date) -> tuple[Vacancy, ...]:
    """The vacancies of a station that are live on a day, those for older and hard-to-place workers first."""
    query = select(table).where(table.c.station_id == station_id, table.c.received_on <= on, table.c.expires_on >= on)
    rows = connection.execute(query.order_by(table.c.id)).mappings()
    found = [each for row in rows if (each := _vacancy(row)).live(on)]
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


def _vacancy(row: RowMapping) -> Vacancy:
    hours, health = row["hours"], row["health_demands"]
    return filled(
        Vacancy,
        row,
        hours=None if hours is None else hours_from(hours),
        health_demands=None if health is None else demands_from(health),
    )

"""Subsidy cases in the lines of a list: which subsidy, for whom, how far, whose turn, and how much."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from cases.names import mask_name
from cases.subsidy.stages import Applicant
from store.case_reading import staff_names, station_names
from store.employers import household_names
from store.subsidy_list import ListedSubsidy
from store.tables.employers import employer
from store.worker_lines import WorkerLine
from web.case.speech import speech_of
from web.shown import money
from web.subsidies.titles import subsidy_title
from web.visit import Visit
from web.worker_names import named_workers


@dataclass(frozen=True)
class Line:
    """`name` is empty for somebody who was erased; `sub` tells the one from another of that name.

    `hired`: for whom an employer applied, as the reader may see them; empty where nobody is named, or was erased.
    """

    listed: ListedSubsidy
    title: str
    name: str
    sub: str
    hired: str
    station: str
    caseworker: str
    granted: str


def lines_of(visit: Visit, connection: Connection, listed: Collection[ListedSubsidy]) -> list[Line]:
    book, speech = visit.office.station.policies.book, speech_of(visit)
    workers = named_workers(visit, connection, {person for each in listed if (person := _person(each))})
    employers = _employers(visit, connection, {each.applicant_id for each in listed if not _of_worker(each)})
    stations = station_names(connection, {each.station_id for each in listed})
    staff = staff_names(connection, {each.caseworker for each in listed if each.caseworker})
    shown = []
    for each in listed:
        name, sub = _whose(each, workers, employers, speech("尾号 ", "…"))
        shown.append(
            Line(
                listed=each,
                title=speech.w(subsidy_title(book, each.policy)),
                name=name,
                sub=sub,
                hired=workers[each.hired].name if each.hired and each.hired in workers else "",
                station=stations.get(each.station_id, each.station_id),
                caseworker=staff.get(each.caseworker or "", each.caseworker or ""),
                granted="" if each.granted_fen is None else money(each.granted_fen),
            )
        )
    return shown


def _person(listed: ListedSubsidy) -> str | None:
    return listed.applicant_id if _of_worker(listed) else listed.hired


def _of_worker(listed: ListedSubsidy) -> bool:
    return listed.applicant is Applicant.WORKER


def _whose(
    listed: ListedSubsidy, workers: Mapping[str, WorkerLine], employers: Mapping[str, tuple[str, str]], tail: str
) -> tuple[str, str]:
    if not _of_worker(listed):
        return employers.get(listed.applicant_id, ("", ""))
    person = workers.get(listed.applicant_id)
    return (person.name, f"{tail}{person.phone_tail}") if person else ("", "")


def _employers(visit: Visit, connection: Connection, ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Organisations by their public names; households masked, as everywhere."""
    query = select(employer.c.id, employer.c.name, employer.c.uscc).where(employer.c.id.in_(ids))
    rows = connection.execute(query).all()
    masked = household_names(connection, visit.office.station.keyring, [row.id for row in rows if row.name is None])
    return {row.id: (row.name or mask_name(masked.get(row.id, "—")), row.uscc or "") for row in rows}

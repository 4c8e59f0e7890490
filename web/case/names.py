"""What stands behind the ids of a case: staff, stations, vacancies, employers and courses by their public names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from cases.hardship.case import HardshipCase
from cases.roles import Role
from cases.wording import Wording
from store.case_reading import staff_names, station_names
from store.courses import Course, course
from store.employers import Employer, employer
from store.vacancies import Vacancy, vacancy
from web.case.speech import Speech

# A household that employs is a person, whose name is not for a list.
HOUSEHOLD = Wording("家庭雇主", "a household")
ENGINE = Wording("系统", "system")
NOT_KNOWN = Wording("（已不在册）", "(no longer on record)")


@dataclass(frozen=True)
class Names:
    staff: Mapping[str, str]
    stations: Mapping[str, str]
    vacancies: Mapping[str, Vacancy]
    employers: Mapping[str, Employer]
    courses: Mapping[str, Course]
    worker_id: str

    def actor(self, actor: str, speech: Speech) -> str:
        """Who did something: a member of staff by name, the worker, or the engine."""
        if actor == Role.ENGINE:
            return speech.w(ENGINE)
        if actor == self.worker_id:
            return speech("本人", "the worker")
        return self.staff.get(actor, actor)

    def station(self, station_id: str) -> str:
        return self.stations.get(station_id, station_id)

    def employer(self, employer_id: str, speech: Speech) -> str:
        found = self.employers.get(employer_id)
        if found is None:
            return speech.w(NOT_KNOWN)
        return found.name or speech.w(HOUSEHOLD)

    def employer_of(self, vacancy_id: str, speech: Speech) -> str:
        offered = self.vacancies.get(vacancy_id)
        return self.employer(offered.employer_id, speech) if offered else speech.w(NOT_KNOWN)

    def vacancy(self, vacancy_id: str, speech: Speech) -> str:
        offered = self.vacancies.get(vacancy_id)
        return offered.title if offered else speech.w(NOT_KNOWN)

    def course(self, course_id: str, speech: Speech) -> str:
        found = self.courses.get(course_id)
        return found.title if found else speech.w(NOT_KNOWN)


def names_of(connection: Connection, case: HardshipCase, staff: Iterable[str], stations: Iterable[str]) -> Names:
    """`staff` and `stations`: those that the steps name besides the case itself."""
    people = {*staff, *_staff_of(case)}
    places = {case.station_id, *stations, *([case.transfer.to_station] if case.transfer else [])}
    offered = {
        each: found for each in _once(r.vacancy_id for r in case.referrals) if (found := vacancy(connection, each))
    }
    firms = _once(
        (
            *(v.employer_id for v in offered.values()),
            *(t.employer_id for t in case.talks),
            *(p.employer_id for p in case.placements),
        )
    )
    taught = _once(t.course_id for t in case.trainings)
    return Names(
        staff=staff_names(connection, people),
        stations=station_names(connection, places),
        vacancies=offered,
        employers={each: firm for each in firms if (firm := employer(connection, each))},
        courses={each: lesson for each in taught if (lesson := course(connection, each))},
        worker_id=case.worker_id,
    )


def _staff_of(case: HardshipCase) -> Iterator[str]:
    if case.caseworker:
        yield case.caseworker
    for determination in case.determinations:
        yield from (each for each in (determination.decided_by, determination.departed_by) if each)
    yield from (service.given_by for service in case.services)
    yield from (appointment.with_staff for appointment in case.appointments)
    for proposed in (case.transfer, case.exit, case.closure):
        if proposed:
            yield proposed.proposed_by


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))

"""The places a reader can go to from any page, by their roles."""

from dataclasses import dataclass, replace
from typing import Final

from cases.wording import Wording
from web.roles import AUDITING, CASE_READING, CASE_WORK, LEADING, POLICY_READING, RUNNING, Access
from web.subsidies.waiting import subsidies_waiting
from web.visit import Visit


@dataclass(frozen=True)
class Place:
    path: str
    title: Wording
    access: Access
    also: tuple[str, ...] = ()  # other addresses that belong to it
    here: bool = False
    waits: str = ""  # how much of it waits for the reader


SUBSIDIES: Final = "/subsidies"
PLACES: Final = (
    Place("/queue", Wording("工作台", "Today"), CASE_WORK),
    Place("/cases", Wording("个案", "Cases"), CASE_READING),
    Place(SUBSIDIES, Wording("补贴", "Subsidies"), CASE_READING),
    Place("/workers", Wording("零工", "Workers"), CASE_READING),
    Place("/vacancies", Wording("岗位", "Vacancies"), CASE_READING),
    Place("/employers", Wording("用工主体", "Employers"), CASE_READING),
    Place("/courses", Wording("培训", "Courses"), CASE_READING),
    Place("/overview", Wording("总览", "Overview"), LEADING),
    Place("/policies", Wording("政策", "Policies"), POLICY_READING),
    Place("/audit", Wording("审计", "Audit"), AUDITING),
    Place("/running", Wording("系统", "System"), RUNNING, also=("/staff", "/stations", "/calendars")),
)


def navigation(visit: Visit) -> tuple[Place, ...]:
    return tuple(
        replace(
            place,
            here=any(_within(visit.path, path) for path in (place.path, *place.also)),
            waits=subsidies_waiting(visit) if place.path == SUBSIDIES else "",
        )
        for place in PLACES
        if visit.roles & place.access.roles
    )


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")

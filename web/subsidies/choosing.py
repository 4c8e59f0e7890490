"""What an application is about: for whom, at which station, and which subsidy; those that cannot be had, with why."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection

from activities.subsidy_admission import GOVERNING, law_here, not_in_force
from activities.subsidy_subjects import Parties
from cases.refusals import Refused
from cases.subsidy.process import SubsidyProcess
from cases.subsidy.stages import Applicant, Per
from cases.wording import Wording
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.subsidy_process import subsidy_process
from store.employer_register import in_scope
from store.offers import station_names
from store.organisation import jurisdiction
from store.organisation import station as station_of
from store.scope import NotInScope, require_case_here, require_worker
from web.case.speech import speech_of
from web.subsidies.applicants import ShownApplicant, shown_applicant
from web.subsidies.hired_person import Person, person_of
from web.subsidies.titles import subsidy_title
from web.visit import Visit

FORM: Final = "/subsidies/apply/form"
CHOOSE: Final = "/subsidies/apply"
HIRED: Final = f"{CHOOSE}/hired"
SEVERAL: Final = f"{CHOOSE}/several"


@dataclass(frozen=True)
class Choice:
    """What the address says; `policy` is empty while it is chosen."""

    kind: Applicant
    applicant_id: str
    station: str
    policy: str
    opened_from: str
    hired: Person | None = None  # for whom an employer applies, where the subsidy is had for each person hired

    @property
    def parties(self) -> Parties:
        return Parties(self.kind, self.applicant_id, self.hired.id if self.hired else None)

    def query(self, **changes: str) -> str:
        """Ids alone: nothing of it speaks of a person."""
        said = {
            self.kind.value: self.applicant_id,
            "station": self.station,
            "policy": self.policy,
            "case": self.opened_from,
            "hired": self.hired.id if self.hired else "",
        } | changes
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Offered:
    """A subsidy that the place knows. `why_not`: every reason why it cannot be applied for here and now."""

    policy: str
    title: Wording
    why_not: tuple[Wording, ...]
    per_hire: bool = False


@dataclass(frozen=True)
class Here:
    """A subsidy as it can be applied for here and now, and how it is asked for."""

    subsidy: ResolvedPolicy
    process: SubsidyProcess


def choice_of(visit: Visit, connection: Connection) -> Choice | None:
    """None while nobody is chosen. Raises NotInScope for whom or what is not the reader's to see."""
    worker, employer = visit.asked(Applicant.WORKER.value), visit.asked(Applicant.EMPLOYER.value)
    if bool(worker) == bool(employer):
        return None
    opened_from = visit.asked("case")
    if worker:
        require_worker(connection, visit.scope, worker)
    elif not in_scope(connection, visit.scope, employer):
        raise NotInScope
    if opened_from:
        require_case_here(connection, visit.scope, opened_from)
    stations = station_names(connection, visit.scope)
    station = visit.asked("station")
    station = station if station in stations else next(iter(stations), "")
    kind = Applicant.WORKER if worker else Applicant.EMPLOYER
    hired = visit.asked("hired") if employer else ""
    person = person_of(visit, connection, hired) if hired else None
    return Choice(kind, worker or employer, station, visit.asked("policy"), opened_from, person)


def whose(visit: Visit, connection: Connection, choice: Choice) -> ShownApplicant:
    """Whoever takes an application has the person before them."""
    return shown_applicant(connection, visit, speech_of(visit), (choice.kind, choice.applicant_id), working=True)


def place_of_station(connection: Connection, station_id: str) -> str:
    found = station_of(connection, station_id)
    return (jurisdiction(connection, found.node_id) or "") if found else ""


def offered(visit: Visit, connection: Connection, choice: Choice) -> tuple[list[Offered], list[Offered]]:
    """Of the subsidies of the place those that can be applied for, and those that cannot; not those of others."""
    book, place = visit.office.station.policies.book, place_of_station(connection, choice.station)
    open_, closed = [], []
    for policy, files in sorted(book.files.items()):
        here = [each for each in files if place.startswith(each.jurisdiction)]
        if not here or here[0].kind is not Kind.SUBSIDY:
            continue
        title = subsidy_title(book, policy, place)
        try:
            law = _here(visit, policy, place)
        except Refused as refused:
            closed.append(Offered(policy, title, tuple(reason.wording for reason in refused.refusals)))
            continue
        if law.process.applicant is choice.kind:
            open_.append(Offered(policy, title, (), law.process.per is Per.HIRE))
    return open_, closed


def law_chosen(visit: Visit, connection: Connection, choice: Choice) -> Here:
    """Raises Refused, with every reason why it cannot be applied for."""
    return _here(visit, choice.policy, place_of_station(connection, choice.station))


def _here(visit: Visit, policy: str, place: str) -> Here:
    subsidy, *governing = law_here(visit.office.station.policies, policy, place, visit.today)
    try:
        return Here(subsidy, subsidy_process(governing[GOVERNING.index("subsidy-process")], policy))
    except NoPolicyInForce as none:
        raise Refused((not_in_force(none),)) from None

"""A subsidy case as a person reads it: who applied for what, where it stands, what the rules say, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.case_view import (
    CaseView,
    ClockView,
    DeterminationView,
    Entry,
    clock_views,
    determination_views,
    view_case,
)
from activities.pinning import governing
from activities.policies import Policies
from activities.subsidy_facts import conflicts
from activities.subsidy_record import StoredSubsidyRecord, subsidy_law_of
from cases.days import day_of
from cases.names import mask_name
from cases.next_steps import NextStep
from cases.subsidy.case import SubsidyCase
from cases.subsidy.next_step import next_steps
from cases.subsidy.progress import ACTS
from cases.subsidy.stages import Applicant
from cases.wording import Wording
from rules.policies import NoPolicyInForce
from store.cases import is_hardship, load_subsidy
from store.employers import employer, household_names
from store.engine import read
from store.erasure import key_of_worker
from store.keys import KeyRing
from store.people import worker
from store.steps import TimelineEntry, timeline

APPLIED: Final = Wording("受理补贴申请", "Application taken")


@dataclass(frozen=True)
class ApplicantView:
    """Who applies, or whom they hired. An organisation's name and code are public; a person is masked."""

    kind: Applicant
    id: str
    name: str
    number: str


@dataclass(frozen=True)
class SubsidyView:
    """`conflicts`: on what record and recorded facts disagree; `unaccepted`: unverified values no officer accepted."""

    case: SubsidyCase
    title: Wording
    applicant: ApplicantView
    clocks: tuple[ClockView, ...]
    determinations: tuple[DeterminationView, ...]
    timeline: tuple[Entry, ...]
    next: tuple[NextStep, ...]
    conflicts: tuple[Wording, ...] = ()
    unaccepted: tuple[str, ...] = ()
    hired: ApplicantView | None = None


def view_any(station: Station, case_id: str, now: datetime) -> CaseView | SubsidyView:
    """A case of whatever kind. Raises store.cases.NoSuchCase; raises Erased where the person was erased."""
    with read(station.engine) as connection:
        hardship = is_hardship(connection, case_id)
    return view_case(station, case_id, now) if hardship else view_subsidy(station, case_id, now)


def view_subsidy(station: Station, case_id: str, now: datetime) -> SubsidyView:
    """Raises store.cases.NoSuchCase; raises Erased where the worker was erased."""
    with read(station.engine) as connection:
        case = load_subsidy(connection, case_id)
        key = key_of_worker(connection, station.keyring, case.person)
        law = subsidy_law_of(connection, station.policies, case)
        record = StoredSubsidyRecord(connection, station.keyring, station.policies)
        entries = timeline(connection, key, case.id)
        return SubsidyView(
            case=case,
            title=title_of_subsidy(connection, station.policies, case),
            applicant=applicant_view(connection, station.keyring, case),
            clocks=clock_views(law.terms, station.policies.calendar, case, now),
            determinations=determination_views(connection, key, case),
            timeline=tuple(Entry(e.revision, e.kind, _title(e), e.actor, e.at) for e in entries),
            next=tuple(next_steps(case)),
            conflicts=tuple(_conflicts(connection, station, case, now)),
            unaccepted=tuple(v for v in record.unverified_values(case) if not case.accepts(v)),
            hired=_person(connection, station.keyring, case.hired) if case.hired else None,
        )


def title_of_subsidy(connection: Connection, policies: Policies, case: SubsidyCase) -> Wording:
    """What the subsidy is called in the law that the case is under; its id where that is lost."""
    try:
        return governing(connection, policies, case, case.policy).title
    except NoPolicyInForce:
        return Wording(case.policy, case.policy)


def applicant_view(connection: Connection, keyring: KeyRing, case: SubsidyCase) -> ApplicantView:
    if case.applicant is Applicant.WORKER:
        return _person(connection, keyring, case.applicant_id)
    found = employer(connection, case.applicant_id)
    if found is None:
        raise LookupError(case.applicant_id)
    name = found.name or household_names(connection, keyring, [found.id]).get(found.id, mask_name("—"))
    return ApplicantView(case.applicant, found.id, name, found.uscc or "")


def _person(connection: Connection, keyring: KeyRing, worker_id: str) -> ApplicantView:
    person = worker(connection, keyring, worker_id)
    if person is None:
        raise LookupError(worker_id)
    masked = person.masked()
    return ApplicantView(Applicant.WORKER, person.id, masked.name, masked.identity)


def _conflicts(connection: Connection, station: Station, case: SubsidyCase, now: datetime) -> Iterator[Wording]:
    declared = station.policies.book.facts
    for each in conflicts(connection, station.keyring, station.policies, case, day_of(now)):
        label = declared[each.fact].label if each.fact in declared else Wording(each.fact, each.fact)
        yield each.sentence(label)


def _title(entry: TimelineEntry) -> Wording:
    return ACTS[entry.kind].TITLE if entry.kind in ACTS else APPLIED

"""A case as a person reads it: stage, plan and proofs, clocks with their reckoning, timeline, what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.pinning import law_of
from cases.authorities import Authority
from cases.calendars import Calendar
from cases.case import Case
from cases.case_parts import ClockState, DeterminationState
from cases.clocks import Clock, ClockTerms
from cases.determinations import Determination
from cases.hardship.case import HardshipCase
from cases.hardship.next_step import NextStep, next_steps
from cases.hardship.progress import ACTS
from cases.hardship.proofs import ItemProof, prove
from cases.plans import ServicePlan
from cases.reckoning import Position, position, reckon
from cases.timing import as_clock
from cases.wording import Wording
from store.aead import Key
from store.cases import load_case
from store.determinations import determination_record
from store.engine import read
from store.erasure import key_of_worker
from store.people import MaskedWorker, worker
from store.steps import TimelineEntry, timeline

OPENED = Wording("登记并开案", "Registered, case opened")


@dataclass(frozen=True)
class ClockView:
    """A clock with the reasons of its due instant; `position` is None once it is stopped."""

    id: str
    title: Wording
    state: ClockState
    clock: Clock
    authority: Authority
    reckoning: tuple[Wording, ...]
    position: Position | None


@dataclass(frozen=True)
class DeterminationView:
    state: DeterminationState
    made: Determination


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. What was written in it stays sealed until somebody asks for it."""

    revision: int
    kind: str
    title: Wording
    actor: str
    at: datetime


@dataclass(frozen=True)
class CaseView:
    case: HardshipCase
    worker: MaskedWorker
    plan: ServicePlan
    proofs: tuple[ItemProof, ...]
    clocks: tuple[ClockView, ...]
    determinations: tuple[DeterminationView, ...]
    timeline: tuple[Entry, ...]
    next: tuple[NextStep, ...]


def view_case(station: Station, case_id: str, now: datetime) -> CaseView:
    """Raises store.cases.NoSuchCase; raises Erased where the worker was erased."""
    with read(station.engine) as connection:
        case = load_case(connection, case_id)
        law = law_of(connection, station.policies, case)
        key = key_of_worker(connection, station.keyring, case.worker_id)
        person = worker(connection, station.keyring, case.worker_id)
        if person is None:
            raise LookupError(case.worker_id)
        made = determination_views(connection, key, case)
        entries = tuple(
            Entry(e.revision, e.kind, title_of(e), e.actor, e.at) for e in timeline(connection, key, case.id)
        )
    return CaseView(
        case=case,
        worker=person.masked(),
        plan=law.plan,
        proofs=prove(law.plan, case),
        clocks=clock_views(law.terms, station.policies.calendar, case, now),
        determinations=made,
        timeline=entries,
        next=tuple(next_steps(case, law.plan)),
    )


def title_of(entry: TimelineEntry) -> Wording:
    return ACTS[entry.kind].TITLE if entry.kind in ACTS else OPENED


def determination_views(connection: Connection, key: Key, case: Case) -> tuple[DeterminationView, ...]:
    """Every determination of a case, opened with its person's key."""
    return tuple(
        DeterminationView(d, determination_record(connection, key, case.id, d.id)) for d in case.determinations
    )


def clock_views(
    terms: Mapping[str, ClockTerms], calendar: Calendar, case: Case, now: datetime
) -> tuple[ClockView, ...]:
    return tuple(_clocks(terms, calendar, case, now))


def _clocks(terms: Mapping[str, ClockTerms], calendar: Calendar, case: Case, now: datetime) -> Iterator[ClockView]:
    for state in case.clocks:
        own = terms[state.terms_id]
        clock = as_clock(state, own)
        reckoning = reckon(clock, calendar).steps
        where = position(clock, calendar, now) if state.running else None
        yield ClockView(state.id, own.title, state, clock, own.authority, reckoning, where)

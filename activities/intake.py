"""Intake (登记受理): a registration goes straight to the record, with the start of its case in the outbox.

So nobody is sent home while the workflow engine is away.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from activities.circumstances import StoredRecord, seen_by_engine
from activities.pinning import law_of, pin_law
from activities.policies import Policies
from activities.statements import keep_statements
from cases.acts import in_future, unknown
from cases.acts_of_any.determining import for_officer
from cases.canonical import Json
from cases.days import day_of
from cases.facts import Source, SourceKind, SubjectKind
from cases.field_errors import misread
from cases.hardship.case import HardshipCase
from cases.hardship.progress import opened
from cases.hardship.stages import Stage
from cases.identity import parse_identity
from cases.phones import parse_phone
from cases.refusals import Refusal, Refused, refusal
from cases.registration import FirstFact, Registration
from cases.roles import Role
from cases.steps import key_taken
from cases.wording import Wording
from store import cases as case_rows
from store.engine import read, write
from store.facts import NewFact, record_fact
from store.keys import KeyRing
from store.people import AlreadyRegistered, NewWorker, register_worker, worker
from store.person_keys import person_key
from store.queue import keep_queue
from store.search import normal_name
from store.steps import NewStep, finished_step, same_act, write_opening
from store.ulids import new_id

REGISTRATION: Final = TypeAdapter(Registration)
OPEN_CASE: Final = "open-case"


def read_registration(fields: dict[str, Any]) -> Registration:
    """A registration as typed fields. Raises Refused, naming every field that is wrong and never its value."""
    try:
        registration = REGISTRATION.validate_python(fields)
    except ValidationError as error:
        raise Refused(tuple(misread("registration", e) for e in error.errors(include_input=False))) from None
    reasons = tuple(registration.refusals())
    if reasons:
        raise Refused(reasons)
    return registration


class JustRegistered(Exception):
    """Another counter entered the same person while this one was at it."""


@dataclass(frozen=True)
class Intake:
    engine: Engine
    keyring: KeyRing
    policies: Policies

    def open_case(self, registration: Registration, actor: str, at: datetime) -> HardshipCase:
        """Register a worker and open their case, once per key. Raises Refused, and then nothing was kept."""
        try:
            with write(self.engine) as connection:
                return self.open_within(connection, registration, actor, at)
        except (IntegrityError, JustRegistered):
            # Another counter was quicker: what it wrote decides.
            with read(self.engine) as connection:
                before = self.opened_before(connection, registration, actor)
            if before:
                return before
            raise Refused((_has_open_case(),)) from None

    def open_within(self, connection: Connection, registration: Registration, actor: str, at: datetime) -> HardshipCase:
        """The same in the caller's own transaction."""
        before = self.opened_before(connection, registration, actor)
        return before or self._open(connection, registration, actor, at)

    def enter_within(
        self, connection: Connection, registration: Registration, worker_id: str, actor: str, at: datetime
    ) -> str:
        """Enter a worker into the ledger under this id, without a case, in the caller's transaction.

        Raises Refused; for somebody whom the ledger has already it is AlreadyRegistered.
        """
        self._place(connection, registration, actor, at)
        entered = register_worker(connection, self.keyring, _new_worker(registration, actor, at, worker_id))
        self._identity_facts(connection, registration, entered, actor, at)
        keep_statements(connection, self.keyring, registration, entered, actor, at)
        self._facts(connection, registration, entered, actor, at)
        return entered

    def opened_before(self, connection: Connection, registration: Registration, actor: str) -> HardshipCase | None:
        """The case that this registration opened already. Raises Refused where its key was another registration's."""
        step = _step(registration)
        finished = finished_step(connection, step)
        if finished is None:
            return None
        case = case_rows.load_case(connection, finished.receipt.case_id)
        key = person_key(connection, self.keyring, case.worker_id)
        if not same_act(finished, key, step, OPEN_CASE, actor, _body(registration)):
            raise Refused((key_taken(registration.key),))
        return case

    def _open(self, connection: Connection, registration: Registration, actor: str, at: datetime) -> HardshipCase:
        jurisdiction = self._place(connection, registration, actor, at)
        worker_id = self._worker(connection, registration, actor, at)
        if case_rows.has_other_open_case(connection, worker_id, ""):
            raise Refused((_has_open_case(),))
        keep_statements(connection, self.keyring, registration, worker_id, actor, at)
        self._facts(connection, registration, worker_id, actor, at)
        case = self._new_case(connection, registration, worker_id, jurisdiction, actor, at)
        self._write(connection, registration, case, actor, at)
        return case

    def _place(self, connection: Connection, registration: Registration, actor: str, at: datetime) -> str:
        """The jurisdiction whose policies will hold, once the actor may register there and its policies exist."""
        record = StoredRecord(connection, self.keyring, self.policies)
        jurisdiction = record.station_jurisdiction(registration.station)
        if jurisdiction is None:
            raise Refused((unknown(Wording("驿站", "station"), registration.station),))
        if Role.CASEWORKER not in record.roles(actor, registration.station, day_of(at)):
            raise Refused((_not_a_caseworker(actor, registration.station),))
        refused = [r for fact in registration.facts for r in record.fact_refusals(fact.name, fact.value)]
        said = (fact.name for fact in registration.facts if fact.source is not SourceKind.RECOGNITION)
        refused += [reason for name in said for reason in for_officer(name, record)]
        today = day_of(at)
        refused += [in_future(f.name, f.established_on, today) for f in registration.facts if f.established_on > today]
        if refused:
            raise Refused(tuple(refused))
        return jurisdiction

    def _worker(self, connection: Connection, registration: Registration, actor: str, at: datetime) -> str:
        """The worker's row in the ledger: the one with this identity number, or a new one."""
        try:
            worker_id = register_worker(connection, self.keyring, _new_worker(registration, actor, at))
        except AlreadyRegistered as known:
            return self._known(connection, known, registration.worker.name)
        self._identity_facts(connection, registration, worker_id, actor, at)
        return worker_id

    def _identity_facts(
        self, connection: Connection, registration: Registration, worker_id: str, actor: str, at: datetime
    ) -> None:
        """What the identity number itself says."""
        identity = parse_identity(registration.worker.identity_number, day_of(at))
        for name, value in (("born_on", identity.born_on.isoformat()), ("sex", identity.sex)):
            fact = FirstFact(name, value, SourceKind.RECORD, day_of(at), "身份证件 / identity document")
            record_fact(connection, self.keyring, new_fact(fact, SubjectKind.WORKER, worker_id, actor, at))

    def _known(self, connection: Connection, known: AlreadyRegistered, name: str) -> str:
        """A person who comes back; a name that differs from the ledger's is somebody's mistake."""
        found = worker(connection, self.keyring, known.worker_id) if known.worker_id else None
        if found is None:
            raise JustRegistered from known
        if normal_name(found.name) != normal_name(name):
            raise Refused((_other_name(),))
        return found.id

    def _facts(
        self, connection: Connection, registration: Registration, worker_id: str, actor: str, at: datetime
    ) -> None:
        for fact in registration.facts:
            record_fact(connection, self.keyring, new_fact(fact, SubjectKind.WORKER, worker_id, actor, at))

    def _new_case(
        self,
        connection: Connection,
        registration: Registration,
        worker_id: str,
        jurisdiction: str,
        actor: str,
        at: datetime,
    ) -> HardshipCase:
        law = pin_law(connection, self.policies, jurisdiction, at)
        case = HardshipCase(
            id=f"case-{new_id(at)}",
            revision=0,
            stage=Stage.DETERMINATION,
            worker_id=worker_id,
            station_id=registration.station,
            jurisdiction=jurisdiction,
            applied_on=day_of(at),
            opened_at=at,
            caseworker=actor,
            law=law,
        )
        case = replace(case, plan_hash=law_of(connection, self.policies, case).plan.policy_hash)
        record = StoredRecord(connection, self.keyring, self.policies)
        return opened(case, seen_by_engine(record, case, at))

    def _write(
        self, connection: Connection, registration: Registration, case: HardshipCase, actor: str, at: datetime
    ) -> None:
        case_rows.open_case(connection, case)
        key = person_key(connection, self.keyring, case.worker_id)
        step = NewStep(_step(registration), OPEN_CASE, actor, _body(registration), at, datetime.now(UTC))
        write_opening(connection, key, step, case)
        keep_queue(connection, case, law_of(connection, self.policies, case).plan, at)


def _step(registration: Registration) -> str:
    return f"intake/{registration.key}"


def _body(registration: Registration) -> str:
    return REGISTRATION.dump_json(registration).decode()


def _new_worker(registration: Registration, actor: str, at: datetime, worker_id: str | None = None) -> NewWorker:
    person = registration.worker
    return NewWorker(
        name=person.name,
        identity=parse_identity(person.identity_number, day_of(at)),
        phone=parse_phone(person.phone),
        address=person.address,
        station_id=registration.station,
        registered_on=day_of(at),
        registered_by=actor,
        recorded_at=at,
        unlike=frozenset(registration.unlike),
        id=worker_id,
    )


def new_fact(fact: FirstFact, subject: SubjectKind, subject_id: str, actor: str, at: datetime) -> NewFact:
    return NewFact(
        subject_kind=subject,
        subject_id=subject_id,
        name=fact.name,
        value=cast("Json", fact.value),
        source=Source(fact.source, fact.detail, fact.body or None, fact.paper or None),
        established_on=fact.established_on,
        recorded_by=actor,
        recorded_at=at,
    )


def _has_open_case() -> Refusal:
    return refusal(
        "open-case",
        "本人已有在办个案，请在该个案中继续办理。",
        "This worker has an open case: go on with that one.",
    )


def _not_a_caseworker(actor: str, station: str) -> Refusal:
    return refusal(
        "not-your-role",
        f"{actor}不是{station}的经办人，不能在该站登记。",
        f"{actor} is not a caseworker of {station} and cannot register there.",
    )


def _other_name() -> Refusal:
    return refusal(
        "name-differs",
        "该证件号码已在台账中，但姓名不同，请核对证件。",
        "This identity number is in the ledger under another name: look at the document again.",
    )

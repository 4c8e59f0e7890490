"""Intake of applications (补贴申领受理): straight to the record, with the start of the case in the outbox.

Whatever stands against an application is said at once and in full, before anything is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from activities.circumstances import StoredRecord
from activities.intake import new_fact
from activities.pinning import pin_policies
from activities.policies import Policies
from activities.subsidy_admission import against_opened_from, against_periods, law_here, not_in_force
from activities.subsidy_applicants import applicant_of, hired_of
from activities.subsidy_record import StoredSubsidyRecord, subsidy_law_of
from activities.subsidy_steps import subsidy_seen_by_engine
from activities.subsidy_subjects import parties_of
from cases.acts import in_future, unknown
from cases.acts_of_any.determining import for_officer
from cases.applications import Application
from cases.days import day_of
from cases.facts import SourceKind, Subject
from cases.field_errors import misread
from cases.refusals import Refusal, Refused, refusal
from cases.registration import FirstFact
from cases.roles import Role
from cases.steps import key_taken
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import claims_of, periods_of, refused_at_opening
from cases.subsidy.progress import opened
from cases.subsidy.record import Seen
from cases.subsidy.stages import Stage
from cases.wording import Wording
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store import cases as case_rows
from store.engine import read, write
from store.entitlements import forget_applied
from store.facts import record_facts
from store.keys import KeyRing
from store.person_keys import person_key
from store.steps import NewStep, finished_step, same_act, write_opening
from store.ulids import new_id

APPLICATION: Final = TypeAdapter(Application)
APPLY: Final = "apply-for-subsidy"


def read_application(fields: dict[str, Any]) -> Application:
    """An application as typed fields. Raises Refused, naming every field that is wrong and never its value."""
    try:
        application = APPLICATION.validate_python(fields)
    except ValidationError as error:
        named = Wording("申请", "application")
        raise Refused(tuple(misread(named, e) for e in error.errors(include_input=False))) from None
    reasons = tuple(application.refusals())
    if reasons:
        raise Refused(reasons)
    return application


@dataclass(frozen=True)
class SubsidyIntake:
    engine: Engine
    keyring: KeyRing
    policies: Policies

    def apply(self, application: Application, actor: str, at: datetime) -> SubsidyCase:
        """Take an application and open its case, once per key. Raises Refused, and then nothing was kept."""
        try:
            with write(self.engine) as connection:
                return self.apply_within(connection, application, actor, at)
        except IntegrityError:
            # Another counter was quicker: what it wrote decides, and is told as if it had been seen before.
            with read(self.engine) as connection:
                before = self.opened_before(connection, application, actor)
                if before:
                    return before
                self._admitted(connection, application, actor, at)
            raise

    def apply_within(self, connection: Connection, application: Application, actor: str, at: datetime) -> SubsidyCase:
        """The same in the caller's own transaction."""
        before = self.opened_before(connection, application, actor)
        return before or self.open_within(connection, application, actor, at)

    def open_within(self, connection: Connection, application: Application, actor: str, at: datetime) -> SubsidyCase:
        """Of an application that is known to have opened none before (`opened_before`)."""
        return self._open(connection, self._admitted(connection, application, actor, at), actor, at)

    def opened_before(self, connection: Connection, application: Application, actor: str) -> SubsidyCase | None:
        """The case that this application opened already. Raises Refused where its key was another application's."""
        step = _step(application)
        finished = finished_step(connection, step)
        if finished is None:
            return None
        case = case_rows.load_subsidy(connection, finished.receipt.case_id)
        key = person_key(connection, self.keyring, case.person)
        if not same_act(finished, key, step, APPLY, actor, _body(application)):
            raise Refused((key_taken(application.key),))
        return case

    def objections(
        self, connection: Connection, application: Application, actor: str, at: datetime
    ) -> tuple[Refusal, ...]:
        """Every reason against an application, for a form that is still being filled in; nothing is written."""
        try:
            self._admitted(connection, application, actor, at)
        except Refused as refused:
            return refused.refusals
        return ()

    def _admitted(self, connection: Connection, application: Application, actor: str, at: datetime) -> "Admitted":
        """Raises Refused: for what the actor may not do alone, and for all the rest together."""
        record = StoredRecord(connection, self.keyring, self.policies)
        jurisdiction = record.station_jurisdiction(application.station)
        if jurisdiction is None:
            raise Refused((unknown(Wording("驿站", "station"), application.station),))
        applying = application.applicant
        roles = record.roles(actor, application.station, day_of(at))
        # A worker who applies for themselves, on their own phone, is the worker whom the application names.
        if Role.CASEWORKER not in roles and actor != applying.worker:
            raise Refused((_not_a_caseworker(actor, application.station),))
        refused = _against_facts(record, application, at)
        if Role.CASEWORKER not in roles:
            refused += _more_than_own_word(application)
        law: tuple[ResolvedPolicy, ...] = ()
        applicant_id = hired = None
        try:
            law = law_here(self.policies, application.policy, jurisdiction, day_of(at))
        except Refused as no_law:
            refused += no_law.refusals
        try:
            applicant_id = applicant_of(connection, self.keyring, applying, at)
        except Refused as unknown_applicant:
            refused += unknown_applicant.refusals
        try:
            hired = hired_of(connection, self.keyring, application.hired, at)
        except Refused as unknown_person:
            refused += unknown_person.refusals
        if not law or applicant_id is None or (application.hired and hired is None):
            raise Refused(tuple(refused))
        case = replace(_case(application, applicant_id, jurisdiction, actor, at), hired=hired)
        case = self._claiming(connection, case, application)
        seen = self._seen(connection, case, at)
        refused += refused_at_opening(case, seen)
        refused += against_periods(case, self.policies, seen.on)
        refused += against_opened_from(connection, case)
        if refused:
            raise Refused(tuple(refused))
        return Admitted(application, case, law)

    def _claiming(self, connection: Connection, case: SubsidyCase, application: Application) -> SubsidyCase:
        """With the periods that it claims."""
        try:
            each = subsidy_law_of(connection, self.policies, case).process.each
        except NoPolicyInForce as no_process:
            raise Refused((not_in_force(no_process),)) from None
        periods = periods_of(each, application.periods, case.applied_on)
        return replace(case, claims=claims_of(case, periods, case.applied_on))

    def _seen(self, connection: Connection, case: SubsidyCase, at: datetime) -> Seen:
        return subsidy_seen_by_engine(StoredSubsidyRecord(connection, self.keyring, self.policies), case, at)

    def _open(self, connection: Connection, admitted: "Admitted", actor: str, at: datetime) -> SubsidyCase:
        application, case = admitted.application, admitted.case
        for of, facts in self._by_subject(case, application).items():
            record_facts(connection, self.keyring, [new_fact(fact, *of, actor, at) for fact in facts])
        case = replace(case, law=pin_policies(connection, admitted.law, at))
        case = opened(case, self._seen(connection, case, at))
        case_rows.open_case(connection, case)
        key = person_key(connection, self.keyring, case.person)
        step = NewStep(_step(application), APPLY, actor, _body(application), at, datetime.now(UTC))
        write_opening(connection, key, step, case)
        forget_applied(connection, case.applicant_id, case.hired, case.policy)
        return case

    def _by_subject(self, case: SubsidyCase, application: Application) -> dict[Subject, list[FirstFact]]:
        found: dict[Subject, list[FirstFact]] = {}
        for fact in application.facts:
            found.setdefault(parties_of(case).subject_of(self.policies.book.facts, fact.name), []).append(fact)
        return found


@dataclass(frozen=True)
class Admitted:
    """An application against which nothing stands, with the case that it will be and the law that it is under."""

    application: Application
    case: SubsidyCase
    law: tuple[ResolvedPolicy, ...]


def _case(application: Application, applicant_id: str, jurisdiction: str, actor: str, at: datetime) -> SubsidyCase:
    return SubsidyCase(
        id=f"case-{new_id(at)}",
        revision=0,
        stage=Stage.DETERMINATION,
        station_id=application.station,
        jurisdiction=jurisdiction,
        applied_on=day_of(at),
        opened_at=at,
        caseworker=None if actor == applicant_id else actor,
        policy=application.policy,
        applicant=application.applicant.kind,
        applicant_id=applicant_id,
        opened_from=application.opened_from,
    )


def _against_facts(record: StoredRecord, application: Application, at: datetime) -> list[Refusal]:
    today = day_of(at)
    refused = [reason for fact in application.facts for reason in record.fact_refusals(fact.name, fact.value)]
    said = (fact.name for fact in application.facts if fact.source is not SourceKind.RECOGNITION)
    refused += [reason for name in said for reason in for_officer(name, record)]
    return refused + [in_future(f.name, f.established_on, today) for f in application.facts if f.established_on > today]


def _more_than_own_word(application: Application) -> Iterator[Refusal]:
    """On their own phone a worker states; records, findings and other bodies' papers are seen at the counter."""
    for fact in application.facts:
        if fact.source is not SourceKind.STATEMENT:
            yield refusal(
                "own-word-only",
                f"事实“{fact.name}”只能由经办人凭记录或文书登记，本人只能陈述。",
                f"The fact {fact.name} is recorded by a caseworker who saw the record or paper; you can state it.",
            )


def _step(application: Application) -> str:
    return f"application/{application.key}"


def _body(application: Application) -> str:
    return APPLICATION.dump_json(application).decode()


def _not_a_caseworker(actor: str, station: str) -> Refusal:
    return refusal(
        "not-your-role",
        f"{actor}不是{station}的经办人，不能在该站受理申请。",
        f"{actor} is not a caseworker of {station} and cannot take applications there.",
    )

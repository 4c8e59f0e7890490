"""Subsidies in the fault test: cases whose public notice is long over when the storm begins, and who pays them out.

Before the storm each was applied for, determined, adopted and put on a list, straight in the record; their workflows
begin with the storm. Then two clerks order each payment at once, under keys of their own: one instruction comes of it.
Once it is paid the bank returns it, which two record at once; it is ordered by two again, and paid.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from activities.bootstrap import Station
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.errands import Errand
from activities.intake import read_registration
from activities.subsidy_intake import APPLY, read_application
from activities.subsidy_month import together
from cases.commands import command
from cases.days import day_of
from cases.refusals import Refused
from cases.steps import PolicyStep
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified, OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.progress import policies_due
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import Finish
from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.engine import read, write
from store.tables.bank_batches import subsidy_batch, subsidy_batch_line
from tests.activities.chosen import on_a_list
from tests.applications import an_application
from tests.faults.journal import Journal
from tests.faults.lives import AGE, CASEWORKER, OFFICER, SECOND_OFFICER, a_worker, known_facts
from tests.registrations import a_registration

WORKERS_FROM = 500  # so that nobody of theirs is anybody of the others
MONTH = "2026-01"
FILE: Final = "file-storm"
PAYMENTS: Final = ("payment-1", "payment-2")  # the second, since the bank returns the first


@dataclass(frozen=True)
class Beat:
    """One act; `rivals`: how many clerks send it at once, each under a key of their own."""

    act: Act
    actor: str
    stage: Stage
    checked: bool = False  # whether the rules must have been asked since, today
    rivals: int = 1


def beats(today: date) -> tuple[Beat, ...]:
    return (
        Beat(Recheck(), CASEWORKER, Stage.PAYMENT),
        Beat(AcceptUnverified(EVERY_VALUE, "示例区自行采用"), SECOND_OFFICER, Stage.PAYMENT, checked=True),
        Beat(OrderPayment(), SECOND_OFFICER, Stage.PAYMENT, checked=True, rivals=2),
        Beat(SendPayment("payment-1", FILE), SECOND_OFFICER, Stage.PAYMENT),
        Beat(SettlePayment("payment-1", paid=True, settled_on=today), SECOND_OFFICER, Stage.PAYMENT),
        Beat(ReturnPayment("payment-1", today, "R09", "退汇通知"), OFFICER, Stage.RUNNING, checked=True, rivals=2),
        Beat(OrderPayment(), SECOND_OFFICER, Stage.PAYMENT, checked=True, rivals=2),
        Beat(SendPayment("payment-2", FILE), SECOND_OFFICER, Stage.PAYMENT),
        Beat(SettlePayment("payment-2", paid=True, settled_on=today), SECOND_OFFICER, Stage.PAYMENT),
        Beat(Finish("不再从事灵活就业"), CASEWORKER, Stage.RUNNING, checked=True),
    )


def ready(case: SubsidyCase, beat: Beat, now: datetime) -> bool:
    standing = case.standing
    if case.stage is not beat.stage or standing is None:
        return False
    checked = not any(policies_due(case)) and day_of(standing.made_at) == day_of(now)
    return checked or not beat.checked


def plant(station: Station, number: int, seed: int, now: datetime, journal: Journal) -> tuple[str, ...]:
    """The cases, as their stations left them half a year ago; told to the journal as what a clerk would have sent."""
    at = now - AGE
    with EngineProcess(children=1) as engine:
        cases = tuple(_planted(station, engine, ordinal, seed, at, journal) for ordinal in range(number))
    if cases:
        _in_one_file(station, cases, at)
    return cases


def _in_one_file(station: Station, cases: tuple[str, ...], at: datetime) -> None:
    """The payments of each, chosen for it before they are ordered."""
    file = {"id": FILE, "station_id": "station-1", "made_by": OFFICER, "at": at, "recorded_at": at}
    chosen = [(case, payment) for payment in PAYMENTS for case in cases]
    lines = [
        {"batch_id": FILE, "position": n, "case_id": case, "payment_id": payment, "amount_fen": 1}
        for n, (case, payment) in enumerate(chosen, start=1)
    ]
    with write(station.engine) as connection:
        connection.execute(insert(subsidy_batch), file)
        connection.execute(insert(subsidy_batch_line), lines)


def _planted(station: Station, engine: EngineProcess, ordinal: int, seed: int, at: datetime, journal: Journal) -> str:
    key = f"storm-{seed}-subsidy-{ordinal}"
    fields = a_registration(
        key=f"{key}-worker", worker=a_worker(WORKERS_FROM + ordinal), facts=known_facts(day_of(at), in_work=False)
    )
    with write(station.engine) as connection:
        registration = read_registration(fields)
        worker = station.intake.enter_within(connection, registration, f"worker-{key}", CASEWORKER, at)
    application = read_application(an_application(worker, MONTH, key=key) | {"facts": _facts(day_of(at))})
    journal.note("sent", key=key, kind=APPLY)
    case = station.subsidy_intake.apply(application, CASEWORKER, at)
    journal.note("acked", key=key, case=case.id)
    determining = Determining(station.engine, station.keyring, station.policies, engine)
    with write(station.engine) as connection:
        step = PolicyStep(case, f"{case.id}/determination/{case.policy}/{case.facts_seen}", case.policy, at)
        determining.determine_within(connection, step)
    _does(station, journal, key, case.id, AdoptDetermination("flexible-insurance-1"), at)
    with read(station.engine) as connection:
        granted = load_subsidy(connection, case.id)
    _does(station, journal, key, case.id, PublishNotice(on_a_list(station.engine, granted, at)), at)
    return case.id


def _does(station: Station, journal: Journal, key: str, case_id: str, act: Act, at: datetime) -> None:
    wanted = command(f"{key}-{act.KIND}", act, OFFICER)
    journal.note("sent", key=wanted.key, kind=wanted.kind, case=case_id)
    (answer,) = together(station, at + timedelta(hours=1))([Errand(case_id, wanted)])
    if isinstance(answer, Refused):
        raise answer
    known = {"revision": answer.revision, "stage": answer.stage, "outcome": answer.outcome}
    journal.note("acked", key=wanted.key, case=case_id, **known)


def _facts(day: date) -> list[dict[str, Any]]:
    """As of the day of the application."""
    return [fact | {"established_on": day.isoformat()} for fact in an_application("", MONTH)["facts"]]

"""A writer dies at every point of a step of a subsidy case: money is ordered, sent and recorded once, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.bootstrap import Station, load_policies
from activities.engine_process import EngineProcess
from activities.records import Records
from activities.subsidy_intake import read_application
from cases.commands import command
from cases.steps import Step
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.paying import AcceptUnverified, OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.returning import ReturnPayment
from store.cases import load_subsidy
from store.engine import make_engine, read, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from tests.activities.chosen import in_a_file
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import an_application
from tests.builders import OPENED_AT
from tests.faults.test_crash_points import dying, everything

pytestmark = [pytest.mark.slow]


@pytest.fixture
def counter(sqlite_url: str, keyring: KeyRing, tmp_path: Path) -> Iterator[SubsidyOffice]:
    engine = make_engine(sqlite_url)
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    with EngineProcess() as rules:
        office = Office(Station(engine, keyring, load_policies(), FileStore(tmp_path / "papers")), rules)
        office.register()
        yield SubsidyOffice(office)
    engine.dispose()


def dies_doing(counter: SubsidyOffice, act: Act, actor: str, case: SubsidyCase) -> tuple[SubsidyCase, int]:
    """Tried until it comes through, and once more after it was written: the case, and the deaths on the way."""
    station = counter.office.station
    records = Records(station.engine, station.keyring, station.policies)
    wanted = command(f"key-{case.revision}", act, actor)
    step = Step(case, f"{case.id}/act/{wanted.key}", wanted, counter.office.now)
    done, deaths = dying(station.engine, lambda: records.commit_step(step))
    written = everything(station.engine)
    assert done.receipt, done.refusals
    assert records.commit_step(step) == done
    assert everything(station.engine) == written
    return done.case_as(SubsidyCase), deaths


def test_a_payment_is_ordered_sent_and_settled_once_whenever_its_writer_dies(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-01", "2026-02")
    assert counter.case.standing
    counter.does(AdoptDetermination(counter.case.standing.id), "officer-1")
    counter.is_shown()
    counter.later(14)
    for value in counter.unaccepted():
        counter.does(AcceptUnverified(value, "示例区已发文"), "officer-1")
    case = counter.does(Recheck())
    case, ordering = dies_doing(counter, OrderPayment(), "officer-2", case)
    batch = in_a_file(counter.office.station.engine, case, "payment-1", counter.office.now)
    case, sending = dies_doing(counter, SendPayment("payment-1", batch), "officer-2", case)
    settle = SettlePayment("payment-1", paid=True, settled_on=counter.office.today)
    case, settling = dies_doing(counter, settle, "officer-2", case)
    assert [payment.amount_fen for payment in case.payments] == [case.granted_fen]
    late = ReturnPayment("payment-1", counter.office.today, "R09", "退汇通知7号")
    case, returning = dies_doing(counter, late, "officer-1", case)
    assert min(ordering, sending, settling, returning) > 10
    with read(counter.office.station.engine) as connection:
        assert load_subsidy(connection, case.id) == case
    assert (len(case.payments), case.due_fen) == (1, case.granted_fen)


def test_an_application_claims_its_periods_whole_or_not_at_all(counter: SubsidyOffice) -> None:
    office = counter.office
    application = read_application(an_application(office.case.worker_id, "2026-01", "2026-02"))
    intake = office.station.subsidy_intake
    case, deaths = dying(office.station.engine, lambda: intake.apply(application, "caseworker-1", office.now))
    assert deaths > 20
    written = everything(office.station.engine)
    assert intake.apply(application, "caseworker-1", office.now) == case
    assert everything(office.station.engine) == written

"""Against the record: lists and files name what was chosen for them, as it stood, and no longer what was left out."""

import pytest

from cases.refusals import Refused
from cases.subsidy.acts import Act
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import SendPayment
from store import bank_batches, subsidy_notices
from store.engine import read, write
from tests.activities.both import both
from tests.activities.chosen import in_a_file, on_a_list
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice

__all__ = ["both"]


@pytest.fixture
def counter(both: Office) -> SubsidyOffice:
    both.register()
    counter = SubsidyOffice(both)
    counter.applies(both.case.worker_id, "2026-01", "2026-02")
    return counter


def refused(counter: SubsidyOffice, act: Act, actor: str = "officer-1") -> list[str]:
    with pytest.raises(Refused) as said:
        counter.does(act, actor)
    return [reason.code for reason in said.value.refusals]


def test_a_list_that_nobody_made_is_none(counter: SubsidyOffice) -> None:
    counter.is_granted()
    assert refused(counter, PublishNotice("2026-1")) == ["unknown"]


def test_what_was_left_out_is_named_no_more(counter: SubsidyOffice) -> None:
    counter.is_granted()
    engine = counter.office.station.engine
    number = on_a_list(engine, counter.case, counter.office.now)
    with read(engine) as connection:
        notice = subsidy_notices.found(connection, number)
    with write(engine) as connection:
        subsidy_notices.leave_out(connection, notice, {counter.case.id: "workflow-not-begun"})
    assert refused(counter, PublishNotice(number)) == ["not-named"]


def test_what_was_determined_anew_since_it_was_chosen_waits_for_the_next_list(counter: SubsidyOffice) -> None:
    counter.is_granted()
    number = on_a_list(counter.office.station.engine, counter.case, counter.office.now)
    counter.learns("local_hukou", value=False)
    counter.learns("local_hukou", value=True)
    assert refused(counter, PublishNotice(number)) == ["not-named"]
    counter.is_shown()


def test_a_file_sends_the_payment_it_names_and_no_other(counter: SubsidyOffice) -> None:
    counter.is_ordered()
    station = counter.office.station
    assert refused(counter, SendPayment("payment-1", "batch-9"), "officer-2") == ["unknown"]
    batch = in_a_file(station.engine, counter.case, "payment-2", counter.office.now)
    assert refused(counter, SendPayment("payment-1", batch), "officer-2") == ["not-named"]
    with read(station.engine) as connection:
        assert bank_batches.naming(connection, batch, counter.case.id, "payment-2") is not None
    assert counter.is_sent() == "payment-1"

"""Payment: what must be true on the day, and what the bank may say of it."""

import pytest

from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.determining import ConfirmDeparture, DepartFromDetermination
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import AcceptUnverified, CancelPayment, OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.stages import PaymentStatus, Stage
from tests.cases.subsidy.counter import A_MONTH, Counter, a_counter, a_process, in_notice, in_payment, running


def checked() -> Counter:
    """In payment, and checked again today."""
    counter = in_payment()
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    return counter


def test_it_is_checked_again_on_the_day() -> None:
    counter = in_payment()
    assert counter.refused(OrderPayment(), "officer-2") == ["not-checked-today"]
    counter = checked()
    counter.passes(1)
    assert counter.refused(OrderPayment(), "officer-2") == ["not-checked-today"], "yesterday's is no check of today"


def test_it_waits_for_the_rules_once_facts_were_recorded() -> None:
    counter = checked()
    counter.does(Recheck())
    assert counter.refused(OrderPayment(), "officer-2") == ["out-of-date"]


def test_a_second_officer_orders_it_where_the_place_asks_for_two() -> None:
    counter = checked()
    assert counter.refused(OrderPayment(), "officer-1") == ["second-person"]
    counter.process = a_process(second_person=False)
    counter.does(OrderPayment(), "officer-1")
    assert counter.case.paid_fen == 2 * A_MONTH


def test_it_waits_until_every_unverified_value_is_answered_for() -> None:
    counter = checked()
    counter.record.unverified = ("stop_after", "not_twice")
    assert counter.refused(OrderPayment(), "officer-2") == ["unverified", "unverified"]
    counter.does(AcceptUnverified("stop_after", "区里已发文"), "officer-1")
    assert counter.refused(OrderPayment(), "officer-2") == ["unverified"]
    assert counter.refused(AcceptUnverified("share", "区里已发文"), "officer-1") == ["not-unverified"]
    assert counter.refused(AcceptUnverified("stop_after", "又一次"), "officer-1") == ["accepted"]
    counter.does(AcceptUnverified("not_twice", "区里已发文"), "officer-1")
    counter.does(OrderPayment(), "officer-2")


def test_it_is_ordered_once() -> None:
    counter = in_payment()
    counter.orders()
    assert counter.refused(OrderPayment(), "officer-2") == ["payment-under-way", "nothing-due"]


def test_nothing_is_paid_before_the_days_of_the_notice_are_over() -> None:
    counter = in_notice()
    counter.passes(6)
    assert "wrong-stage" in counter.refused(OrderPayment(), "officer-2")
    assert counter.case.stage is Stage.NOTICE


def test_a_place_without_public_notice_pays_at_once() -> None:
    counter = a_counter(a_process(notice=False))
    counter.grants(2 * A_MONTH)
    counter.does(OrderPayment(), "officer-2")
    assert counter.case.paid_fen == 2 * A_MONTH


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (PaymentStatus.SENT, "send"),
        (PaymentStatus.ORDERED, "settle"),
        (PaymentStatus.SENT, "cancel"),
    ],
)
def test_an_instruction_goes_its_way_once(status: PaymentStatus, act: str) -> None:
    counter = in_payment()
    payment = counter.orders() if status is PaymentStatus.ORDERED else counter.sends()
    acts = {
        "send": SendPayment(payment, "batch-2"),
        "settle": SettlePayment(payment, paid=True, settled_on=counter.today),
        "cancel": CancelPayment(payment, "写错"),
    }
    assert counter.refused(acts[act], "officer-2") == ["other-status"]


def test_a_return_names_the_banks_code() -> None:
    counter = in_payment()
    payment = counter.sends()
    returned = SettlePayment(payment, paid=False, settled_on=counter.today)
    assert counter.refused(returned, "officer-2") == ["blank"]


def test_what_the_officers_granted_is_paid_and_not_what_the_rules_came_to() -> None:
    counter = a_counter()
    found = counter.concludes(0, Conclusion.REFUSED)
    counter.does(DepartFromDetermination(found, granted=True, reason="属实", amount_fen=A_MONTH), "officer-1")
    counter.does(ConfirmDeparture(found), "officer-2")
    counter.does(PublishNotice("notice-1"), "officer-1")
    counter.passes(14)
    counter.does(Recheck())
    counter.concludes(0, Conclusion.REFUSED)
    assert counter.case.stage is Stage.PAYMENT, "the rules say what they said when the officers departed"
    counter.does(OrderPayment(), "officer-1")
    assert counter.case.payments[-1].amount_fen == A_MONTH


@pytest.mark.parametrize("amount_fen", [None, 0, -1])
def test_a_departure_that_grants_names_a_sum(amount_fen: int | None) -> None:
    counter = a_counter()
    found = counter.concludes(0, Conclusion.REFUSED)
    act = DepartFromDetermination(found, granted=True, reason="属实", amount_fen=amount_fen)
    assert counter.refused(act, "officer-1") == ["no-amount"]


def test_another_sum_than_the_rules_is_a_departure_and_the_same_is_none() -> None:
    counter = a_counter()
    found = counter.concludes(2 * A_MONTH)
    same = DepartFromDetermination(found, granted=True, reason="核减", amount_fen=2 * A_MONTH)
    assert counter.refused(same, "officer-1") == ["no-departure"]
    counter.does(DepartFromDetermination(found, granted=True, reason="核减", amount_fen=A_MONTH), "officer-1")
    counter.does(ConfirmDeparture(found), "officer-2")
    assert counter.case.granted_fen == A_MONTH


def test_a_check_of_a_running_subsidy_that_agrees_is_silent() -> None:
    counter = running()
    papers, decided_by = counter.case.papers, counter.case.standing.decided_by if counter.case.standing else None
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    assert counter.case.stage is Stage.RUNNING
    assert counter.case.papers == papers
    assert counter.case.standing
    assert (counter.case.standing.granted, counter.case.standing.decided_by) == (True, decided_by)


def test_time_and_the_bank_meet_in_any_order() -> None:
    """Sent, and then a fact brings the case back: what the bank says is recorded, and the decision takes it in."""
    counter = in_payment()
    payment = counter.sends()
    counter.does(Recheck())
    counter.concludes(A_MONTH)
    assert counter.case.stage is Stage.DETERMINATION
    counter.does(SettlePayment(payment, paid=False, settled_on=counter.today, code="R01"), "officer-2")
    counter.grants(A_MONTH)
    assert (_stage(counter), counter.case.due_fen) == (Stage.PAYMENT, A_MONTH)


def _stage(counter: Counter) -> Stage:
    return counter.case.stage


def test_the_engine_orders_nothing() -> None:
    assert "not-your-role" in checked().refused(OrderPayment(), Role.ENGINE)

"""Whose turn it is in a subsidy case, and who is told."""

from collections.abc import Callable, Iterable

import pytest

from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.appealing import AskReview
from cases.subsidy.case import SubsidyCase
from cases.subsidy.clock_names import clock_name
from cases.subsidy.determining import DepartFromDetermination, DeterminationMade
from cases.subsidy.engine import KeepPaper, PutOff, RingAlarm
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.subsidy.next_step import next_steps
from cases.subsidy.noticing import RaiseObjection
from cases.subsidy.paying import Recheck, SettlePayment
from cases.subsidy.recovering import DemandRecovery
from cases.subsidy.stages import Applicant
from cases.subsidy.telling import notices
from tests.cases.subsidy.counter import (
    A_MONTH,
    POLICY,
    TERMS,
    Counter,
    a_case,
    a_counter,
    closed,
    granted,
    in_notice,
    in_payment,
    overpaid,
    refused,
    running,
)


def concluded(conclusion: Conclusion, amount_fen: int | None = None) -> Counter:
    counter = a_counter()
    counter.concludes(amount_fen, conclusion)
    return counter


def departing() -> Counter:
    counter = concluded(Conclusion.REFUSED, 0)
    act = DepartFromDetermination(f"{POLICY}-1", granted=True, reason="属实", amount_fen=A_MONTH)
    counter.does(act, "officer-1")
    return counter


def looked_at(*, stands: bool | None = None) -> Counter:
    counter = concluded(Conclusion.REFUSED, 0)
    counter.does(AskPerson("请人工复核"))
    if stands is not None:
        counter.does(AnswerPerson(stands=stands, finding="复核"), "officer-1")
    return counter


def after(begun: Counter, act: Act, actor: str = "caseworker-1") -> Counter:
    begun.does(act, actor)
    return begun


def ordered() -> Counter:
    counter = in_payment()
    counter.orders()
    return counter


def sent() -> Counter:
    counter = in_payment()
    counter.sends()
    return counter


@pytest.mark.parametrize(
    ("begin", "acts"),
    [
        pytest.param(a_counter, [], id="the rules have the word"),
        pytest.param(lambda: concluded(Conclusion.GRANTED, A_MONTH), ["adopt-determination"], id="granted"),
        pytest.param(lambda: concluded(Conclusion.GRANTED), ["depart-from-determination"], id="granted without a sum"),
        pytest.param(lambda: concluded(Conclusion.REFUSED, 0), ["adopt-determination"], id="refused"),
        pytest.param(lambda: concluded(Conclusion.NEEDS_INFORMATION), ["record-fact"], id="needs information"),
        pytest.param(lambda: concluded(Conclusion.GAP), ["depart-from-determination"], id="a gap"),
        pytest.param(departing, ["confirm-departure"], id="departing"),
        pytest.param(looked_at, ["answer-person", "adopt-determination"], id="a person is asked for"),
        pytest.param(lambda: looked_at(stands=False), ["depart-from-determination"], id="a person found against it"),
        pytest.param(granted, ["publish-notice"], id="to be shown"),
        pytest.param(in_notice, [], id="shown"),
        pytest.param(lambda: after(in_notice(), RaiseObjection("异议")), ["settle-objection"], id="objected"),
        pytest.param(in_payment, ["order-payment"], id="to be paid"),
        pytest.param(ordered, ["send-payment"], id="ordered"),
        pytest.param(sent, ["settle-payment"], id="sent"),
        pytest.param(running, [], id="running"),
        pytest.param(lambda: after(running(), Recheck()), [], id="running, and the rules have the word"),
        pytest.param(refused, [], id="refused and told"),
        pytest.param(lambda: after(refused(), AskReview("不服")), ["decide-review"], id="a review is asked for"),
        pytest.param(overpaid, ["demand-recovery"], id="paid too much"),
        pytest.param(
            lambda: after(overpaid(), DemandRecovery("多发"), "officer-1"), ["record-repayment"], id="to be repaid"
        ),
        pytest.param(closed, [], id="closed"),
    ],
)
def test_what_comes_next(begin: Callable[[], Counter], acts: list[str]) -> None:
    steps = list(next_steps(begin().case))
    assert [step.act for step in steps] == acts
    assert all(step.why.zh and step.why.en for step in steps)


def told(act: Act, before: SubsidyCase, case: SubsidyCase | None = None) -> list[Role]:
    return [notice.to for notice in notices(act, before, case or before)]


def test_reminders_climb() -> None:
    case = a_counter().case
    assert told(RingAlarm("decision", 50), case) == [Role.CASEWORKER]
    assert told(RingAlarm("decision", 75), case) == [Role.CASEWORKER, Role.SUPERVISOR]
    assert told(RingAlarm("decision", 100), case) == [Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER]


@pytest.mark.parametrize(
    ("conclusion", "role"), [(Conclusion.NEEDS_INFORMATION, Role.CASEWORKER), (Conclusion.REFUSED, Role.OFFICER)]
)
def test_who_has_a_determination_is_told(conclusion: Conclusion, role: Role) -> None:
    case = concluded(conclusion, 0).case
    assert told(DeterminationMade(POLICY, conclusion, 0), case) == [role]


def test_a_check_that_agrees_tells_nobody() -> None:
    counter = running()
    before = counter.case
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    assert told(DeterminationMade(POLICY, Conclusion.GRANTED, 1, amount_fen=2 * A_MONTH), before, counter.case) == []


def test_whoever_has_the_next_stage_is_told() -> None:
    before, shown = a_counter().case, granted().case
    assert told(Recheck(), before, shown) == [Role.OFFICER]
    assert told(Recheck(), before, refused().case) == [Role.CASEWORKER]


def test_a_paper_is_told_to_a_worker_and_not_to_an_employer() -> None:
    kept = KeepPaper("paper-1", "a", "b", 1)
    assert told(kept, a_case()) == [Role.WORKER]
    assert told(kept, a_case(applicant=Applicant.EMPLOYER)) == []


def test_trouble_is_told() -> None:
    case = in_payment().case
    assert told(PutOff("paper-1", "NoAccount"), case) == [Role.CASEWORKER, Role.SUPERVISOR]
    returned = SettlePayment("payment-1", paid=False, settled_on=case.applied_on, code="R01")
    assert told(returned, case) == [Role.OFFICER]


def names(clocks: Iterable[str]) -> set[str]:
    return {clock for clock in clocks if clock_name(clock).zh == clock}


def test_every_clock_has_a_name() -> None:
    assert names(TERMS) == set()
    assert clock_name("objection/objection-2").zh.endswith("（2）")
    assert clock_name("of-its-own").en == "of-its-own"

"""Facts, determinations, and what officers do with them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.determinations import Conclusion
from cases.facts import SourceKind
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    DeterminationMade,
    RecordFact,
    RejectDeparture,
)
from cases.hardship.engine import RingAlarm
from cases.hardship.placing import RecordPlacement
from cases.hardship.progress import policies_due
from cases.hardship.referring import AnswerReferral
from cases.hardship.stages import Outcome, Stage
from cases.roles import Role
from tests.builders import Counter, a_counter, some_work
from tests.cases.hardship.lives import at_work, determined, in_help, market_failed, recognised


def a_fact(counter: Counter, **changes: Any) -> RecordFact:
    fields: dict[str, Any] = {
        "name": "in_work",
        "value": False,
        "source": SourceKind.STATEMENT,
        "established_on": counter.today,
        "detail": "本人陈述",
    }
    return RecordFact(**fields | changes)


def departed(granted: bool = True, conclusion: Conclusion = Conclusion.REFUSED) -> tuple[Counter, str]:
    """A determination from which officer-1 departs."""
    counter = a_counter()
    made = determined(counter, HARDSHIP, conclusion)
    counter.does(DepartFromDetermination(made, granted, "家中有病人"), "officer-1")
    return counter, made


def test_a_fact_calls_for_every_undecided_determination_anew() -> None:
    counter = a_counter()
    determined(counter, HARDSHIP)
    determined(counter, DIFFICULTY)
    assert list(policies_due(counter.case)) == []
    counter.does(a_fact(counter))
    assert list(policies_due(counter.case)) == [HARDSHIP, DIFFICULTY]


def test_a_fact_leaves_alone_what_is_decided() -> None:
    counter = in_help()
    determined(counter, DIFFICULTY)
    counter.does(a_fact(counter))
    assert list(policies_due(counter.case)) == [DIFFICULTY]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"detail": " "}, ["blank"], id="without its source"),
        pytest.param({"source": SourceKind.RECOGNITION}, ["blank", "blank"], id="a recognition without body and paper"),
        pytest.param(
            {"source": SourceKind.RECOGNITION, "body": "示例街道"}, ["blank"], id="a recognition without its paper"
        ),
        pytest.param({"name": "unheard-of"}, ["fact:unheard-of"], id="of a name that nobody declared"),
    ],
)
def test_a_fact_is_refused(changes: dict[str, Any], codes: list[str]) -> None:
    counter = a_counter()
    assert counter.refused(a_fact(counter, **changes)) == codes


def test_a_recognition_names_its_body_and_paper() -> None:
    counter = a_counter()
    counter.does(a_fact(counter, source=SourceKind.RECOGNITION, body="示例街道", paper="示例〔2026〕1号"))
    assert counter.case.facts_seen == 1


def test_a_fact_is_established_today_at_the_latest() -> None:
    counter = a_counter()
    tomorrow = counter.today + timedelta(days=1)
    assert counter.refused(a_fact(counter, established_on=tomorrow)) == ["future"]
    counter.does(a_fact(counter, established_on=counter.today))


def test_a_new_determination_takes_the_place_of_the_undecided_one() -> None:
    counter = a_counter()
    first = determined(counter, HARDSHIP, Conclusion.NEEDS_INFORMATION)
    counter.does(a_fact(counter))
    second = determined(counter, HARDSHIP)
    assert (first, second) == (f"{HARDSHIP}-1", f"{HARDSHIP}-2")
    assert counter.refused(AdoptDetermination(first), "officer-1") == ["superseded"]
    counter.does(AdoptDetermination(second), "officer-1")


def test_a_determination_of_one_policy_leaves_the_others_alone() -> None:
    counter = a_counter()
    first = determined(counter, HARDSHIP)
    assert determined(counter, DIFFICULTY) == f"{DIFFICULTY}-1"
    counter.does(AdoptDetermination(first), "officer-1")


def test_the_engine_does_not_overturn_an_officer() -> None:
    counter = in_help()
    again = DeterminationMade(HARDSHIP, Conclusion.REFUSED, counter.case.facts_seen)
    assert counter.refused(again, Role.ENGINE) == ["decided"]


def test_the_engine_waits_while_a_departure_is_pending() -> None:
    counter, _ = departed()
    again = DeterminationMade(HARDSHIP, Conclusion.GRANTED, counter.case.facts_seen)
    assert counter.refused(again, Role.ENGINE) == ["departure-pending"]
    assert list(policies_due(counter.case)) == [DIFFICULTY]


def test_what_an_officer_judges_is_recorded_by_one_or_recognised_by_another_body() -> None:
    counter = a_counter()
    known = a_fact(counter, name="poor", value=True)
    assert counter.refused(known) == ["for-officer"]
    counter.does(replace(known, source=SourceKind.RECOGNITION, body="示例区民政局", paper="示例民〔2026〕1号"))
    counter.does(known, "officer-1")


@pytest.mark.parametrize("conclusion", Conclusion)
def test_only_a_clear_conclusion_is_adopted(conclusion: Conclusion) -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP, conclusion)
    if conclusion in (Conclusion.GRANTED, Conclusion.REFUSED):
        counter.does(AdoptDetermination(made), "officer-1")
        assert counter.case.granted(HARDSHIP) is (conclusion is Conclusion.GRANTED)
    else:
        assert counter.refused(AdoptDetermination(made), "officer-1") == ["not-adoptable"]


def test_a_determination_that_a_later_fact_outdated_is_not_adopted() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    counter.does(a_fact(counter))
    assert counter.refused(AdoptDetermination(made), "officer-1") == ["out-of-date"]


def test_nor_is_it_departed_from() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    counter.does(a_fact(counter))
    depart = DepartFromDetermination(made, granted=False, reason="已有工作")
    assert counter.refused(depart, "officer-1") == ["out-of-date"]


def test_every_reason_against_an_adoption_is_told() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP, Conclusion.GAP)
    counter.does(DepartFromDetermination(made, granted=True, reason="理由"), "officer-1")
    counter.does(a_fact(counter))
    codes = ["departure-pending", "not-adoptable", "out-of-date"]
    assert counter.refused(AdoptDetermination(made), "officer-1") == codes


def test_what_is_decided_is_decided_once() -> None:
    counter = in_help()
    assert counter.refused(AdoptDetermination(f"{HARDSHIP}-1"), "officer-2") == ["decided"]
    assert counter.refused(AdoptDetermination("nobody-knows"), "officer-2") == ["unknown"]


def test_a_refusal_adopted_puts_the_case_up_for_closure_as_declined() -> None:
    counter = a_counter()
    recognised(counter, conclusion=Conclusion.REFUSED)
    closure = counter.case.closure
    assert closure
    assert (counter.case.stage, closure.outcome, closure.proposed_by) == (Stage.CLOSING, Outcome.DECLINED, "officer-1")
    assert [clock.id for clock in counter.case.clocks if clock.running] == ["closure"]


def test_who_decided_is_on_record() -> None:
    decided = in_help().case.current(HARDSHIP)
    assert decided
    assert (decided.granted, decided.decided_by, decided.departed_by) == (True, "officer-1", None)


@pytest.mark.parametrize("granted", [True, False])
def test_a_departure_has_no_effect_before_a_second_officer_confirms_it(granted: bool) -> None:
    counter, made = departed(granted, Conclusion.NEEDS_INFORMATION)
    assert counter.case.granted(HARDSHIP) is None
    assert counter.case.stage is Stage.DETERMINATION
    assert counter.refused(ConfirmDeparture(made), "officer-1") == ["second-person"]
    counter.does(ConfirmDeparture(made), "officer-2")
    assert counter.case.granted(HARDSHIP) is granted
    assert counter.case.stage is (Stage.HELP if granted else Stage.CLOSING)


def test_a_departure_names_both_officers() -> None:
    counter, made = departed()
    counter.does(ConfirmDeparture(made), "officer-2")
    current = counter.case.current(HARDSHIP)
    assert current
    assert (current.departed_by, current.decided_by) == ("officer-1", "officer-2")


def test_a_departure_that_declines_is_proposed_by_the_second_officer() -> None:
    counter, made = departed(granted=False, conclusion=Conclusion.GRANTED)
    counter.does(ConfirmDeparture(made), "officer-2")
    assert counter.case.closure
    assert counter.case.closure.proposed_by == "officer-2"


def test_a_departure_needs_its_reason_and_has_to_depart() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    assert counter.refused(DepartFromDetermination(made, granted=True, reason=" "), "officer-1") == [
        "no-departure",
        "blank",
    ]
    counter.does(DepartFromDetermination(made, granted=False, reason="已有工作"), "officer-1")


@pytest.mark.parametrize("granted", [True, False])
def test_from_an_unclear_conclusion_an_officer_departs_either_way(granted: bool) -> None:
    counter, _ = departed(granted, Conclusion.FOR_JUDGMENT)
    current = counter.case.current(HARDSHIP)
    assert current
    assert current.departing is granted


def test_one_departure_at_a_time() -> None:
    counter, made = departed()
    second = DepartFromDetermination(made, granted=True, reason="另一理由")
    assert counter.refused(second, "officer-2") == ["departure-pending"]


def test_a_departure_is_confirmed_or_rejected_only_while_one_is_pending() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    assert counter.refused(ConfirmDeparture(made), "officer-2") == ["no-departure"]
    assert counter.refused(RejectDeparture(made, "理由"), "officer-2") == ["no-departure"]


def test_a_rejected_departure_leaves_the_determination_to_be_adopted() -> None:
    counter, made = departed()
    assert counter.refused(RejectDeparture(made, " "), "officer-1") == ["blank", "second-person"]
    counter.does(RejectDeparture(made, "不成立"), "officer-2")
    counter.does(AdoptDetermination(made), "officer-1")
    current = counter.case.current(HARDSHIP)
    assert current
    assert (current.granted, current.departed_by, current.decided_by) == (False, None, "officer-1")


def test_help_does_not_begin_twice() -> None:
    counter = in_help()
    began = counter.case.help_began_at
    counter.later(1)
    recognised(counter, DIFFICULTY)
    assert (counter.case.stage, counter.case.help_began_at) == (Stage.HELP, began)


def test_the_statutory_class_is_a_fact_for_the_determinations_that_read_it() -> None:
    counter = a_counter()
    determined(counter, HARDSHIP)
    recognised(counter, DIFFICULTY)
    assert list(policies_due(counter.case)) == [HARDSHIP]
    assert counter.case.stage is Stage.DETERMINATION


def test_a_public_welfare_post_is_owed_once_it_is_granted() -> None:
    counter = market_failed()
    recognised(counter, PUBLIC_POST)
    assert counter.case.stage is Stage.POST


def test_a_public_welfare_post_refused_leaves_the_case_in_help() -> None:
    counter = market_failed()
    recognised(counter, PUBLIC_POST, Conclusion.REFUSED)
    assert counter.case.stage is Stage.HELP


@pytest.mark.parametrize("how", ["adopted", "departed from", "confirmed"])
def test_no_public_welfare_post_is_decided_on_for_whoever_found_work(how: str) -> None:
    counter = market_failed()
    post = determined(counter, PUBLIC_POST)
    if how == "confirmed":
        counter.does(DepartFromDetermination(post, granted=False, reason="理由"), "officer-2")
    at_work(counter)
    act = {
        "adopted": AdoptDetermination(post),
        "departed from": DepartFromDetermination(post, granted=False, reason="理由"),
        "confirmed": ConfirmDeparture(post),
    }[how]
    assert counter.refused(act, "officer-1") == ["market-not-failed"]
    assert counter.case.stage is Stage.FOLLOW_UP


def test_a_pending_departure_may_be_rejected_although_work_was_found() -> None:
    counter = market_failed()
    post = determined(counter, PUBLIC_POST)
    counter.does(DepartFromDetermination(post, granted=False, reason="理由"), "officer-2")
    counter.does(RecordPlacement("employer-1", counter.today, some_work()))
    counter.does(RejectDeparture(post, "已就业"), "officer-1")


def test_no_public_welfare_post_while_help_is_owed_again() -> None:
    counter = market_failed()
    post = determined(counter, PUBLIC_POST)
    counter.does(AnswerReferral("referral-1", confirmed=False, reason="没有收到"), "worker-1")
    assert counter.refused(AdoptDetermination(post), "officer-1") == ["market-not-failed"]


def test_the_determination_clock_stops_with_the_decision() -> None:
    counter = a_counter()
    counter.later(1)
    recognised(counter)
    [clock] = [clock for clock in counter.case.clocks if clock.id == "determination"]
    assert clock.stopped_at == counter.now
    assert counter.refused(RingAlarm("determination", 50), Role.ENGINE) == ["not-due"]

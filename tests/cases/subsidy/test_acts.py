"""Acts of a subsidy case: by whom, in which stages, and what is said against the others."""

from random import Random
from typing import Final

import pytest

from cases.acts import refusals
from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.determining import DeterminationMade
from cases.subsidy.engine import ReckonAnew, RingAlarm
from cases.subsidy.progress import ACTS
from cases.subsidy.running import CheckMonth
from cases.subsidy.stages import Stage
from tests.builders import a_calendar
from tests.cases.subsidy.counter import POLICY, a_case, a_counter, closed
from tests.cases.subsidy.random_acts import FIELDS, a_random_act

CASEWORKER, OFFICER, SUPERVISOR, WORKER, ENGINE = (
    Role.CASEWORKER,
    Role.OFFICER,
    Role.SUPERVISOR,
    Role.WORKER,
    Role.ENGINE,
)
DETERMINATION, NOTICE, PAYMENT = Stage.DETERMINATION, Stage.NOTICE, Stage.PAYMENT
RUNNING, REFUSAL, RECOVERY, CLOSED = Stage.RUNNING, Stage.REFUSAL, Stage.RECOVERY, Stage.CLOSED
OPEN: Final = {DETERMINATION, NOTICE, PAYMENT, RUNNING, REFUSAL, RECOVERY}
DECIDED: Final = OPEN - {DETERMINATION}
ALL: Final = set(Stage)

# Each kind of act: by whom, and in which stages.
MATRIX: Final = {
    "record-fact": ({CASEWORKER, OFFICER}, OPEN),
    "determination-made": ({ENGINE}, OPEN),
    "adopt-determination": ({OFFICER}, {DETERMINATION}),
    "depart-from-determination": ({OFFICER}, {DETERMINATION}),
    "confirm-departure": ({OFFICER}, {DETERMINATION}),
    "reject-departure": ({OFFICER}, {DETERMINATION}),
    "ask-person": ({CASEWORKER, WORKER}, {DETERMINATION, REFUSAL}),
    "answer-person": ({OFFICER}, {DETERMINATION, REFUSAL}),
    "claim-periods": ({CASEWORKER, WORKER}, {RUNNING}),
    "withdraw-application": ({CASEWORKER, WORKER}, {DETERMINATION, NOTICE, PAYMENT}),
    "publish-notice": ({OFFICER}, {NOTICE}),
    "raise-objection": ({CASEWORKER, OFFICER}, {NOTICE}),
    "settle-objection": ({OFFICER}, OPEN),
    "accept-unverified": ({OFFICER}, {DETERMINATION, NOTICE, PAYMENT, RUNNING}),
    "recheck": ({CASEWORKER, OFFICER}, {NOTICE, PAYMENT, RUNNING, RECOVERY}),
    "order-payment": ({OFFICER}, {PAYMENT}),
    "send-payment": ({OFFICER}, {PAYMENT}),
    "settle-payment": ({OFFICER}, OPEN),
    "cancel-payment": ({OFFICER}, {PAYMENT}),
    "return-payment": ({OFFICER}, ALL),
    "check-meanwhile": ({ENGINE}, {PAYMENT}),
    "record-stop-event": ({CASEWORKER, OFFICER}, OPEN),
    "strike-stop-event": ({CASEWORKER, OFFICER}, ALL),
    "stop": ({OFFICER}, {RUNNING, RECOVERY}),
    "finish": ({CASEWORKER, OFFICER}, {RUNNING}),
    "check-month": ({ENGINE}, {RUNNING}),
    "demand-recovery": ({OFFICER}, {RECOVERY}),
    "record-repayment": ({CASEWORKER, OFFICER}, {RECOVERY}),
    "write-off": ({SUPERVISOR}, {RECOVERY}),
    "record-delivery": ({CASEWORKER, OFFICER}, ALL),
    "ask-review": ({CASEWORKER, WORKER}, {*DECIDED, CLOSED}),
    "decide-review": ({OFFICER}, ALL),
    "record-appeal": ({CASEWORKER, OFFICER}, {*DECIDED, CLOSED}),
    "settle-appeal": ({OFFICER}, ALL),
    "reopen": ({CASEWORKER, SUPERVISOR}, {CLOSED}),
    "assign": ({CASEWORKER, SUPERVISOR, Role.MANAGER}, OPEN),
    "waive-paper": ({SUPERVISOR}, ALL),
    "apply-new-law": ({ENGINE}, ALL),
    "put-off": ({ENGINE}, ALL),
    "ring-alarm": ({ENGINE}, ALL),
    "keep-paper": ({ENGINE}, ALL),
    "reckon-anew": ({ENGINE}, ALL),
}


def test_the_acts_are_a_closed_list() -> None:
    assert set(ACTS) == set(MATRIX)


@pytest.mark.parametrize("kind", MATRIX)
def test_an_act_is_for_these_people_in_these_stages(kind: str) -> None:
    by, during = MATRIX[kind]
    assert (frozenset(by), frozenset(during)) == (ACTS[kind].BY, ACTS[kind].DURING)


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_has_a_name_in_both_languages(kind: str) -> None:
    assert ACTS[kind].TITLE.zh
    assert ACTS[kind].TITLE.en


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("stage", Stage)
def test_an_act_is_refused_in_every_other_stage(kind: str, stage: Stage) -> None:
    case = a_case(stage=stage)
    act = a_random_act(Random(1), kind, case, case.applied_on)  # noqa: S311 - the same every time  # dice, not keys
    codes = {reason.code for reason in refusals(act, case)}
    assert ("wrong-stage" in codes) == (stage not in MATRIX[kind][1])


@pytest.mark.parametrize("kind", FIELDS)
def test_nobody_acts_without_the_role(kind: str) -> None:
    counter = closed()
    act = a_random_act(Random(1), kind, counter.case, counter.today)  # noqa: S311 - the same every time
    assert "not-your-role" in counter.refused(act, "nobody")


def test_a_person_is_not_the_engine() -> None:
    counter = a_counter()
    acts = (
        RingAlarm("decision", 50),
        ReckonAnew(a_calendar().hash),
        DeterminationMade(POLICY, Conclusion.GRANTED, 0),
        CheckMonth("2026-04"),
    )
    for act in acts:
        assert "not-your-role" in counter.refused(act, "supervisor-1")


def test_every_reason_is_told_at_once() -> None:
    counter = a_counter()
    act = ACTS["order-payment"]()
    assert counter.refused(act, "nobody") == [
        "not-your-role",
        "wrong-stage",
        "not-granted",
        "nothing-due",
        "not-noticed",
    ]

"""Who may do what, in which stage; and every reason against an act is told at once."""

from random import Random
from typing import Final

import pytest

from cases.acts import blank, objections, refusals
from cases.determinations import Conclusion
from cases.hardship.case import HardshipCase
from cases.hardship.determining import DeterminationMade
from cases.hardship.engine import KeepPaper, ReckonAnew, RingAlarm
from cases.hardship.leaving import ApproveClosure, Reopen
from cases.hardship.moving import Assign, Pause
from cases.hardship.progress import ACTS
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import RecordGuidance
from cases.hardship.stages import Stage
from cases.roles import Role
from tests.builders import a_calendar, a_case, a_counter
from tests.cases.hardship.lives import closed, in_help
from tests.cases.hardship.random_acts import FIELDS, a_random_act

DETERMINATION, HELP, POST, FOLLOW_UP = Stage.DETERMINATION, Stage.HELP, Stage.POST, Stage.FOLLOW_UP
WORKING: Final = {DETERMINATION, HELP, POST, FOLLOW_UP}
HELPING: Final = {HELP, POST, FOLLOW_UP}
OPEN: Final = {*WORKING, Stage.EXIT_NOTICE, Stage.CLOSING}
ALL: Final = set(Stage)
CASEWORKER, GUIDE, OFFICER, SUPERVISOR = Role.CASEWORKER, Role.GUIDE, Role.OFFICER, Role.SUPERVISOR

# Each kind of act: by whom, in which stages, and whether also while the case is paused.
MATRIX: Final = {
    "record-fact": ({CASEWORKER, OFFICER}, WORKING, True),
    "determination-made": ({Role.ENGINE}, WORKING, True),
    "adopt-determination": ({OFFICER}, WORKING, False),
    "depart-from-determination": ({OFFICER}, WORKING, False),
    "confirm-departure": ({OFFICER}, WORKING, False),
    "reject-departure": ({OFFICER}, WORKING, False),
    "record-guidance": ({CASEWORKER, GUIDE}, HELPING, False),
    "record-policy-briefing": ({CASEWORKER, GUIDE}, HELPING, False),
    "record-service": ({CASEWORKER, GUIDE}, HELPING, False),
    "record-talk": ({CASEWORKER}, HELPING, False),
    "enrol-training": ({CASEWORKER}, HELPING, False),
    "record-attendance": ({CASEWORKER}, HELPING, False),
    "record-training-result": ({CASEWORKER}, HELPING, False),
    "record-referral": ({CASEWORKER}, {HELP, POST}, False),
    "deliver-referral": ({CASEWORKER}, HELPING, False),
    "answer-referral": ({CASEWORKER, Role.WORKER}, HELPING, False),
    "record-referral-outcome": ({CASEWORKER}, HELPING, False),
    "open-need": ({CASEWORKER, GUIDE}, WORKING, True),
    "answer-need": ({CASEWORKER, GUIDE}, WORKING, False),
    "settle-need": ({CASEWORKER, GUIDE}, WORKING, False),
    "assign": ({CASEWORKER, SUPERVISOR, Role.MANAGER}, OPEN, True),
    "propose-transfer": ({CASEWORKER, SUPERVISOR}, WORKING, True),
    "accept-transfer": ({CASEWORKER, SUPERVISOR}, WORKING, True),
    "decline-transfer": ({CASEWORKER, SUPERVISOR}, WORKING, True),
    "make-appointment": ({CASEWORKER, GUIDE}, WORKING, False),
    "keep-appointment": ({CASEWORKER, GUIDE}, WORKING, False),
    "pause": ({CASEWORKER, SUPERVISOR}, WORKING, False),
    "resume": ({CASEWORKER, SUPERVISOR}, WORKING, True),
    "record-placement": ({CASEWORKER}, {HELP, POST}, False),
    "record-follow-up": ({CASEWORKER, GUIDE}, {FOLLOW_UP}, False),
    "propose-exit": ({CASEWORKER}, WORKING, True),
    "ask-review": ({CASEWORKER, Role.WORKER}, {Stage.EXIT_NOTICE}, True),
    "decide-review": ({OFFICER}, {Stage.EXIT_NOTICE}, True),
    "hand-over": ({CASEWORKER}, WORKING, True),
    "propose-closure": ({CASEWORKER}, WORKING, False),
    "approve-closure": ({SUPERVISOR}, {Stage.CLOSING}, True),
    "return-closure": ({SUPERVISOR}, {Stage.CLOSING}, True),
    "reopen": ({CASEWORKER, SUPERVISOR}, {Stage.CLOSED}, True),
    "turn-day": ({Role.ENGINE}, WORKING, True),
    "ask-anew": ({CASEWORKER, SUPERVISOR}, {*WORKING, Stage.CLOSED}, False),
    "waive-paper": ({SUPERVISOR}, ALL, True),
    "put-off": ({Role.ENGINE}, ALL, True),
    "ring-alarm": ({Role.ENGINE}, ALL, True),
    "keep-paper": ({Role.ENGINE}, ALL, True),
    "reckon-anew": ({Role.ENGINE}, ALL, True),
}


def test_the_acts_are_a_closed_list() -> None:
    assert set(ACTS) == set(MATRIX)


@pytest.mark.parametrize("kind", MATRIX)
def test_an_act_is_for_these_people_in_these_stages(kind: str) -> None:
    act = ACTS[kind]
    by, during, while_paused = MATRIX[kind]
    assert frozenset(by) == act.BY
    assert frozenset(during) == act.DURING
    assert act.WHILE_PAUSED is while_paused


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_has_a_name_in_both_languages(kind: str) -> None:
    assert ACTS[kind].TITLE.zh
    assert ACTS[kind].TITLE.en


def codes(kind: str, case: HardshipCase) -> set[str]:
    act = a_random_act(Random(1), kind, case, case.applied_on)  # noqa: S311 - the same every time  # dice, not keys
    return {reason.code for reason in refusals(act, case)}


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("stage", Stage)
def test_an_act_is_refused_in_every_other_stage(kind: str, stage: Stage) -> None:
    assert ("wrong-stage" in codes(kind, a_case(stage=stage))) == (stage not in MATRIX[kind][1])


@pytest.mark.parametrize("kind", FIELDS)
def test_a_paused_case_is_resumed_first(kind: str) -> None:
    counter = a_counter(stage=next(iter(MATRIX[kind][1])))
    assert "paused" not in codes(kind, counter.case)
    if counter.case.stage in WORKING:
        counter.does(Pause("ill"))
        assert ("paused" in codes(kind, counter.case)) != MATRIX[kind][2]


@pytest.mark.parametrize("kind", ["approve-closure", "record-guidance", "reopen"])
def test_nobody_acts_without_the_role(kind: str) -> None:
    counter = in_help()
    act = a_random_act(Random(1), kind, counter.case, counter.today)  # noqa: S311 - the same every time
    assert "not-your-role" in counter.refused(act, "nobody")


def test_the_role_is_held_at_the_cases_own_station() -> None:
    counter = in_help()
    assert counter.refused(RecordGuidance(counter.today, "谈话", "guide-1"), "caseworker-9") == ["not-your-role"]


def test_a_person_is_not_the_engine() -> None:
    counter = in_help()
    for act in (RingAlarm("term", 50), ReckonAnew(a_calendar().hash), DeterminationMade("x", Conclusion.GRANTED, 0)):
        assert counter.refused(act, "supervisor-1") == ["not-your-role"]


def test_every_reason_is_told_at_once() -> None:
    counter = a_counter()
    counter.later(1)
    act = RecordReferral("vacancy-unknown", counter.case.applied_on.replace(year=2025))
    assert counter.refused(act, "nobody") == ["not-your-role", "wrong-stage", "before-application", "unknown"]


def test_a_refusal_says_it_in_both_languages_and_names_the_stage() -> None:
    case = a_case()
    [reason] = refusals(ApproveClosure(), case)
    assert "办结审批" in reason.wording.zh
    assert "认定" in reason.wording.zh
    assert "Approval of closure" in reason.wording.en
    assert "Determination" in reason.wording.en


@pytest.mark.parametrize("kind", [kind for kind in FIELDS if kind not in ("reopen", "ask-anew", "waive-paper")])
def test_a_closed_case_takes_no_act_but_its_reopening_or_about_its_last_paper(kind: str) -> None:
    counter = closed()
    act = a_random_act(Random(1), kind, counter.case, counter.today)  # noqa: S311 - the same every time
    assert "wrong-stage" in counter.refused(act, "caseworker-1")


def test_a_closed_case_is_reopened() -> None:
    counter = closed()
    counter.does(Reopen("本人再次失业"))
    assert counter.case.stage is Stage.HELP


def test_a_refused_act_changes_nothing() -> None:
    counter = in_help()
    before = counter.case
    counter.refused(Assign("nobody"))
    assert counter.case is before


@pytest.mark.parametrize(("text", "refused"), [("", True), (" \t\n　", True), ("。", False), (" 有 ", False)], ids=repr)
def test_a_text_that_proves_something_says_something(text: str, refused: bool) -> None:
    assert bool(list(blank("x", text))) is refused


def test_a_paper_is_kept_even_of_a_closed_case() -> None:
    counter = closed()
    [paper] = counter.case.papers
    counter.does(KeepPaper(paper.id, "a" * 64, "b" * 64, 10), Role.ENGINE)
    assert counter.case.stage is Stage.CLOSED


def test_a_refusal_calls_roles_stages_and_things_by_their_words() -> None:
    counter = a_counter()
    act = RecordReferral("vacancy-9", counter.today)
    theirs, stage, *_, thing = objections(act, counter.case, counter.seen("officer-1"))
    assert theirs.wording.zh == "“登记岗位推荐”须由本站的经办人办理；officer-1在本站没有该角色。"
    assert (
        theirs.wording.en
        == "“Record a referral” is for the caseworker of this station; officer-1 holds no such role here."
    )
    assert "belongs to the stages Help, Public-welfare post; this case is" in stage.wording.en
    assert (thing.wording.zh, thing.wording.en) == ("没有岗位vacancy-9。", "There is no vacancy vacancy-9.")

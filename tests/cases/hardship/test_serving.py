"""Help that is given, and what is refused as no help."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.hardship.acts import Act
from cases.hardship.serving import (
    EnrolTraining,
    RecordAttendance,
    RecordGuidance,
    RecordPolicyBriefing,
    RecordService,
    RecordTalk,
    RecordTrainingResult,
)
from cases.hardship.stages import TrainingResult
from cases.plans import ServiceKind
from cases.roles import Role
from tests.builders import Counter
from tests.cases.hardship.lives import in_help


def given(what: str, on: date, content: str = "说明") -> Act:
    match what:
        case "guidance":
            return RecordGuidance(on, content, "guide-1")
        case "briefing":
            return RecordPolicyBriefing(on, content)
        case "talk":
            return RecordTalk("employer-1", on, content)
        case _:
            return RecordService(on, content)


def enrolled(hours: int = 0) -> Counter:
    counter = in_help()
    counter.does(EnrolTraining("course-1", counter.today))
    if hours:
        counter.does(RecordAttendance("training-1", hours))
    return counter


GIVEN = pytest.mark.parametrize("what", ["guidance", "briefing", "talk", "other"])


@GIVEN
def test_help_says_what_was_done(what: str) -> None:
    counter = in_help()
    assert counter.refused(given(what, counter.today, " ")) == ["blank"]


@GIVEN
def test_help_is_given_from_the_day_of_the_registration_to_today(what: str) -> None:
    counter = in_help()
    counter.later(5)
    applied_on, today, day = counter.case.applied_on, counter.today, timedelta(days=1)
    assert counter.refused(given(what, applied_on - day)) == ["before-application"]
    assert counter.refused(given(what, today + day)) == ["future"]
    counter.does(given(what, applied_on))
    counter.does(given(what, today))


@pytest.mark.parametrize(
    ("what", "kind", "by"),
    [
        ("guidance", ServiceKind.GUIDANCE, "guide-1"),
        ("briefing", ServiceKind.POLICY_BRIEFING, "caseworker-1"),
        ("other", ServiceKind.OTHER, "caseworker-1"),
    ],
)
def test_a_service_is_kept_with_its_giver(what: str, kind: ServiceKind, by: str) -> None:
    counter = in_help()
    counter.does(given(what, counter.today))
    [service] = counter.case.services
    assert (service.id, service.kind, service.given_by, service.held_on, service.described) == (
        "service-1",
        kind,
        by,
        counter.today,
        True,
    )


def test_guidance_is_given_by_a_guide_of_this_station() -> None:
    counter = in_help()
    counter.record.staff["guide-9"] = frozenset({Role.GUIDE})
    for nobody in ("caseworker-1", "caseworker-9", "nobody"):
        assert counter.refused(RecordGuidance(counter.today, "谈话", nobody)) == ["not-a-guide"]
    counter.does(RecordGuidance(counter.today, "谈话", "guide-1"), "guide-1")


def test_a_talk_is_held_with_a_verified_employer() -> None:
    counter = in_help()
    counter.record.employers["employer-1"] = replace(counter.record.employers["employer-1"], verified=False)
    assert counter.refused(RecordTalk("employer-1", counter.today, "面谈")) == ["employer-not-verified"]
    assert counter.refused(RecordTalk("employer-x", counter.today, "面谈")) == ["unknown"]
    counter.does(RecordTalk("employer-2", counter.today, "面谈"))
    assert [talk.employer_id for talk in counter.case.talks] == ["employer-2"]


def test_training_is_in_a_course_that_exists() -> None:
    counter = in_help()
    tomorrow = counter.today + timedelta(days=1)
    assert counter.refused(EnrolTraining("course-x", tomorrow)) == ["future", "unknown"]
    yesterday = counter.case.applied_on - timedelta(days=1)
    assert counter.refused(EnrolTraining("course-1", yesterday)) == ["before-application"]


def test_a_course_is_not_taken_twice_at_once_but_may_be_repeated() -> None:
    counter = enrolled()
    assert counter.refused(EnrolTraining("course-1", counter.today)) == ["already-enrolled"]
    counter.does(RecordTrainingResult("training-1", TrainingResult.LEFT, counter.today))
    counter.does(EnrolTraining("course-1", counter.today))
    assert [training.id for training in counter.case.trainings] == ["training-1", "training-2"]


def test_hours_add_up() -> None:
    counter = enrolled(hours=8)
    counter.does(RecordAttendance("training-1", 1))
    assert counter.case.trainings[0].hours_attended == 9


def test_nobody_attends_more_hours_than_the_course_has() -> None:
    counter = enrolled(hours=8)
    assert counter.refused(RecordAttendance("training-1", 33)) == ["too-many-hours"]
    counter.does(RecordAttendance("training-1", 32))


@pytest.mark.parametrize("hours", [0, -1])
def test_no_hours_are_no_attendance(hours: int) -> None:
    assert enrolled().refused(RecordAttendance("training-1", hours)) == ["no-hours"]


@pytest.mark.parametrize("result", [TrainingResult.COMPLETED, TrainingResult.FAILED])
def test_a_course_is_finished_with_its_least_hours(result: TrainingResult) -> None:
    counter = enrolled(hours=31)
    act = RecordTrainingResult("training-1", result, counter.today)
    assert counter.refused(act) == ["too-little-attended"]
    counter.does(RecordAttendance("training-1", 1))
    counter.does(act)
    [training] = counter.case.trainings
    assert (training.result, training.result_on) == (result, counter.today)


def test_a_course_is_left_at_any_hour() -> None:
    counter = enrolled()
    counter.does(RecordTrainingResult("training-1", TrainingResult.LEFT, counter.today))


def test_a_training_has_one_result() -> None:
    counter = enrolled()
    counter.does(RecordTrainingResult("training-1", TrainingResult.LEFT, counter.today))
    assert counter.refused(RecordAttendance("training-1", 1)) == ["training-over"]
    result = RecordTrainingResult("training-1", TrainingResult.LEFT, counter.today)
    assert counter.refused(result) == ["training-over"]
    assert counter.refused(RecordAttendance("training-2", 0)) == ["unknown", "no-hours"]


def test_a_result_is_known_between_the_enrolment_and_today() -> None:
    counter = in_help()
    counter.later(2)
    counter.does(EnrolTraining("course-1", counter.today))
    day = timedelta(days=1)
    early = RecordTrainingResult("training-1", TrainingResult.LEFT, counter.today - day)
    assert counter.refused(early) == ["before-enrolment"]
    assert counter.refused(replace(early, known_on=counter.today + day)) == ["future"]
    counter.does(replace(early, known_on=counter.today))

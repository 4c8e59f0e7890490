from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from store.courses import Course, CourseFilter, add_course, course, courses_ahead, courses_in, enrolled
from store.keys import KeyRing
from store.scope import scope_of
from store.tables.cases import training
from tests.store.builders import NOW, TODAY
from tests.store.casework import opened_case

DAY = timedelta(days=1)
COURSE = Course(
    "course-9", "station-2", "示例课程", "示例学校", "家政", "示例路", TODAY, TODAY + 6 * DAY, 40, 32, seats=20
)


def test_a_course_is_read_as_added(connection: Connection) -> None:
    add_course(connection, COURSE, NOW)
    assert course(connection, "course-9") == COURSE
    assert course(connection, "nowhere") is None


@pytest.mark.parametrize(("on", "ahead"), [(TODAY + 6 * DAY, True), (TODAY + 7 * DAY, False)])
def test_ahead_until_its_last_day(connection: Connection, on: date, ahead: bool) -> None:
    add_course(connection, COURSE, NOW)
    assert (COURSE in courses_ahead(connection, "station-2", on)) is ahead


@pytest.mark.parametrize(
    "impossible",
    [replace(COURSE, ends_on=TODAY - DAY), replace(COURSE, minimum_hours=41)],
    ids=["ends first", "too long"],
)
def test_impossible_courses_are_refused(connection: Connection, impossible: Course) -> None:
    with pytest.raises(IntegrityError), connection.begin_nested():
        add_course(connection, impossible, NOW)


def in_place(connection: Connection, asked: CourseFilter, on: date, staff_id: str = "caseworker-1") -> list[str]:
    scope = scope_of(connection, staff_id, TODAY)
    listed, total = courses_in(connection, scope, asked, on, (10, 0))
    assert total == len(listed)
    return [each.course.id for each in listed]


def test_the_courses_of_a_place_ahead_and_ended(connection: Connection) -> None:
    after = TODAY + timedelta(days=14)
    assert in_place(connection, CourseFilter(), TODAY) == ["course-1", "course-2"]
    assert in_place(connection, CourseFilter(), TODAY, "caseworker-3") == ["course-3"]
    assert in_place(connection, CourseFilter(), after) == []
    assert in_place(connection, CourseFilter(ended=True), after) == ["course-1", "course-2"]
    assert in_place(connection, CourseFilter(words="养老"), TODAY) == ["course-2"]
    assert in_place(connection, CourseFilter(station_id="station-1", trade="家政", free=True), TODAY) == ["course-1"]


def test_enrolments_take_seats_whichever_station_sent_them(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    row = {"course_id": "course-1", "enrolled_on": TODAY, "hours_attended": 0}
    connection.execute(insert(training).values(case_id=case.id, id="training-1", **row))
    scope = scope_of(connection, "caseworker-1", TODAY)
    first = courses_in(connection, scope, CourseFilter(station_id="station-1"), TODAY, (1, 0))[0][0]
    assert (first.enrolled, first.seats_left) == (1, 39)
    assert enrolled(connection, "course-1") == 1

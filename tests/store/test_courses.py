from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from store.courses import Course, add_course, course, courses_ahead
from tests.store.builders import NOW, TODAY

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

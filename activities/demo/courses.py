"""The invented courses: some over, one under way, some soon to begin."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from store import courses
from store.courses import Course

# id, station, title, trade, begins in so many days, lasts, hours, minimum
COURSES: Final = (
    ("course-4", "station-1", "家电清洗", "家政", -46, 12, 42, 34),
    ("course-5", "station-1", "养老护理员（夜校班）", "家政", -12, 30, 60, 48),
    ("course-6", "station-2", "中式面点", "餐饮", -40, 10, 40, 32),
    ("course-7", "station-3", "缝纫工（初级）", "制造", -50, 12, 48, 40),
    ("course-8", "station-2", "母婴护理", "家政", 11, 10, 48, 38),
    ("course-9", "station-1", "保洁与收纳", "保洁", -260, 7, 40, 32),
    ("course-11", "station-3", "超市理货与收银", "零售", -130, 12, 48, 38),
    ("course-10", "station-3", "电动叉车操作", "搬运", -260, 10, 56, 45),
)


def plant_courses(connection: Connection, today: date, at: datetime) -> None:
    for course_id, station_id, title, trade, begins, lasts, hours, minimum in COURSES:
        begins_on = today + timedelta(begins)
        course = Course(
            id=course_id,
            station_id=station_id,
            title=title,
            provider="示例职业培训学校",
            trade=trade,
            place="示例区公共实训基地" if station_id != "station-3" else "示例市示例区实训中心",
            begins_on=begins_on,
            ends_on=begins_on + timedelta(lasts),
            hours=hours,
            minimum_hours=minimum,
            seats=40 - 5 * (hours % 3),
        )
        courses.add_course(connection, course, at)

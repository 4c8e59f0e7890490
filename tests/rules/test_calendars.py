from datetime import date, timedelta
from importlib.resources import files

import chinese_calendar
import holidays
import pytest

from cases.authorities import Tag
from cases.calendars import Calendar
from rules.calendars import BadCalendar, calendar, calendar_year

FOLDER = files("policies") / "calendars"
SHIPPED = range(2019, 2027)
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

SMALL = """\
year: 2030
notices:
  - {authority: 示例通知, tag: M, issued_on: 2029-11-01, page: not located}
holidays:
  - title: {zh: 元旦, en: New Year's Day}
    rest: [2029-12-31, 2030-01-01]
    working: [2029-12-29]
"""


@pytest.fixture(scope="module")
def shipped() -> Calendar:
    return calendar(entry.read_text(encoding="utf-8") for entry in FOLDER.iterdir())


def test_the_shipped_years_are_those_whose_notice_is_out(shipped: Calendar) -> None:
    assert [notice.year for notice in shipped.years] == list(SHIPPED)
    assert not shipped.knows(2027)


def test_every_day_agrees_with_chinesecalendar(shipped: Calendar) -> None:
    assert [day for day in EVERY_DAY if shipped.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_agrees_with_holidays(shipped: Calendar) -> None:
    china = holidays.country_holidays("CN", years=SHIPPED)
    assert [day for day in EVERY_DAY if shipped.is_working(day) != china.is_working_day(day)] == []


def test_the_days_of_2026_are_those_of_its_notice(shipped: Calendar) -> None:
    notice = shipped.years[-1]
    worked = [str(day) for holiday in notice.holidays for day in holiday.working]
    assert sorted(worked) == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert sum(len(holiday.rest) for holiday in notice.holidays) == 19


def test_every_year_names_its_notice_and_how_far_it_was_checked(shipped: Calendar) -> None:
    for notice in shipped.years:
        assert all(authority.clause.startswith("国办发明电〔20") for authority in notice.authorities)
        assert all(authority.tag is Tag.FULL_TEXT for authority in notice.authorities)
        assert all(holiday.title.zh and holiday.title.en for holiday in notice.holidays)


def test_a_notice_may_move_the_last_days_of_the_year_before() -> None:
    notice = calendar([SMALL])
    assert notice.is_working(date(2029, 12, 29))
    assert not notice.is_working(date(2029, 12, 31))


def test_the_order_of_the_files_does_not_matter(shipped: Calendar) -> None:
    texts = [entry.read_text(encoding="utf-8") for entry in FOLDER.iterdir()]
    assert calendar(sorted(texts)).hash == calendar(sorted(texts, reverse=True)).hash == shipped.hash


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        pytest.param("2030-01-01]", "2030-01-05]", "is a weekend day", id="a weekend day is not taken off"),
        pytest.param("[2029-12-29]", "[2030-01-02]", "is a weekday", id="a weekday is not made up"),
        pytest.param("2030-01-01]", "2030-02-30]", "no day of the calendar", id="30 February"),
        pytest.param("2030-01-01]", "20300101]", "write '20300101' as 2030-01-01", id="a day written otherwise"),
        pytest.param("2030-01-01]", "2029-12-24]", "does not belong", id="a day before the notice's reach"),
        pytest.param("2030-01-01]", "2031-01-01]", "does not belong", id="a day of the next year"),
        pytest.param("2029-12-31, ", "2030-01-01, ", "claim the same day", id="a day named twice"),
        pytest.param("year: 2030", "year: '30'", "four digits", id="a short year"),
        pytest.param("tag: M", "tag: X", "has the tag 'X'", id="a tag that is none"),
        pytest.param("holidays:", "festivals:", "stand exactly", id="an unknown key"),
        pytest.param("year: 2030\n", "year: 2030\nyear: 2031\n", "written twice", id="a key written twice"),
        pytest.param("[2029-12-29]", "2029-12-29", "is a list", id="a list that is none"),
        pytest.param("zh: 元旦", "zh: ''", "not empty", id="a title without its Chinese"),
        pytest.param("year: 2030", "year: [", "is not YAML", id="not YAML"),
        pytest.param("  - {authority: 示例通知, tag: M, issued_on: 2029-11-01, page: not located}", "  []", "no notice",
                     id="no notice"),
    ],
)  # fmt: skip
def test_a_doubtful_file_is_refused(was: str, now: str, complaint: str) -> None:
    assert was in SMALL
    with pytest.raises(BadCalendar, match=complaint):
        calendar([SMALL.replace(was, now)])


def test_two_files_of_one_year_are_refused() -> None:
    with pytest.raises(BadCalendar, match="names each year once"):
        calendar([SMALL, SMALL])


def test_the_hash_follows_the_days_and_nothing_else() -> None:
    before = calendar_year(SMALL).hash
    assert calendar_year(SMALL.replace("tag: M", "tag: T").replace("元旦", "新年")).hash == before
    assert calendar_year(SMALL.replace("[2029-12-29]", "[]")).hash != before

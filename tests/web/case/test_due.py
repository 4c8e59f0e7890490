"""When a clock is due, in words: the kind of day is always said, and a day that rests on no calendar says so."""

from datetime import UTC, date, datetime

import pytest

from activities.case_view import ClockView
from cases.case_parts import ClockState, PauseSpan
from cases.clocks import ClockTerms, Counts
from cases.reckoning import position
from cases.timing import as_clock, reckoned
from cases.wording import Language
from tests.builders import a_calendar, clock_terms
from web.case.due import Chip, chip, reckoning, road
from web.case.speech import Speech, due_clock, due_day

STARTED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday
WORKING = clock_terms("term", 5, Counts.WORKING)
NATURAL = clock_terms("term", 10)


def view(terms: ClockTerms, now: datetime, *pauses: PauseSpan, started: datetime = STARTED) -> ClockView:
    fresh = ClockState(
        id="term",
        terms_id="term",
        length=terms.length,
        unit=terms.unit,
        counts=terms.counts,
        started_at=started,
        due_at=None,
        alarms=(),
        provisional=False,
        calendar_hash="",
        pauses=pauses,
    )
    state = reckoned(fresh, terms, a_calendar())
    clock = as_clock(state, terms)
    return ClockView("term", terms.title, state, clock, terms.authority, (), position(clock, a_calendar(), now))


def said(terms: ClockTerms, now: str, language: Language = Language.ZH, started: datetime = STARTED) -> Chip:
    at = datetime.fromisoformat(f"{now}T10:00+08:00")
    return chip(view(terms, at, started=started), a_calendar(), Speech(language, at.date()))


@pytest.mark.parametrize(
    ("terms", "now", "state", "zh", "en"),
    [
        pytest.param(NATURAL, "2026-03-03", "later", "还剩 9 天（自然日）", "9 natural days left", id="later"),
        pytest.param(NATURAL, "2026-03-09", "soon", "还剩 3 天（自然日）", "3 natural days left", id="soon"),
        pytest.param(WORKING, "2026-03-03", "later", "还剩 4 个工作日", "4 working days left", id="four working days"),
        pytest.param(WORKING, "2026-03-06", "soon", "还剩 1 个工作日", "1 working day left", id="over a weekend"),
        pytest.param(WORKING, "2026-03-09", "today", "今天 24:00 到期", "Due today, 24:00", id="the day itself"),
        pytest.param(WORKING, "2026-03-10", "overdue", "逾期 1 个工作日", "1 working day over", id="a day late"),
        pytest.param(NATURAL, "2026-03-16", "overdue", "逾期 4 天（自然日）", "4 natural days over", id="late"),
    ],
)
def test_a_due_chip(terms: ClockTerms, now: str, state: str, zh: str, en: str) -> None:
    assert said(terms, now) == Chip(state, zh)
    assert said(terms, now, Language.EN) == Chip(state, en)


def test_a_day_without_a_calendar_is_provisional() -> None:
    started = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
    shown = said(WORKING, "2027-03-02", started=started)
    assert shown.state == "provisional"
    assert shown.words.startswith("预估 ")


def test_the_reckoning_names_start_length_what_was_skipped_and_the_pause() -> None:
    pause = PauseSpan(datetime(2026, 3, 4, 1, 0, tzinfo=UTC), datetime(2026, 3, 6, 1, 0, tzinfo=UTC))
    now = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
    shown = dict(reckoning(view(WORKING, now, pause), a_calendar(), Speech(Language.ZH, date(2026, 3, 9))))
    assert shown["起算"] == "3月2日起算日，当日不计"
    assert shown["期限"] == "5 个工作日，示例"
    assert shown["不算"] == "周末"
    assert shown["暂停"] == "3月4日至3月5日，2 个工作日"
    assert shown["到期"] == "3月11日 星期三 24:00"
    drawn = road(view(WORKING, now, pause), a_calendar(), now, Speech(Language.EN, date(2026, 3, 9)))
    assert drawn["pause_words"] == "2 paused"
    assert (drawn["start"], drawn["end"]) == ("2 Mar", "11 Mar")


def test_a_paused_clock_has_no_due_day() -> None:
    pause = PauseSpan(datetime(2026, 3, 4, 1, 0, tzinfo=UTC))
    now = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
    shown = view(WORKING, now, pause)
    speech = Speech(Language.ZH, date(2026, 3, 9))
    assert chip(shown, a_calendar(), speech) == Chip("waiting", "已暂停")
    assert "恢复办理后才能确定，还余 4 个工作日" in dict(reckoning(shown, a_calendar(), speech))["到期"]


def test_holidays_and_the_days_worked_for_them_are_named() -> None:
    """The National Day of 2026 rests from the 1st to the 7th; the 20th of September and 10th of October are worked."""
    started = datetime(2026, 9, 18, 1, 0, tzinfo=UTC)
    now = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
    terms = clock_terms("term", 15, Counts.WORKING)
    shown = dict(reckoning(view(terms, now, started=started), a_calendar(), Speech(Language.ZH, date(2026, 9, 21))))
    assert "国庆" in shown["不算"]
    assert "9月20日" in shown["照算"]


def test_what_ends_at_midnight_ends_on_the_day_before() -> None:
    at = datetime(2026, 3, 11, 16, 0, tzinfo=UTC)  # midnight at the station
    assert (due_day(at), due_clock(at)) == (date(2026, 3, 11), "24:00")

"""How soon a row is due: the day itself, the day before it and the days that are not worked."""

from datetime import UTC, datetime

import pytest

from cases.hardship.buckets import Bucket, horizon
from cases.hardship.queue_words import Dated, due_words, what_next
from cases.hardship.queueing import EMPLOYER, Turn
from cases.wording import Wording
from cases.zone import STATION_ZONE
from tests.builders import a_calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STATION_ZONE).astimezone(UTC)


MONDAY = at("2026-11-23 09:00")
CALENDAR = a_calendar()
HORIZON = horizon(MONDAY, CALENDAR)


@pytest.mark.parametrize(
    ("turn", "due", "bucket"),
    [
        pytest.param(Turn.TO_DO, "2026-11-23 09:00", Bucket.OVERDUE, id="due this moment"),
        pytest.param(Turn.TO_DO, "2026-11-23 09:01", Bucket.TODAY, id="a minute later"),
        pytest.param(Turn.TO_DO, "2026-11-24 00:00", Bucket.TODAY, id="today at 24:00"),
        pytest.param(Turn.TO_DO, "2026-11-24 00:01", Bucket.SOON, id="tomorrow"),
        pytest.param(Turn.TO_DO, "2026-11-27 00:00", Bucket.SOON, id="the third working day at 24:00"),
        pytest.param(Turn.TO_DO, "2026-11-27 00:01", Bucket.LATER, id="the fourth"),
        pytest.param(Turn.TO_DO, None, Bucket.LATER, id="without a date"),
        pytest.param(Turn.WAITING, "2026-11-23 17:30", Bucket.WAITING, id="waited for, and not over"),
        pytest.param(Turn.WAITING, "2026-11-23 08:00", Bucket.OVERDUE, id="waited for too long"),
        pytest.param(Turn.RETURNED, "2026-11-20 08:00", Bucket.RETURNED, id="sent back"),
        pytest.param(Turn.PAUSED, None, Bucket.PAUSED, id="paused"),
    ],
)
def test_buckets(turn: Turn, due: str | None, bucket: Bucket) -> None:
    assert HORIZON.bucket(turn, at(due) if due else None) is bucket


def test_three_working_days_step_over_a_weekend() -> None:
    friday = horizon(at("2026-11-27 09:00"), CALENDAR)
    assert friday.soon_ends == at("2026-12-03 00:00")  # Monday, Tuesday, Wednesday


@pytest.mark.parametrize(
    ("due", "counts", "now", "zh", "en"),
    [
        ("2026-11-17 17:30", "working", MONDAY, "逾期 4 个工作日", "4 working days over"),
        ("2026-11-20 17:30", "working", MONDAY, "逾期 1 个工作日", "1 working day over"),
        ("2026-11-21 00:00", "natural", MONDAY, "逾期 3 天（自然日）", "3 natural days over"),
        ("2026-11-23 08:30", "working", MONDAY, "今天已过时限", "Over since today"),
        ("2026-11-23 17:30", "working", MONDAY, "今天到期", "Due today"),
        ("2026-11-26 17:30", "working", MONDAY, "还剩 3 个工作日", "3 working days left"),
        ("2026-12-01 00:00", "natural", MONDAY, "还剩 7 天（自然日）", "7 natural days left"),
        (None, None, MONDAY, "没有期限", "No due date"),
    ],
)
def test_a_chip_says_how_many_days_and_of_which_kind(
    due: str | None, counts: str | None, now: datetime, zh: str, en: str
) -> None:
    row = Dated(Turn.TO_DO, at(due) if due else None, counts, MONDAY, None)
    assert due_words(row, horizon(now, CALENDAR), CALENDAR).words == Wording(zh, en)


def test_a_row_that_waits_says_for_whom_and_how_long() -> None:
    row = Dated(Turn.WAITING, at("2026-11-26 17:30"), "working", at("2026-11-17 10:00"), EMPLOYER)
    said = due_words(row, HORIZON, CALENDAR)
    assert (said.words, said.under) == (EMPLOYER, Wording("已等 6 天", "6 days"))


def test_what_comes_next_names_the_part_it_is_about() -> None:
    assert what_next("deliver-referral", "referral-2", None) == Wording("送达第 2 次推荐", "Deliver referral 2")
    assert what_next("answer-referral", "referral-2", EMPLOYER).zh == "等用工主体答复第 2 次推荐"
    assert what_next("adopt-determination", "hardship-worker-1", None).zh == "决定困难零工认定"

"""What is put off is tried again, later each time and at least daily."""

from datetime import UTC, datetime, timedelta

from workflows.putting_off import FIRST, LONGEST, PutOffs

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_it_is_tried_when_its_time_has_come() -> None:
    later = PutOffs()
    assert later.may_try("paper-1", NOW)
    later.put_off("paper-1", NOW)
    assert not later.may_try("paper-1", NOW + FIRST - SECOND)
    assert later.may_try("paper-1", NOW + FIRST)
    assert later.may_try("paper-2", NOW)
    assert (list(later.wakes(NOW)), list(later.wakes(NOW + FIRST))) == ([NOW + FIRST], [])


def test_the_wait_doubles_up_to_a_day() -> None:
    later = PutOffs()
    waits = []
    for _ in range(12):
        later.put_off("paper-1", NOW)
        waits.append(later.until["paper-1"] - NOW)
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert set(waits[8:]) == {LONGEST}


def test_what_is_done_is_forgotten() -> None:
    later = PutOffs()
    later.put_off("paper-1", NOW)
    later.put_off("paper-1", NOW)
    later.done("paper-1")
    later.done("paper-2")
    assert later.may_try("paper-1", NOW)
    later.put_off("paper-1", NOW)
    assert later.until["paper-1"] == NOW + FIRST

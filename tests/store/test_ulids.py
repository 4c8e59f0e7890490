from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.ulids import ALPHABET, LENGTH, new_id

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_an_id_is_26_readable_characters() -> None:
    made = new_id(NOON)
    assert len(made) == LENGTH
    assert set(made) <= set(ALPHABET)


def test_the_time_is_the_published_example() -> None:
    """From the ULID specification: 1469918176385 ms is written 01ARYZ6S41."""
    assert new_id(datetime(2016, 7, 30, 22, 36, 16, 385_000, tzinfo=UTC)).startswith("01ARYZ6S41")


def test_later_ids_sort_later() -> None:
    ids = [new_id(NOON + timedelta(milliseconds=step)) for step in range(100)]
    assert ids == sorted(ids)


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id(NOON) for _ in range(1000)}) == 1000


def test_the_zone_does_not_matter() -> None:
    assert new_id(NOON)[:10] == new_id(NOON.astimezone(timezone(timedelta(hours=8))))[:10]


@pytest.mark.parametrize("at", [datetime(2026, 3, 2), datetime(1969, 12, 31, tzinfo=UTC)])  # noqa: DTZ001 -- the point
def test_refused(at: datetime) -> None:
    with pytest.raises(ValueError, match="id"):
        new_id(at)

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, Text, insert, select
from sqlalchemy.exc import StatementError

from store.migrate import every_table
from store.tables.base import METADATA, PERSONAL, PUBLIC, choice, day, instant, json_text, money_fen, sealed, text, ulid
from store.tables.classes import classified, exposed, unclassified


def test_every_column_says_whom_it_is_about() -> None:
    assert unclassified(every_table()) == []


def test_whatever_is_about_a_person_is_sealed_or_says_why_not() -> None:
    assert exposed(every_table()) == []


def test_a_forgotten_class_is_noticed() -> None:
    planted = MetaData()
    Table("t", planted, ulid(), Column("name", Text), text("note", PERSONAL), text("trade", PERSONAL, in_clear="why"))
    assert unclassified(planted) == ["t.name"]
    assert exposed(planted) == ["t.note"]
    assert exposed(MetaData()) == []


def test_a_sealed_column_is_not_exposed() -> None:
    planted = MetaData()
    Table("t", planted, ulid(), sealed("name_sealed", PERSONAL), classified(Column("x", Text), PUBLIC))
    assert (unclassified(planted), exposed(planted)) == ([], [])


def test_a_column_is_required_unless_it_says_otherwise() -> None:
    assert not text("a", PUBLIC).nullable
    assert text("a", PUBLIC, nullable=True).nullable


class Colour(StrEnum):
    RED = "red"


SAMPLE = Table(
    "test_sample",
    MetaData(),
    ulid(),
    instant("at", nullable=True),
    day("on_", nullable=True),
    money_fen("fen", nullable=True),
    json_text("json", nullable=True),
    choice("colour", Colour, nullable=True),
)
BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2026, 3, 2, 1, 0, 0, 123_456, tzinfo=UTC)),
        ("at", datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)),
        ("on_", date(2024, 2, 29)),
        ("fen", 2**60),
        ("fen", -1),
        ("json", {"b": [1, "例", None, True], "a": {}}),
        ("json", False),
        ("colour", Colour.RED),
        *((name, None) for name in ("at", "on_", "fen", "json", "colour")),
    ],
)
def test_what_was_kept_is_read(engine: Engine, column: str, value: object) -> None:
    with engine.connect() as connection:
        SAMPLE.create(connection)
        connection.execute(insert(SAMPLE).values(**{"id": "1", column: value}))
        read = connection.scalars(select(SAMPLE.c[column])).one()
    assert read == value
    if isinstance(read, datetime):
        assert read.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        pytest.param("at", datetime(2026, 3, 2), "zone", id="a time without its zone"),  # noqa: DTZ001 -- the point
        pytest.param("on_", datetime(2026, 3, 2, tzinfo=UTC), "which day", id="a moment for a day"),
        pytest.param("fen", 1.0, "whole fen", id="a fraction of a fen"),
        pytest.param("fen", True, "whole fen", id="yes is not 1 fen"),
        pytest.param("json", {"rate": 0.5}, "whole fen", id="a fraction inside"),
        pytest.param("colour", "blue", "blue", id="not on the list"),
    ],
)
def test_what_would_be_read_differently_is_refused(engine: Engine, column: str, value: object, said: str) -> None:
    with engine.connect() as connection:
        SAMPLE.create(connection)
        with pytest.raises(StatementError, match=said):
            connection.execute(insert(SAMPLE).values(**{"id": "1", column: value}))


def test_moments_sort_by_time(engine: Engine) -> None:
    later, earlier = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING), datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    with engine.connect() as connection:
        SAMPLE.create(connection)
        for number, at in enumerate((later, earlier)):
            connection.execute(insert(SAMPLE).values(id=str(number), at=at))
        assert connection.scalars(select(SAMPLE.c.id).order_by(SAMPLE.c.at)).all() == ["1", "0"]
        assert connection.scalars(select(SAMPLE.c.id).where(SAMPLE.c.at == later.astimezone(UTC))).one() == "0"


def test_all_tables_are_on_one_metadata() -> None:
    assert every_table() is METADATA

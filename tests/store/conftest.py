from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine

from store.engine import write
from store.keys import KeyRing
from store.seed import plant_examples

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def connection(engine: Engine, keyring: KeyRing) -> Iterator[Connection]:
    """A transaction on a record in which the examples are planted."""
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        yield connection

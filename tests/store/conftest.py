from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from store.engine import make_engine, write
from store.keys import KeyRing
from store.migrate import upgrade
from store.seed import plant_examples
from tests.conftest import ON_BOTH
from tests.databases import Cluster
from tests.store.builders import NOW


@pytest.fixture(scope="session", params=ON_BOTH)
def planted(
    request: pytest.FixtureRequest, keyring: KeyRing, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A record in which the examples are planted, for tests that leave it as they found it."""
    engine = make_engine(_url(request, tmp_path_factory.mktemp("planted")))
    upgrade(engine)
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(planted: Engine) -> Iterator[Connection]:
    """A transaction on that record, undone when the test ends."""
    with planted.connect() as connection:
        yield connection


def _url(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'yizhan.db'}"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.empty_database()

"""Fixtures for every folder: the record on both databases, keys to read it with, the law, and the demonstration."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from activities.bootstrap import load_policies
from activities.engine_process import EngineProcess
from activities.policies import Policies
from store.engine import make_engine
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.migrate import upgrade
from tests.databases import Cluster, NoPostgres, postgres_cluster
from tests.demo_record import demo_file

# Once for all folders: planting it takes seconds.
__all__ = ["demo_file"]

ON_BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: begun last, they would run on when all others are done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    try:
        with postgres_cluster() as cluster:
            yield cluster
    except NoPostgres as error:
        # On a developer's machine this is said and passed over; where nobody would read it, it fails.
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database with all tables."""
    path = tmp_path / "yizhan.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """A PostgreSQL database with all tables."""
    url = postgres.database()
    yield url
    postgres.give_back(url)


@pytest.fixture(params=ON_BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with all tables, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return open_or_create_key_ring(tmp_path_factory.mktemp("keys") / "master.key")


@pytest.fixture(scope="session")
def policies() -> Policies:
    return load_policies()


@pytest.fixture(scope="session")
def rule_engine() -> Iterator[EngineProcess]:
    with EngineProcess(1) as engine:
        yield engine

"""Fixtures for every folder: the record on both databases, keys to read it with, the law, and the demonstration."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from activities.bootstrap import load_policies
from activities.engine_process import EngineProcess
from activities.policies import Policies
from store import engine as engine_of_record
from store.engine import make_engine
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.migrate import upgrade
from tests.databases import Cluster, NoPostgres, postgres_cluster
from tests.demo_record import demo_file

# Where Python is told to keep no bytecode, each of the many processes that tests begin would compile everything again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Once for all folders: planting it takes seconds.
__all__ = ["demo_file"]

ON_BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


# The files that take longest, the longest first: begun last, they would run on when all others are done. The order
# of their names changes nothing but how long the whole takes.
# A process whose file holds no more than two tests is given the next file already: the fourth waits for the first.
LONGEST_FIRST = (
    "faults/test_faults.py",
    "browser/test_sweep.py",
    "web/security/test_fuzz.py",
    "cli/test_run.py",
    "faults/test_plaintext.py",
    "activities/demo/test_planting.py",
    "web/acts/test_forms_of_acts.py",
    "workflows/test_subsidy_branches.py",
    "browser/test_days.py",
    "browser/test_two_at_once.py",
    "faults/test_crash_points.py",
    "web/acts/test_pages_of_acts.py",
    "web/acts/test_sending.py",
    "web/case/test_every_page.py",
    "workflows/test_branches.py",
    "workflows/test_reconciliation.py",
    "rules/test_back_ends.py",
    "cli/test_examples.py",
    "web/security/test_matrix.py",
    "rules/test_waking.py",
    "rules/test_solver_policies.py",
    "faults/test_checker.py",
    "workflows/test_rebuild.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, then those that hold a slow test, then all others as they come."""
    folder = Path(__file__).parent
    places = {folder / name: place for place, name in enumerate(LONGEST_FIRST)}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (places.get(item.path, len(places)), item.path not in slow))


@pytest.fixture(scope="session", autouse=True)
def shipped_pragmas() -> Iterator[tuple[str, ...]]:
    """Tests lose nothing in a power cut, so their SQLite need not wait for a disk: `test_engine` says when it does."""
    shipped = engine_of_record.SQLITE_PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_of_record, "SQLITE_PRAGMAS", (*shipped, "PRAGMA synchronous = OFF"))
        yield shipped


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

"""The demonstration for tests: planted once in a session, and copied for each test that asks for it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from activities.bootstrap import Station, load_policies
from activities.demo.planting import plant_demo
from store.engine import make_engine
from store.files import FileStore
from store.keys import KeyRing
from tests.quick_passwords import quick_passwords

NOW = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)  # a Thursday, half past ten at the station
PASSWORD = "of-the-tests-2026"


law = cache(load_policies)


def planted(file: Path, keyring: KeyRing, now: datetime = NOW) -> Station:
    """A station whose record, with tables and no rows, is planted as it would be `now`."""
    station = Station(make_engine(f"sqlite:///{file}"), keyring, law(), FileStore(file.parent / "papers"))
    with quick_passwords():
        assert plant_demo(station, now, PASSWORD)
    return station


@pytest.fixture(scope="session")
def demo_file(sqlite_template: Path, keyring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied, or only read."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(sqlite_template, file)
    planted(file, keyring).engine.dispose()
    return file


def copied(demo_file: Path, file: Path, papers: Path) -> None:
    """Its record, and the files that the record names."""
    shutil.copy(demo_file, file)
    shutil.copytree(demo_file.parent / "papers", papers, dirs_exist_ok=True)


@pytest.fixture
def demo(demo_file: Path, keyring: KeyRing, tmp_path: Path) -> Iterator[Station]:
    """A planted record of its own."""
    file = tmp_path / "demo.db"
    copied(demo_file, file, tmp_path / "papers")
    engine = make_engine(f"sqlite:///{file}")
    yield Station(engine, keyring, law(), FileStore(tmp_path / "papers"))
    engine.dispose()

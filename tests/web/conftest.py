"""The counter of the examples, on SQLite or on both databases; nobody is at the workflow server."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from activities.bootstrap import Station, load_policies
from activities.demo.planting import plant_demo
from activities.policies import Policies
from cases.zone import STATION_ZONE
from store.engine import make_engine, write
from store.files import FileStore
from store.keys import KeyRing
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings
from tests.web.counter import PASSWORD, Counter, Hands
from web.app import create_app
from web.office import Office

# A Tuesday in an ordinary week, within the calendars that are entered.
DEMO_NOW = datetime(2026, 11, 24, 9, 30, tzinfo=STATION_ZONE)


@pytest.fixture(scope="session")
def policies() -> Policies:
    return load_policies()


def counter_on(engine: Engine, keyring: KeyRing, policies: Policies, folder: Path) -> Iterator[Counter]:
    hands = Hands()
    with write(engine) as connection:
        plant_examples(connection, keyring, hands())
    settings = Settings(data=folder, temporal_address="127.0.0.1:1")  # nobody listens there
    office = Office(settings, Station(engine, keyring, policies, FileStore(settings.papers)), hands)
    app = create_app(settings, office)
    with TestClient(app):
        yield Counter(office, hands, app)


@pytest.fixture
def counter_engine(sqlite_url: str) -> Iterator[Engine]:
    made = make_engine(sqlite_url)
    yield made
    made.dispose()


@pytest.fixture
def counter(counter_engine: Engine, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Iterator[Counter]:
    yield from counter_on(counter_engine, keyring, policies, tmp_path)


@pytest.fixture
def counter_on_both(engine: Engine, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Iterator[Counter]:
    yield from counter_on(engine, keyring, policies, tmp_path)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory, keyring: KeyRing, policies: Policies) -> Path:
    """A record with the whole demonstration, planted once; tests work on copies of it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    station = Station(engine, keyring, policies, FileStore(path.parent / "papers"))
    plant_demo(station, DEMO_NOW, PASSWORD)
    engine.dispose()  # the last connection to close brings the whole record into the file
    return path


@pytest.fixture
def demo(demo_template: Path, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Iterator[Counter]:
    """The counter of the demonstration: sixty people and forty cases at three stations."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_template, path)
    engine = make_engine(f"sqlite:///{path}")
    settings = Settings(data=tmp_path, temporal_address="127.0.0.1:1")
    hands = Hands(DEMO_NOW)
    office = Office(settings, Station(engine, keyring, policies, FileStore(settings.papers)), hands)
    app = create_app(settings, office)
    with TestClient(app):
        yield Counter(office, hands, app)
    engine.dispose()

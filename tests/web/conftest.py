"""The counter of the examples, on SQLite or on both databases; nobody is at the workflow server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from activities.bootstrap import Station
from activities.policies import Policies
from store.engine import make_engine, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from store.settings import Settings
from tests.demo_record import NOW, copied
from tests.quick_passwords import quick_passwords
from tests.web.counter import Counter, Hands
from web.app import create_app
from web.office import Office


@pytest.fixture(scope="package", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Every test signs somebody in."""
    with quick_passwords():
        yield


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


@pytest.fixture
def demo(demo_file: Path, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Iterator[Counter]:
    """The counter of the demonstration: sixty people and forty cases at three stations."""
    path = tmp_path / "demo.db"
    settings = Settings(data=tmp_path, temporal_address="127.0.0.1:1")
    copied(demo_file, path, settings.papers)
    engine = make_engine(f"sqlite:///{path}")
    hands = Hands(NOW)
    office = Office(settings, Station(engine, keyring, policies, FileStore(settings.papers)), hands)
    app = create_app(settings, office)
    with TestClient(app):
        yield Counter(office, hands, app)
    engine.dispose()

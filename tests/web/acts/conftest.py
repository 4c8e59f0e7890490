"""A case at the counter, brought to a point of its life: what people and the engine do is written at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.policies import Policies
from store.engine import make_engine, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from store.settings import Settings
from tests.activities.office import Office
from tests.web.acts.backstage import Backstage
from tests.web.counter import Counter, Hands
from web.app import create_app
from web.office import Office as WebOffice

PATIENCE = timedelta(seconds=2)


@pytest.fixture
def registered(counter: Counter, rule_engine: EngineProcess) -> Office:
    """A case just opened, and determined by the rules."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register()
    return office


@pytest.fixture
def helped(counter: Counter, rule_engine: EngineProcess) -> Office:
    """A hardship worker whose help has begun."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.recognised()
    return office


@pytest.fixture(scope="session")
def backstage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    with Backstage(tmp_path_factory.mktemp("backstage")) as server:
        yield server


def counter_before(
    backstage: Backstage, engine: Engine, keyring: KeyRing, policies: Policies, folder: Path
) -> Iterator[Counter]:
    """A counter whose pages reach a workflow server; its clock is the wall's."""
    hands = Now()
    with write(engine) as connection:
        plant_examples(connection, keyring, hands())
    settings = Settings(data=folder, temporal_address=backstage.address)
    station = Station(engine, keyring, policies, FileStore(settings.papers))
    office = WebOffice(settings, station, hands, patience=PATIENCE)
    app = create_app(settings, office)
    with TestClient(app):
        yield Counter(office, hands, app)


class Now(Hands):
    """The wall clock: a case on a real server lives by it."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def live_counter(
    backstage: Backstage, engine: Engine, keyring: KeyRing, policies: Policies, tmp_path: Path
) -> Iterator[Counter]:
    """On both databases."""
    yield from counter_before(backstage, engine, keyring, policies, tmp_path)


@pytest.fixture
def own_backstage(tmp_path: Path) -> Iterator[Backstage]:
    """A workflow server that a test may kill."""
    with Backstage(tmp_path) as server:
        yield server


@pytest.fixture
def fragile_counter(
    own_backstage: Backstage, sqlite_url: str, keyring: KeyRing, policies: Policies, tmp_path: Path
) -> Iterator[Counter]:
    engine = make_engine(sqlite_url)
    yield from counter_before(own_backstage, engine, keyring, policies, tmp_path)
    engine.dispose()

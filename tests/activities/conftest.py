"""A station on SQLite with the examples, the rule engine, and a press."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.papers import Press
from activities.policies import Policies
from store.engine import make_engine, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from tests.activities.office import Office
from tests.builders import OPENED_AT


@pytest.fixture(scope="session")
def one_press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def office(
    sqlite_url: str, keyring: KeyRing, policies: Policies, rule_engine: EngineProcess, tmp_path: Path
) -> Iterator[Office]:
    engine = make_engine(sqlite_url)
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    yield Office(Station(engine, keyring, policies, FileStore(tmp_path / "papers")), rule_engine)
    engine.dispose()

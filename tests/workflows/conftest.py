"""A station on real servers: the embedded Temporal server, a record with the examples, and a worker."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import Engine
from temporalio.client import Client

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.composing.desk import papers_desk
from activities.connection import data_converter
from activities.embedded_server import ServerHandle, embedded_server
from activities.namespace import prepare_namespace
from activities.papers import Press
from activities.policies import Policies
from store.engine import write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from tests.workflows.office import Office
from workflows.worker import Pace, working


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServerHandle]:
    folder = tmp_path_factory.mktemp("temporal")
    async with embedded_server(folder / "temporal.db", time_skipping_flag=True, log=folder / "log") as handle:
        await prepare_namespace(await Client.connect(handle.address, namespace="yizhan"))
        yield handle


@pytest_asyncio.fixture(loop_scope="session")
async def client(server: ServerHandle, keyring: KeyRing) -> Client:
    converter = data_converter(encrypting_codec(keyring))
    return await Client.connect(server.address, namespace="yizhan", data_converter=converter)


@pytest.fixture
def station(engine: Engine, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Station:
    with write(engine) as connection:
        plant_examples(connection, keyring, datetime.now(UTC))
    return Station(engine, keyring, policies, FileStore(tmp_path / "papers"))


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with Press(2) as press:
        yield press


@pytest_asyncio.fixture(loop_scope="session")
async def office(client: Client, station: Station, press: Press) -> AsyncIterator[Office]:
    queue = f"cases-{uuid4().hex}"
    async with working(client, station, queue, Pace(versioned=False), papers_desk(station, press)):
        yield Office(client, station, queue)

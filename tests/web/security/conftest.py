"""The record of the security tests: the demonstration, planted once, with a reader in every role at every distance."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from structlog.typing import EventDict

from activities.bootstrap import Station
from activities.policies import Policies
from cli.traces import places
from store.engine import make_engine
from store.files import FileStore
from store.keys import KeyRing
from tests.demo_record import copied
from tests.web.security.world import World, come_in, plant_world, samples_of, world_of


@pytest.fixture
def world(demo_file: Path, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Iterator[World]:
    file = tmp_path / "demo.db"
    copied(demo_file, file, tmp_path / "papers")
    engine = make_engine(f"sqlite:///{file}")
    station = Station(engine, keyring, policies, FileStore(tmp_path / "papers"))
    plant_world(station)
    made = world_of(station, tmp_path)
    made = replace(made, people=come_in(made), samples=samples_of(made))
    with logs_into(made.failures):
        yield made
    made.office.rule_engine.close()
    engine.dispose()


@contextmanager
def logs_into(failures: list[str]) -> Iterator[None]:
    """Where a page failed is kept, and nothing is printed: traces of thousands of pages take longer than the pages."""

    def keep(_logger: object, _method: str, event: EventDict) -> str:
        if event.get("exc_info"):
            failures.append(places(event["exc_info"])[:300])
        return ""

    before = structlog.get_config()
    structlog.configure(processors=[keep], logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.configure(**before)


@pytest.fixture
def loop_once() -> Iterator[asyncio.Runner]:
    """One event loop for thousands of questions."""
    with asyncio.Runner() as runner:
        yield runner

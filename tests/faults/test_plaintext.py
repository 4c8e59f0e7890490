"""Nothing personal of a whole case lies in clear: in no log, database or file, and not on the workflow server."""

import asyncio
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import yaml
from temporalio.client import Client

from activities.bootstrap import Station, open_station
from activities.connection import connect
from activities.embedded_server import embedded_server, stop
from activities.namespace import prepare_namespace
from activities.papers_desk import kept_paper
from activities.queues import CASES
from cases.paper_kinds import PAPERS
from cases.papers import PaperKind
from cli.plays import PLAYS
from cli.readiness import VARIABLE, announced
from cli.subsidy_plays import SUBSIDY_PLAYS
from store.engine import read, write
from store.migrate import upgrade
from store.person_keys import person_key
from store.seed import plant_examples
from store.settings import Settings
from store.steps import timeline
from tests.faults import canaries
from tests.faults.canaries import CanaryHand, SubsidyCanaryHand, everything
from tests.faults.hunt import files, found, shown_by_the_server
from tests.faults.processes import ROOT
from tests.registrations import a_registration

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

# Between them they owe every kind of paper.
BRANCHES = ("placed", "paused", "public-post", "exit")
SUBSIDY_BRANCHES = ("subsidy-recovered",)
LOCKED_S = 6.5  # longer than a writer waits for the database


@dataclass(frozen=True)
class Town:
    """A station after whole cases; its worker still runs."""

    settings: Settings
    client: Client
    station: Station
    hands: tuple[CanaryHand | SubsidyCanaryHand, ...]

    @property
    def quarry(self) -> dict[str, str]:
        return everything(len(self.hands))

    async def hunted(self) -> set[tuple[str, str]]:
        return found(files(self.settings.data) | await shown_by_the_server(self.client), self.quarry)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    async with embedded_server(folder / "temporal.db", time_skipping_flag=True, log=folder / "temporal.log") as server:
        settings = Settings(data=folder, temporal_address=server.address)
        await prepare_namespace(await Client.connect(server.address, namespace=settings.temporal_namespace))
        with open_station(settings) as station, written_down(folder / "clerk.log"):
            upgrade(station.engine)
            with write(station.engine) as connection:
                plant_examples(connection, station.keyring, datetime.now(UTC))
            client = await connect(settings)
            hands = tuple(
                CanaryHand(client=client, station=station, queue=CASES, ordinal=n) for n in range(len(BRANCHES))
            )
            payers = tuple(
                SubsidyCanaryHand(client=client, station=station, queue=CASES, ordinal=len(BRANCHES) + n)
                for n in range(len(SUBSIDY_BRANCHES))
            )
            async with worker(settings):
                await live(settings, hands, payers)
                yield Town(settings, client, station, (*hands, *payers))


async def live(settings: Settings, hands: tuple[CanaryHand, ...], payers: tuple[SubsidyCanaryHand, ...]) -> None:
    """Every branch to its end, with things going wrong meanwhile."""
    async with asyncio.TaskGroup() as playing:
        for branch, hand in zip(BRANCHES, hands, strict=True):
            playing.create_task(played(branch, hand))
        for branch, payer in zip(SUBSIDY_BRANCHES, payers, strict=True):
            playing.create_task(paid_out(branch, payer))
        await asyncio.sleep(5)
        await asyncio.to_thread(lock_the_record, settings)
        await asyncio.to_thread(open_badly, settings)


async def played(branch: str, hand: CanaryHand) -> None:
    await PLAYS[branch][1](hand)


async def paid_out(branch: str, payer: SubsidyCanaryHand) -> None:
    await SUBSIDY_PLAYS[branch][1](payer)


@contextmanager
def written_down(path: Path) -> Iterator[None]:
    """Everything this process logs, at every level, with whatever an exception says."""
    handler, root = logging.FileHandler(path, encoding="utf-8"), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


@asynccontextmanager
async def worker(settings: Settings) -> AsyncIterator[None]:
    """`yizhan worker`, once it is at work, with temporary files where the hunt finds them."""
    (settings.data / "tmp").mkdir()
    heard, said = os.pipe()
    with (settings.data / "worker.out").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *yizhan("worker"),
            cwd=ROOT,
            stdout=output,
            stderr=output,
            pass_fds=[said],
            env=environment(settings) | {VARIABLE: str(said)},
        )
    os.close(said)
    try:
        assert await announced(heard)
        yield
    finally:
        await stop(process, 30)


def yizhan(*words: str) -> list[str]:
    return [sys.executable, "-m", "cli.main", *words]


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "YIZHAN_DATA": str(settings.data),
        "TEMPORAL_ADDRESS": str(settings.temporal_address),
        "TMPDIR": str(settings.data / "tmp"),
    }


def lock_the_record(settings: Settings) -> None:
    """So long that a writer gives up: the failure goes to the worker's log, and to the server, before the next try."""
    with closing(sqlite3.connect(settings.database_file)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(LOCKED_S)
        connection.rollback()


def open_badly(settings: Settings) -> None:
    """Registrations that are refused, at a counter that redirects what it is told into a file."""
    person = canaries.a_person(0)
    last = person["worker"]["identity_number"][-1]
    wrong = person["worker"] | {"identity_number": canaries.identity_number(0)[:-1] + ("1" if last != "1" else "2")}
    for worker_fields in (wrong, person["worker"] | {"phone": "13987650000987650000"}, person["worker"]):
        fields = a_registration() | person | {"worker": worker_fields}
        with (settings.data / "counter.out").open("ab") as output:
            command = yizhan("case", "open", "-", "--as", "caseworker-1")
            spoken = yaml.safe_dump(fields, allow_unicode=True).encode()
            subprocess.run(
                command, cwd=ROOT, check=False, input=spoken, stdout=output, stderr=output, env=environment(settings)
            )


async def test_nothing_personal_lies_in_clear(town: Town) -> None:
    assert await town.hunted() == set()


async def test_the_canaries_are_in_the_record_and_in_every_kind_of_paper(town: Town) -> None:
    """Sealed, but there: the hunt found nothing because nothing lies open, not because nothing was planted."""
    kinds, planted = set(), 0
    with read(town.station.engine) as connection:
        for hand in town.hands:
            key = person_key(connection, town.station.keyring, hand.case.person)
            bodies = [entry.body for entry in timeline(connection, key, hand.case_id)]
            planted += sum(body.count(canaries.WRITTEN) for body in bodies)
            assert isinstance(hand, SubsidyCanaryHand) or canaries.identity_number(hand.ordinal) in bodies[0]
            for paper in hand.case.papers:
                kinds.add(paper.kind)
                assert kept_paper(connection, town.station, hand.case, paper).startswith(b"%PDF")
    assert planted >= sum(hand.planted for hand in town.hands) > 0
    assert kinds == {kind.value for kind in PAPERS} - {PaperKind.SUBSIDY_NOTICE_LIST}  # of many, masked, for the public


async def test_things_did_go_wrong(town: Town) -> None:
    """Or the logs had nothing to tell."""
    assert b"OperationalError" in b"".join(path.read_bytes() for path in town.settings.logs.glob("worker.log*"))
    assert (town.settings.data / "counter.out").stat().st_size > 0


async def test_the_hunt_finds_what_is_planted_in_the_record(town: Town, tmp_path: Path) -> None:
    """In a copy of its file and of what was not moved into it yet."""
    for file in town.settings.data.glob("yizhan.db*"):
        shutil.copy(file, tmp_path)
    with closing(sqlite3.connect(tmp_path / "yizhan.db")) as copy:
        copy.execute("UPDATE outbox SET last_error = ?", (canaries.phone(0),))
        copy.commit()
        places = found(files(tmp_path), town.quarry)
    assert ("yizhan.db-wal", "phone 0") in places
    assert {name for _, name in places} == {"phone 0"}


async def test_the_hunt_finds_what_is_planted_on_the_server(town: Town) -> None:
    """A client without our codec starts a workflow that nobody takes up, and gives it a telling id."""
    careless = await Client.connect(str(town.settings.temporal_address), namespace=town.client.namespace)
    telling = f"case-of-{canaries.NAME}"
    started = await careless.start_workflow("Careless", canaries.identity_number(0), id=telling, task_queue="none")
    try:
        async with asyncio.timeout(20):
            while ("the list of workflows", "name") not in (hunted := await town.hunted()):  # noqa: ASYNC110  # it lags
                await asyncio.sleep(0.2)
    finally:
        await started.terminate()
    assert {name for _, name in hunted} == {"name", "identity 0"}
    assert {place.split(" of ")[0].split("-wal")[0] for place, _ in hunted} == {
        "the list",
        "the history",
        "temporal.db",
    }

"""The fault test (故障测试): many cases at once, while the Temporal worker and the Temporal server are killed.

    python -m tests.faults.storm FOLDER [--cases 100] [--subsidies 20] [--kills 20] [--seconds 190] [--seed N]

leaves the record, the papers and the journal in FOLDER, for `tests.faults.checker` to judge.
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from temporalio.client import Client
from temporalio.runtime import Runtime, TelemetryConfig

from activities.bootstrap import Station, open_station
from activities.connection import connect
from activities.desk import Desk
from activities.embedded_server import free_port
from activities.namespace import prepare_namespace
from activities.starting import WORKFLOWS
from cli.exit import shutdown_and_exit
from store.cases import unfinished_case_ids
from store.engine import read, write
from store.messages import unsent_count
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings
from tests.faults.clerks import Clerk
from tests.faults.hurry import hurried
from tests.faults.journal import Journal
from tests.faults.lives import AGE
from tests.faults.payments import plant
from tests.faults.processes import Victim, server, worker

SERVER_SHARE = 0.35  # of the kills; the others are of the worker
TELL_EVERY_S = 10
AT_WORK_FIRST_S = (0.5, 4.0)
MOSTLY_OPENED = 0.8  # the last case begins at this part of the storm
BROKEN_OFF = 3  # the exit status of a storm that not every case came through within the patience


@dataclass(frozen=True)
class Storm:
    cases: int
    subsidies: int
    kills: int
    seconds: float
    seed: int
    planted: bool
    pause_s: float
    silence_s: float
    patience_s: float

    @property
    def worker_words(self) -> list[str]:
        return [str(self.silence_s), *(["--planted"] if self.planted else [])]


async def rage(storm: Storm, folder: Path) -> bool:
    """Whether every case was led to its end within the patience; what came of it is the checker's to say."""
    settings = Settings(data=folder, temporal_port=free_port())
    settings.logs.mkdir(parents=True, exist_ok=True)
    journal = Journal(folder / "journal.jsonl")
    journal.note(
        "storm", cases=storm.cases, subsidies=storm.subsidies, kills=storm.kills, seed=storm.seed, planted=storm.planted
    )
    with open_station(settings) as station:
        upgrade(station.engine)
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, datetime.now(UTC) - AGE - timedelta(days=10))
        subsidies = plant(station, storm.subsidies, storm.seed, datetime.now(UTC), journal)
        async with AsyncExitStack() as running:
            serving = await running.enter_async_context(server(settings))
            client = hurried(await connect(settings))
            await prepare_namespace(client)
            tried_again = partial(journal.note, "tried-again")
            working = await running.enter_async_context(worker(settings, storm.worker_words, tried_again))
            finished = await _lead_all(storm, station, client, journal, (serving, working), subsidies)
            await _tell_of_runs(client, journal)
    journal.close()
    return finished


async def _lead_all(  # everything that a storm has
    storm: Storm,
    station: Station,
    client: Client,
    journal: Journal,
    victims: tuple[Victim, Victim],
    subsidies: Sequence[str],
) -> bool:
    desk = Desk(client, station.engine, station.keyring, station.policies)
    clerks = [
        Clerk(desk, station, journal, _chance(storm, n), storm.pause_s) for n in range(storm.cases + len(subsidies))
    ]
    leading = [asyncio.create_task(_lead(storm, n, clerk)) for n, clerk in enumerate(clerks[: storm.cases])]
    leading += [
        asyncio.create_task(_pay(storm, n, clerk, case_id))
        for n, (clerk, case_id) in enumerate(zip(clerks[storm.cases :], subsidies, strict=True))
    ]
    killing = asyncio.create_task(_kill_at_random(storm, journal, victims, leading))
    telling = asyncio.create_task(_tell(journal, leading, victims))
    try:
        async with asyncio.timeout(storm.patience_s):
            led = await asyncio.gather(*leading)
            await killing
            if not all(led):
                return False
            await _quiet(station)
    except TimeoutError:
        return False
    finally:
        for task in (*leading, killing, telling):
            task.cancel()
    return True


def _chance(storm: Storm, ordinal: int) -> random.Random:
    return random.Random(f"{storm.seed}/{ordinal}")  # noqa: S311  # told again by its seed


async def _lead(storm: Storm, ordinal: int, clerk: Clerk) -> bool:
    await asyncio.sleep(storm.seconds * MOSTLY_OPENED * ordinal / storm.cases)
    return await clerk.lead(ordinal, storm.seed, of_talks=storm.planted)


async def _pay(storm: Storm, ordinal: int, clerk: Clerk, case_id: str) -> bool:
    await asyncio.sleep(storm.seconds * MOSTLY_OPENED * ordinal / storm.subsidies)
    return await clerk.pay(ordinal, storm.seed, case_id)


async def _kill_at_random(
    storm: Storm, journal: Journal, victims: tuple[Victim, Victim], leading: list[asyncio.Task[bool]]
) -> None:
    """One kill in each equal part of the storm, at a random moment of it, while both are at work again."""
    chance = random.Random(storm.seed)  # noqa: S311  # told again by its seed
    part = storm.seconds / max(storm.kills, 1)
    began = journal.seconds
    for number in range(storm.kills):
        moment = (number + chance.random()) * part
        victim = victims[0] if chance.random() < SERVER_SHARE else victims[1]
        await asyncio.sleep(max(began + moment - journal.seconds, 0))
        for each in victims:
            await each.at_work.wait()
        await asyncio.sleep(chance.uniform(*AT_WORK_FIRST_S))
        under_way = sum(not task.done() for task in leading)
        journal.note("killed", what=victim.name, pid=victim.kill(), under_way=under_way)


async def _quiet(station: Station) -> None:
    """Until the engine has done what it does by itself: papers made, messages sent."""
    while True:
        with read(station.engine) as connection:
            if not unfinished_case_ids(connection) and not unsent_count(connection):
                return
        await asyncio.sleep(0.5)


async def _tell_of_runs(client: Client, journal: Journal) -> None:
    """How the runs of each case's workflow ended, once no list lags behind."""
    runs: dict[str, list[str]] = {}
    for _ in range(20):
        runs = {}
        async for run in client.list_workflows(f"WorkflowType IN ({', '.join(map(repr, WORKFLOWS))})"):
            runs.setdefault(run.id, []).append(run.status.name if run.status else "UNKNOWN")
        if all("RUNNING" not in ended for ended in runs.values()):
            break
        await asyncio.sleep(0.5)
    for case, ended in runs.items():
        journal.note("workflow", case=case, runs=sorted(ended))


async def _tell(journal: Journal, leading: list[asyncio.Task[bool]], victims: tuple[Victim, Victim]) -> None:
    while True:
        ended = sum(task.done() for task in leading)
        starts = ", ".join(f"{victim.name} started {victim.starts} times" for victim in victims)
        sys.stdout.write(f"{journal.seconds:5.0f} s  {ended} of {len(leading)} cases led to their end; {starts}\n")
        sys.stdout.flush()
        await asyncio.sleep(TELL_EVERY_S)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="storm", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--subsidies", type=int, default=0)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=190, help="over which cases are opened and kills are made")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--planted", action="store_true", help="with the writer that forgets its steps")
    parser.add_argument("--pause", dest="pause_s", type=float, default=1.5, help="seconds between two acts of a case")
    parser.add_argument("--silence", dest="silence_s", type=float, default=0.25, help="at most, after a step")
    parser.add_argument("--patience", dest="patience_s", type=float, default=420, help="seconds until it is broken off")
    given = vars(parser.parse_args(words))
    folder = given.pop("folder")
    storm = Storm(**given)
    sys.stdout.write(f"seed {storm.seed}\n")
    # Temporal's client would complain at length, on the terminal, about a server that is away.
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=None)))
    return 0 if asyncio.run(rage(storm, folder)) else BROKEN_OFF


if __name__ == "__main__":
    shutdown_and_exit(main(sys.argv[1:]))

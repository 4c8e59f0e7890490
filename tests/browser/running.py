"""The whole station as `make run` starts it, in processes of its own: workflow server, Temporal worker, pages."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from activities.bootstrap import Station, load_policies
from activities.embedded_server import free_port
from cases.hardship.case import HardshipCase
from store.cases import load_case
from store.engine import make_engine, read
from store.files import FileStore
from store.key_file import open_or_create_key_ring
from store.seed_past import demo_cases

YIZHAN: Final = [sys.executable, "-P", "-m", "cli.main"]
READY_WITHIN_S: Final = 300  # generous: the tests share their machine
STOPS_WITHIN_S: Final = 60
NOT_OURS: Final = ("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_CLI", "YIZHAN_KEYS", "YIZHAN_LANGUAGE")


@dataclass(frozen=True)
class Running:
    """`password` is that of every account of its demonstration."""

    address: str
    password: str
    station: Station

    def case(self, life: str) -> HardshipCase:
        """The case of a life of the demonstration, as the record has it now."""
        with read(self.station.engine) as connection:
            return load_case(connection, demo_cases(connection)[life])


@contextmanager
def running_station(data: Path) -> Iterator[Running]:
    port = free_port()
    ports = {"YIZHAN_PORT": str(port), "YIZHAN_TEMPORAL_PORT": str(free_port())}
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    output = data.parent / "run.out"
    with output.open("wb") as written:
        settings = environment | ports | {"YIZHAN_DATA": str(data)}
        process = subprocess.Popen([*YIZHAN, "run"], stdout=written, stderr=written, env=settings)
    try:
        said = _ready(process, output)
        password = re.search(r"password: (\S+)", said)
        assert password, said
        ring = open_or_create_key_ring(data / "keys" / "master.key")
        engine = make_engine(f"sqlite:///{data / 'yizhan.db'}")
        station = Station(engine, ring, load_policies(), FileStore(data / "papers"))
        yield Running(f"http://127.0.0.1:{port}", password[1], station)
        engine.dispose()
        process.send_signal(signal.SIGINT)
        assert process.wait(STOPS_WITHIN_S) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _ready(process: subprocess.Popen[bytes], output: Path) -> str:
    """What it said until it was ready."""
    deadline = time.monotonic() + READY_WITHIN_S
    while "password: " not in (said := output.read_text(encoding="utf-8")):
        assert process.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.1)
    return said

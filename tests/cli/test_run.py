"""The whole station, as processes: started, refused a second time, stopped in order, killed without orphans."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from activities.embedded_server import free_port

pytestmark = [pytest.mark.server, pytest.mark.slow]

READY_WITHIN_S = 300  # generous: the tests share their machine; the aim is 15
YIZHAN = [sys.executable, "-P", "-m", "cli.main"]


class Station:
    def __init__(self, data: Path, examples: str) -> None:
        self.data = data
        self.port = free_port()
        ports = {"YIZHAN_PORT": str(self.port), "YIZHAN_TEMPORAL_PORT": str(free_port())}
        self.environment = {**os.environ, "YIZHAN_DATA": str(data), "YIZHAN_LANGUAGE": "en", **ports}
        self.environment["YIZHAN_EXAMPLES"] = examples
        for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_CLI", "YIZHAN_KEYS"):
            self.environment.pop(name, None)
        self._output = data.parent / "run.out"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._output.open("wb") as output:
            return subprocess.Popen([*YIZHAN, "run"], stdout=output, stderr=output, env=self.environment)

    @property
    def said(self) -> str:
        return self._output.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while "is ready" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def start_again(self) -> None:
        self.process = self._start()
        self.wait_until_ready()

    def health(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
            told: dict[str, Any] = json.load(answer)
            return told

    def parts(self) -> set[int]:
        return {pid for pid in _processes() if _parent(pid) == self.process.pid}

    def second(self, **changed: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **changed}
        return subprocess.run(
            [*YIZHAN, "run"], env=environment, capture_output=True, text=True, timeout=READY_WITHIN_S, check=False
        )


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int | None:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def _all_gone_within(pids: set[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def station(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Station]:
    """Empty, unless a test asks for the demonstration."""
    started = Station(tmp_path / "data", getattr(request, "param", "no"))
    try:
        started.wait_until_ready()
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.wait()


def test_it_is_well_stops_in_order_and_starts_again(station: Station) -> None:
    assert station.health()["well"]
    parts = station.parts()
    assert len(parts) == 3

    station.process.send_signal(signal.SIGINT)
    assert station.process.wait(60) == 0
    assert "stopped" in station.said
    assert _all_gone_within(parts, 1)

    assert "planting" not in station.said
    assert "demonstration accounts" not in station.said

    station.start_again()
    assert station.health()["well"]
    _refuses_a_second_one(station)


@pytest.mark.parametrize("station", ["yes"], indirect=True)
def test_an_empty_record_is_planted_once_and_its_accounts_are_shown_at_every_start(station: Station) -> None:
    assert "planting an invented demonstration" in station.said
    shown = station.said.partition("demonstration accounts")[2]
    assert "caseworker-1" in shown
    station.process.send_signal(signal.SIGINT)
    assert station.process.wait(60) == 0
    shown = shown.partition("stopping")[0]

    station.start_again()
    assert "planting" not in station.said
    assert station.said.partition("demonstration accounts")[2].startswith(shown[:300])


def _refuses_a_second_one(station: Station) -> None:
    same_folder = station.second()
    assert same_folder.returncode == 2
    assert f"already running (process {station.process.pid})" in same_folder.stderr
    for taken, free in itertools.permutations(("YIZHAN_PORT", "YIZHAN_TEMPORAL_PORT")):
        same_port = station.second(YIZHAN_DATA=str(station.data.parent / "other"), **{free: str(free_port())})
        assert same_port.returncode == 2
        assert taken in same_port.stderr


def test_a_part_that_is_killed_comes_back(station: Station) -> None:
    before = station.parts()
    for part in before:
        os.kill(part, signal.SIGKILL)
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        with suppress(OSError):
            if station.health()["well"] and len(station.parts() - before) == 3:
                return
        time.sleep(0.2)
    pytest.fail(f"the station is not whole again: {station.said}")


def test_killed_without_warning_it_leaves_no_orphan(station: Station) -> None:
    parts = station.parts()
    station.process.kill()
    station.process.wait()
    assert _all_gone_within(parts, 60)

from collections.abc import Callable
from pathlib import Path

import pytest

from activities.embedded_server import free_port
from cli import server
from cli.server import server_of_the_station
from store.settings import Settings

pytestmark = pytest.mark.server


class _Rebuild:
    """Stands in for the rebuild, which has tests of its own."""

    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    async def __call__(self, _: Settings) -> None:
        if self.fails:
            raise ConnectionError("cut off in the middle")
        self.times += 1


@pytest.fixture
def rebuild(monkeypatch: pytest.MonkeyPatch) -> _Rebuild:
    fake = _Rebuild()
    monkeypatch.setattr(server, "_restart_open_cases", fake)
    return fake


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "logs").mkdir()
    return Settings(data=tmp_path, temporal_port=free_port())


async def _start_and_stop(settings: Settings) -> None:
    async with server_of_the_station(settings):
        pass


async def test_a_new_file_gets_every_open_case_once(settings: Settings, rebuild: _Rebuild) -> None:
    await _start_and_stop(settings)
    await _start_and_stop(settings)
    assert rebuild.times == 1


def _of_another_version(settings: Settings) -> None:
    settings.temporal_file.write_bytes(b"what only another server can read")
    settings.temporal_file.with_name("temporal.db.version").write_text("temporal version 1.5.1 (Server 1.29.1)")


def _lost(settings: Settings) -> None:
    settings.temporal_file.unlink()


def _without_a_stamp(settings: Settings) -> None:
    settings.temporal_file.with_name("temporal.db.version").unlink()


@pytest.mark.parametrize("spoil", [_of_another_version, _lost, _without_a_stamp])
async def test_a_file_that_cannot_be_trusted_is_dropped_and_filled_anew(
    settings: Settings, rebuild: _Rebuild, spoil: Callable[[Settings], None], capsys: pytest.CaptureFixture[str]
) -> None:
    await _start_and_stop(settings)
    spoil(settings)
    was_there = settings.temporal_file.exists()
    await _start_and_stop(settings)
    assert rebuild.times == 2
    assert ("file was dropped" in capsys.readouterr().err) is was_there


async def test_a_rebuild_that_was_cut_off_is_done_again(settings: Settings, rebuild: _Rebuild) -> None:
    rebuild.fails = True
    with pytest.raises(ConnectionError):
        await _start_and_stop(settings)
    rebuild.fails = False
    await _start_and_stop(settings)
    assert rebuild.times == 1

import asyncio
from pathlib import Path

import pytest

from cli import parts
from cli.parts import PartFailed, Ready, kept_running

LAST_WORDS = Path("part.out")


class _Part:
    """Gets ready and ends `times` times, then stays at work."""

    def __init__(self, times: int, *, gets_ready: bool = True) -> None:
        self.starts = 0
        self.steady = asyncio.Event()
        self._times, self._gets_ready = times, gets_ready

    async def __call__(self, ready: Ready) -> int:
        self.starts += 1
        if self._gets_ready:
            ready()
        if self.starts <= self._times:
            return 3
        self.steady.set()
        await asyncio.Event().wait()
        raise AssertionError("waits for ever")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PAUSES_S", (0, 0, 0))


async def test_a_part_that_ends_is_started_again_and_stopped_with_the_station() -> None:
    once = _Part(times=3)
    async with kept_running("part", once, LAST_WORDS) as part, asyncio.timeout(5):
        await once.steady.wait()
        assert part.ready.is_set()
        assert once.starts == 4
    assert part.keeper.cancelled()


async def test_a_part_that_never_got_ready_is_not_tried_again() -> None:
    once = _Part(times=9, gets_ready=False)
    async with kept_running("part", once, LAST_WORDS) as part:
        with pytest.raises(PartFailed, match=r"part ended with code 3 before it was ready; see part\.out"):
            await part.keeper
    assert once.starts == 1


async def test_a_part_that_keeps_ending_is_given_up() -> None:
    async with kept_running("part", _Part(times=4), LAST_WORDS) as part:
        with pytest.raises(PartFailed, match="ended 4 times in a row"):
            await part.keeper


async def test_a_part_that_was_long_at_work_has_all_its_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "AT_WORK_S", 0)
    once = _Part(times=20)
    async with kept_running("part", once, LAST_WORDS), asyncio.timeout(5):
        await once.steady.wait()

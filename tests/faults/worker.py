"""The Temporal worker that the fault test kills: the product's own, in a process of its own.

With `--planted` its writer forgets what it wrote: a step tried again is written again. The checker must find that.
"""

import asyncio
import signal
import sys
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection

from activities import records
from activities.bootstrap import open_station
from activities.connection import connect
from activities.queues import CASES
from cli.exit import shutdown_and_exit
from store.settings import load_settings
from store.steps import FinishedStep, NewStep, finished_step
from tests.faults.hurry import hurried
from tests.faults.plain_press import plain_desk
from workflows.worker import Pace, working

AT_WORK, TRIED_AGAIN = "at work", "tried again"


def main(words: list[str]) -> None:
    if "--planted" in words:
        forget_what_was_written()
    else:
        tell_of_steps_tried_again()
    asyncio.run(_work(longest_silence_s=float(words[0])))


async def _work(longest_silence_s: float) -> None:
    settings = load_settings()
    client = hurried(await connect(settings), longest_silence_s)
    serving = asyncio.create_task(asyncio.Event().wait())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    with open_station(settings) as station, suppress(asyncio.CancelledError):
        async with working(client, station, CASES, Pace(sticky=timedelta(seconds=1)), plain_desk(station)):
            _say(AT_WORK)
            await serving


def tell_of_steps_tried_again() -> None:
    """Each is one that would have been double without its key."""

    def watched(connection: Connection, key: str) -> FinishedStep | None:
        finished = finished_step(connection, key)
        if finished:
            _say(TRIED_AGAIN)
        return finished

    records.finished_step = watched  # type: ignore[attr-defined]  # watched, not changed


def forget_what_was_written() -> None:
    """The planted bug: no step knows its key again, and every try has a key of its own."""

    def forgotten(_connection: Connection, _key: str) -> FinishedStep | None:
        return None

    def another(key: str, *rest: object) -> NewStep:
        return NewStep(f"{key}/{uuid4().hex}", *rest)  # type: ignore[arg-type]  # passed on as they came

    records.finished_step = forgotten  # type: ignore[attr-defined,assignment]  # the bug
    records.NewStep = another  # type: ignore[attr-defined,assignment]  # the bug


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
    shutdown_and_exit(0)

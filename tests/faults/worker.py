"""The Temporal worker that the fault test kills: the product's own, in a process of its own.

This program imports everything once and then lives through its children: each is a whole worker, forked before any
thread runs, and when one is gone the next is there at once.

With `--planted` its writer forgets what it wrote: a step tried again is written again. The checker must find that.
"""

import asyncio
import os
import sys
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection

from activities import records
from activities.bootstrap import open_station
from activities.connection import connect
from activities.processes import dies_with_its_parent
from activities.queues import CASES
from cli.exit import shutdown_and_exit
from store.settings import load_settings
from store.steps import FinishedStep, NewStep, finished_step
from tests.faults.hurry import hurried
from tests.faults.plain_press import plain_desk
from workflows.worker import Pace, working

AT_WORK, GONE, TRIED_AGAIN = "at work", "gone", "tried again"


def main(words: list[str]) -> None:
    if "--planted" in words:
        forget_what_was_written()
    else:
        tell_of_steps_tried_again()
    nursery = os.getpid()
    while True:
        child = os.fork()
        if child == 0:
            dies_with_its_parent(nursery)()
            asyncio.run(_work(longest_silence_s=float(words[0])))
            shutdown_and_exit(0)
        os.waitpid(child, 0)
        _say(f"{GONE} {child}")


async def _work(longest_silence_s: float) -> None:
    """Until asked to stop, or killed."""
    settings = load_settings()
    client = hurried(await connect(settings), longest_silence_s)
    with open_station(settings) as station:
        async with working(client, station, CASES, Pace(sticky=timedelta(seconds=1)), plain_desk(station)):
            _say(f"{AT_WORK} {os.getpid()}")
            await asyncio.Event().wait()


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

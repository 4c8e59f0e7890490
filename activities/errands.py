"""One act on each of many cases (批量办理): done by the same steps as one by one, and answered case by case."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from activities.bootstrap import Station
from activities.desk import Desk
from activities.records import Records
from cases.commands import Command, Receipt
from cases.refusals import Refused
from cases.steps import Step
from store.cases import load_any
from store.engine import read
from store.steps import step_key

AT_ONCE: Final = 32  # updates that are under way together
_T = TypeVar("_T")


class Runs(Protocol):
    """Runs a coroutine to its end: an asyncio.Runner, or whoever hands it to a loop that runs elsewhere."""

    def run(self, coro: Coroutine[Any, Any, _T], /) -> _T: ...


@dataclass(frozen=True)
class Errand:
    """A command for one case. Its key makes a second sending harmless."""

    case_id: str
    command: Command


Answer: TypeAlias = Receipt | Refused
Do: TypeAlias = Callable[[Sequence[Errand]], Sequence[Answer]]


def through_desk(desk: Desk, runner: Runs, now: datetime) -> Do:
    """By the workflow of each case. Raises what the desk raises where no answer came; nothing is lost by that."""

    async def one(errand: Errand, room: asyncio.Semaphore) -> Answer:
        async with room:
            try:
                return await desk.submit(errand.case_id, errand.command, now=now)
            except Refused as refused:
                return refused

    async def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        room = asyncio.Semaphore(AT_ONCE)
        answers = await asyncio.gather(*(one(each, room) for each in errands), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, Refused):
                raise answer
        return [answer for answer in answers if not isinstance(answer, BaseException) or isinstance(answer, Refused)]

    return lambda errands: runner.run(all_of(errands))


def through_record(station: Station, at: datetime) -> Do:
    """Straight to the record, where no workflow server runs: in tests, and in a station that is moved in bulk."""
    records = Records(station.engine, station.keyring, station.policies)

    def one(errand: Errand) -> Answer:
        with read(station.engine) as connection:
            case = load_any(connection, errand.case_id)
        command = errand.command
        done = records.commit_step(Step(case, step_key(case.id, "act", command.key), command, at))
        if done.receipt is None:
            return Refused(done.refusals)
        return done.receipt

    return lambda errands: [one(each) for each in errands]

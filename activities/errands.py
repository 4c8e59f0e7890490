"""One act on each of many cases (批量办理): done by the same steps as one by one, and answered case by case."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from activities.bootstrap import Station
from activities.desk import Desk, NotBegun
from activities.records import Records
from cases.commands import Command, Receipt
from cases.failures import Failed
from cases.refusals import Refusal, Refused, refusal
from cases.steps import Step
from store.cases import load_any
from store.engine import read
from store.steps import step_key

AT_ONCE: Final = 32  # updates that are under way together
MOST_NAMED: Final = 20
_T = TypeVar("_T")


class Runs(Protocol):
    """Runs a coroutine to its end: an asyncio.Runner, or whoever hands it to a loop that runs elsewhere."""

    def run(self, coro: Coroutine[Any, Any, _T], /) -> _T: ...


@dataclass(frozen=True)
class OnTheLoop:
    """Runs what a thread asks for on a loop that runs elsewhere."""

    loop: asyncio.AbstractEventLoop

    def run(self, coro: Coroutine[Any, Any, _T], /) -> _T:
        return asyncio.run_coroutine_threadsafe(coro, self.loop).result()


@dataclass(frozen=True)
class Errand:
    """A command for one case. Its key makes a second sending harmless."""

    case_id: str
    command: Command


Answer: TypeAlias = Receipt | Refused
Do: TypeAlias = Callable[[Sequence[Errand]], Sequence[Answer]]


class Unanswered(Failed):
    """Some cases did not answer; the others did. Done again under its key, none is done twice."""

    def __init__(self, cases: tuple[str, ...]) -> None:
        named = ", ".join(cases[:MOST_NAMED]) + (" …" if len(cases) > MOST_NAMED else "")
        super().__init__(
            f"有{len(cases)}件个案没有应答：{named}。其余的都已办理；请稍后再运行一次，接着办理，不会重复。",
            f"{len(cases)} cases have not answered: {named}. All others are done; run this again later: it goes on, "
            "and nothing is done twice.",
        )
        self.cases = cases


def through_desk(desk: Desk, runner: Runs, now: datetime) -> Do:
    """By the workflow of each case; one that has none yet refuses for now. Raises Unanswered."""

    async def one(errand: Errand, room: asyncio.Semaphore) -> Answer | Failed:
        async with room:
            try:
                return await desk.submit(errand.case_id, errand.command, now=now)
            except Refused as refused:
                return refused
            except NotBegun:
                return Refused((not_begun(),))
            except Failed as late:
                return late

    async def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        room = asyncio.Semaphore(AT_ONCE)
        answers = await asyncio.gather(*(one(each, room) for each in errands), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, Refused | Failed):
                raise answer
        silent = [each.case_id for each, answer in zip(errands, answers, strict=True) if isinstance(answer, Failed)]
        if silent:
            raise Unanswered(tuple(silent))
        return [answer for answer in answers if isinstance(answer, Receipt | Refused)]

    return lambda errands: runner.run(all_of(errands))


def not_begun() -> Refusal:
    return refusal(
        "workflow-not-begun",
        "本案的流程尚未启动，几分钟内会启动，请稍后再运行；办过的不会重复办理。",
        "The workflow of this case has not been started yet: run this again in some minutes; nothing is done twice.",
    )


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

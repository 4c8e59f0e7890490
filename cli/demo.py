"""`yizhan demo`: plays a hardship case and each of its branches, months in a minute, and leaves the papers in ./out."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from temporalio.client import Client

from activities.bootstrap import Station, open_station
from activities.case_view import view_case
from activities.composing.desk import papers_desk
from activities.connection import connect
from activities.embedded_server import embedded_server
from activities.namespace import prepare_namespace
from activities.papers import Press
from activities.papers_desk import kept_paper
from activities.queues import CASES
from cases.refusals import Refused, refusal
from cases.wording import Language, Wording
from cli.case_text import story_text
from cli.papers import leave
from cli.plays import PLAYS
from cli.screen import screen
from cli.stagehand import Stagehand
from store.engine import read, write
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings, load_settings
from workflows.worker import PRINTERS, Pace, working

DONE = Wording("文书已存入 {folder}", "The papers are in {folder}")


def command(
    branch: Annotated[
        list[str] | None, typer.Argument(help="只演示这些路径 · only these branches: " + ", ".join(PLAYS))
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="文书存放处 · where the papers go")] = Path("out"),
    language: Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")] = None,
) -> None:
    wanted = branch or list(PLAYS)
    unknown = [name for name in wanted if name not in PLAYS]
    if unknown:
        known = ", ".join(PLAYS)
        raise Refused(
            tuple(
                refusal("no-such-branch", f"没有路径“{name}”；可选：{known}。", f"No branch {name}; known: {known}.")
                for name in unknown
            )
        )
    asyncio.run(_demonstrate(wanted, out, language or load_settings().language))


async def _demonstrate(wanted: list[str], out: Path, language: Language) -> None:
    """In a folder of its own: the station's data is not touched."""
    console = screen()
    with tempfile.TemporaryDirectory(prefix="yizhan-demo-") as folder:
        async with _stage(Path(folder)) as (client, station):
            for name in wanted:
                await _play(name, client, station, out, language, console)
    console.print(DONE.within(language).format(folder=out))


async def _play(name: str, client: Client, station: Station, out: Path, language: Language, console: Console) -> None:
    title, play = PLAYS[name]
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(title.within(language))

        def watch(what: Wording) -> None:
            progress.update(task, description=f"{title.within(language)} · {what.within(language)}")

        hand = Stagehand(client, station, CASES, watch=watch)
        await play(hand)
    console.print(story_text(title, view_case(station, hand.case_id, hand.now), language))
    _leave_papers(station, hand, out / name)


def _leave_papers(station: Station, hand: Stagehand, folder: Path) -> None:
    with read(station.engine) as connection:
        for paper in hand.case.papers:
            pdf = kept_paper(connection, station, hand.case, paper)
            leave(folder / f"{paper.id}-{paper.kind}.pdf", pdf)


@asynccontextmanager
async def _stage(folder: Path) -> AsyncIterator[tuple[Client, Station]]:
    """A server whose time can be skipped, a record with the examples, and a worker."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            embedded_server(folder / "temporal.db", time_skipping_flag=True, log=folder / "temporal.log")
        )
        settings = Settings(data=folder, temporal_address=server.address)
        await prepare_namespace(await Client.connect(server.address, namespace=settings.temporal_namespace))
        station = stack.enter_context(open_station(settings))
        upgrade(station.engine)
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, datetime.now(UTC))
        client = await connect(settings)
        press = stack.enter_context(Press(PRINTERS))
        papers = papers_desk(station, press)
        await stack.enter_async_context(working(client, station, CASES, Pace(versioned=False), papers))
        yield client, station

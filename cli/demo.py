"""`yizhan demo`: plays cases of both kinds with all their branches, months in a minute; their papers go to ./out."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from temporalio.client import Client

from activities.bootstrap import Station, open_station
from activities.composing.desk import papers_desk
from activities.connection import connect
from activities.embedded_server import embedded_server
from activities.namespace import prepare_namespace
from activities.papers import Press
from activities.papers_desk import kept_paper
from activities.queues import CASES
from activities.subsidy_view import view_any
from cases.any_case import OneCase
from cases.refusals import Refused, refusal
from cases.wording import Language, Wording
from cli.case_parts_text import story
from cli.papers import leave
from cli.plays import PLAYS
from cli.screen import screen
from cli.stagehand import Stagehand, SubsidyHand
from cli.subsidy_plays import SUBSIDY_PLAYS
from store.engine import read, write
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings, load_settings
from workflows.worker import PRINTERS, Pace, working

TITLES = {name: title for name, (title, _) in (*PLAYS.items(), *SUBSIDY_PLAYS.items())}
DONE = Wording("文书已存入 {folder}", "The papers are in {folder}")


def command(
    branch: Annotated[
        list[str] | None, typer.Argument(help="只演示这些路径 · only these branches: " + ", ".join(TITLES))
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="文书存放处 · where the papers go")] = Path("out"),
    language: Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")] = None,
) -> None:
    wanted = branch or list(TITLES)
    unknown = [name for name in wanted if name not in TITLES]
    if unknown:
        known = ", ".join(TITLES)
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
    title = TITLES[name]
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(title.within(language))

        def watch(what: Wording) -> None:
            progress.update(task, description=f"{title.within(language)} · {what.within(language)}")

        case_id, now = await _played(name, client, station, watch)
    view = view_any(station, case_id, now)
    console.print(story(title, view.case, view.timeline, language))
    _leave_papers(station, view.case, out / name)


async def _played(
    name: str, client: Client, station: Station, watch: Callable[[Wording], None]
) -> tuple[str, datetime]:
    """The case that was played, and the time at which it ended."""
    if name in SUBSIDY_PLAYS:
        payer = SubsidyHand(client, station, CASES, watch=watch)
        await SUBSIDY_PLAYS[name][1](payer)
        return payer.case_id, payer.now
    hand = Stagehand(client, station, CASES, watch=watch)
    await PLAYS[name][1](hand)
    return hand.case_id, hand.now


def _leave_papers(station: Station, case: OneCase, folder: Path) -> None:
    with read(station.engine) as connection:
        for paper in case.papers:
            pdf = kept_paper(connection, station, case, paper)
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

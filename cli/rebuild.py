"""`yizhan rebuild`: after the workflow server lost its data, every open case goes on from the record."""

import asyncio
from typing import Annotated

import typer

from activities.connection import connect
from activities.queues import CASES
from activities.rebuilding import RebuildReport, rebuild
from cli.record import opened
from store.settings import Settings, load_settings


async def rebuild_open_cases(settings: Settings) -> RebuildReport:
    client = await connect(settings)
    with opened(settings) as station:
        return await rebuild(client, station, CASES)


def command(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    report = asyncio.run(rebuild_open_cases(load_settings()))
    if as_json:
        typer.echo(f'{{"started": {report.started}, "running_already": {report.running_already}}}')
    else:
        typer.echo(
            f"重新启动{report.started}个个案，{report.running_already}个本来就在运行。 / "
            f"{report.started} cases started again, {report.running_already} were running already."
        )

"""`yizhan files sweep`: files that the record names no more; said first, removed on a second word."""

from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.sweeping import Sweep, look, sweep
from cases.wording import Language, Wording
from cli.commands import told
from cli.exit import FAILED
from cli.record import opened
from store.settings import load_settings

app = typer.Typer(rich_markup_mode=None)

HELP: Final = told(
    "文书和凭证文件：查找、清除记录不再提到的文件。",
    "The files of papers and evidence: find and remove what no row names.",
)
HELP_SWEEP: Final = told(
    "列出记录没有提到、写入已满一天的文件；加 --remove 才清除。记录提到而文件夹里没有的也会列出，退出码为1。",
    "List files that no row names and that are a day old; only with --remove are they removed. What is named and not "
    "there is listed too, with exit code 1.",
)
SWEPT: Final = TypeAdapter(Sweep)
SHOWN: Final = 20
FOUND: Final = Wording(
    "记录提到的文件{kept}个；没有提到的{orphans}个，{size}字节。",
    "{kept} files that the record names; {orphans} that it does not, {size} bytes.",
)
WOULD: Final = Wording("没有清除任何文件；要清除请加 --remove。", "Nothing was removed; --remove does it.")
DONE: Final = Wording("已清除。", "They are removed.")
MISSING: Final = Wording(
    "记录提到而文件夹里没有（请从备份恢复）：{digest}", "named and not there (restore the backup): {digest}"
)


@app.callback()
def files() -> None:
    """A group, although it has one command so far."""


@app.command("sweep", **HELP_SWEEP)
def sweep_files(
    remove: Annotated[bool, typer.Option("--remove", help="清除这些文件 · remove them")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
    language: Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")] = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    with opened(settings) as station:
        found = sweep(station, now) if remove else look(station, now)
    if as_json:
        typer.echo(SWEPT.dump_json(found, indent=2).decode())
    else:
        _tell(found, language or settings.language)
    if found.missing:
        raise typer.Exit(FAILED)


def _tell(found: Sweep, spoken: Language) -> None:
    typer.echo(FOUND.within(spoken).format(kept=found.kept, orphans=len(found.orphans), size=found.size))
    for orphan in found.orphans[:SHOWN]:
        typer.echo(f"  {orphan.sha256}  {orphan.size}")
    if len(found.orphans) > SHOWN:
        typer.echo(f"  … {len(found.orphans) - SHOWN}")
    if found.orphans:
        typer.echo((DONE if found.removed else WOULD).within(spoken))
    for digest in found.missing[:SHOWN]:
        typer.echo(MISSING.within(spoken).format(digest=digest))

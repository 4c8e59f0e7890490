"""`yizhan subsidy month|decide|accept|order`: many applications at once, gone on with wherever they were broken off."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.connection import ServerNotReached, connect
from activities.desk import Desk
from activities.engine_process import EngineProcess
from activities.errands import through_desk
from activities.progress import Tell
from activities.subsidy_month import Month, together
from activities.subsidy_month_done import Done
from activities.subsidy_month_lines import lines_of
from activities.subsidy_month_ways import by_workflows, until_determined, without_workflows
from cases.refusals import Refusal, Refused
from cases.wording import Language, Wording
from cli.case import AsJson, AsStaff, Lang
from cli.commands import told
from cli.file_errors import unreadable, unwritable
from cli.record import opened
from store.settings import Settings, load_settings

HELP_MONTH: Final = told(
    "批量受理并认定：文件每行一份申请（JSON）。中断后再运行，接着办理；读不懂或不予受理的逐行写入报告。",
    "Take and determine many applications: a file with one in JSON on each line. Broken off, it is gone on with; what "
    "is refused stands in a report, line by line.",
)
HELP_DECIDE: Final = told(
    "批量采纳：由审批人采纳本站一项补贴中认定为准予且无疑义的个案；不予的留给审批人逐件处理。",
    "An officer adopts every grant of a subsidy at a station that nobody has doubts about; refusals are left to a "
    "person.",
)
HELP_ACCEPT: Final = told(
    "批量接受未核实的数值：由审批人说明一个理由，对本站一项补贴待拨付的个案负责。",
    "An officer answers, with one reason, for the values that nobody verified, in all cases of a subsidy that wait for "
    "payment.",
)
HELP_ORDER: Final = told(
    "批量核查并开具拨付单：当日逐件重新核查，结论不变的开单。不发生真实资金划转。",
    "Check every case that waits for payment on the day, and order the payment of those that come to the same. No real "
    "money moves.",
)
DONE: Final = TypeAdapter(Done)
COUNTS: Final = Wording(
    "办理{done}件，不予办理{refused}件，无需办理{over}件。", "done {done}, refused {refused}, nothing to do {over}."
)
WAITING: Final = Wording(
    "还有{number}件正由流程认定：稍后再运行一次，接着办理。",
    "{number} are still being determined by their workflows: run this again later, and it goes on.",
)
CHECKED_AGAIN: Final = Wording(
    "其中{number}件因同一人在另一个案有拨付而自动重新核查。",
    "{number} of them were checked again, since another case paid the same person meanwhile.",
)
AWAY: Final = Wording(
    "没有流程服务应答：只办理流程尚未启动的个案，其余列入报告。",
    "No workflow server answers: only cases whose workflow was never started are done; the others stand in the report.",
)
REPORT: Final = Wording("未办理的及理由：{path}", "What was refused, and why: {path}")

File = Annotated[Path, typer.Argument(help="申领清单，每行一份申请 · one application on each line")]
OfPolicy = Annotated[str, typer.Option("--policy", help="补贴（政策编号） · the subsidy, by its policy")]
AtStation = Annotated[str, typer.Option("--station", help="驿站编号 · the station")]
Reason = Annotated[str, typer.Option("--reason", help="接受的理由 · why they are accepted")]
Report = Annotated[
    Path | None, typer.Option("--report", help="未办理的写入这个文件 · where the report of refusals goes")
]
REPORTED: Final = "subsidy-{step}-refused.jsonl"


def month(file: File, staff: AsStaff, report: Report = None, as_json: AsJson = False, language: Lang = None) -> None:
    report = report or Path(REPORTED.format(step="month"))
    settings, now = load_settings(), datetime.now(UTC)
    spoken = language or settings.language
    with opened(settings) as station, EngineProcess(children=1) as engine, _report(report, "line") as refused:
        of = Month(station, engine, together(station, now), refused.told, _teller(spoken))
        try:
            done = of.take(lines_of(file), staff, now)
        except OSError as error:
            if error.filename != str(file):
                raise
            raise Refused((unreadable(file, error),)) from None
    _say(done, report, spoken, as_json=as_json)


def decide(
    policy: OfPolicy,
    station_id: AtStation,
    staff: AsStaff,
    report: Report = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    _step("decide", report, language, lambda of, now: of.adopt(station_id, policy, staff, now), as_json=as_json)


def accept(
    policy: OfPolicy,
    station_id: AtStation,
    reason: Reason,
    staff: AsStaff,
    report: Report = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    _step(
        "accept", report, language, lambda of, now: of.accept(station_id, policy, staff, now, reason), as_json=as_json
    )


def order(
    policy: OfPolicy,
    station_id: AtStation,
    staff: AsStaff,
    report: Report = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    _step("order", report, language, lambda of, now: of.order(station_id, policy, staff, now), as_json=as_json)


def _step(
    step: str, report: Path | None, language: Language | None, work: Callable[[Month, datetime], Done], *, as_json: bool
) -> None:
    """One step on every case that it fits, and what came of it."""
    report = report or Path(REPORTED.format(step=step))
    settings, now = load_settings(), datetime.now(UTC)
    spoken = language or settings.language
    with _month(settings, report, now, spoken) as of:
        done = work(of, now)
    _say(done, report, spoken, as_json=as_json)


@contextmanager
def _month(settings: Settings, report: Path, now: datetime, spoken: Language) -> Iterator[Month]:
    """By the workflow of each case; where no server answers that is said, and cases without one are done alone."""
    with (
        opened(settings) as station,
        EngineProcess(children=1) as engine,
        _report(report, "case") as refused,
        asyncio.Runner() as runner,
    ):
        teller = _teller(spoken)
        try:
            client = runner.run(connect(settings))
        except ServerNotReached:
            typer.echo(AWAY.within(spoken), err=True)
            yield Month(station, engine, without_workflows(station, now), refused.told, teller)
            return
        desk = Desk(client, station.engine, station.keyring, station.policies)
        do = by_workflows(station, through_desk(desk, runner, now))
        yield Month(station, engine, do, refused.told, teller, determined=until_determined(station))


@dataclass(frozen=True)
class Refusals:
    """One line of JSON for each line or case that was refused, written at once: none is remembered."""

    file: IO[str]
    of: str

    def told(self, what: str, reasons: Sequence[Refusal]) -> None:
        said = [{"code": each.code, "zh": each.wording.zh, "en": each.wording.en} for each in reasons]
        self.file.write(json.dumps({self.of: what, "reasons": said}, ensure_ascii=False) + "\n")
        self.file.flush()


@contextmanager
def _report(path: Path, of: str) -> Iterator[Refusals]:
    """The report of this run, for its owner's eyes. Raises Refused where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8")
    except OSError as failure:
        raise Refused((unwritable(path, failure),)) from None
    with file:
        yield Refusals(file, of)
    if path.is_file() and path.stat().st_size == 0:
        path.unlink()


def _teller(spoken: Language) -> Tell:
    return lambda progress: typer.echo(f"{progress.what.within(spoken)} {progress.done}", err=True)


def _say(done: Done, report: Path, spoken: Language, *, as_json: bool) -> None:
    """Exit code 1 where something was refused or is still under way."""
    if as_json:
        typer.echo(DONE.dump_json(done, indent=2).decode())
    else:
        counts = COUNTS.within(spoken)
        typer.echo(counts.format(done=done.done, refused=done.refused, over=done.passed_over))
        if done.checked_again:
            typer.echo(CHECKED_AGAIN.within(spoken).format(number=done.checked_again))
        if done.waiting:
            typer.echo(WAITING.within(spoken).format(number=done.waiting))
        if done.refused:
            typer.echo(REPORT.within(spoken).format(path=report))
    if done.refused or done.waiting:
        raise typer.Exit(1)

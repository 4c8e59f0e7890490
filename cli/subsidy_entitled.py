"""`yizhan subsidy entitled|tell`: who could have a subsidy and has not applied, and what they said when told."""

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter
from rich.console import RenderableType
from rich.table import Table

from activities.bootstrap import Station
from activities.entitled_desk import EntitledDesk, Line
from activities.entitlements import Entitlements, Swept
from cases.money import in_figures
from cases.refusals import Refusal, Refused, refusal
from cases.subsidy.stages import Applicant
from cases.wording import Language, Wording
from cli.case import AsJson, AsStaff, Lang
from cli.commands import told
from cli.papers import leave
from cli.policy_simulate_words import progress_on_a_terminal
from cli.record import opened
from cli.screen import screen
from store.employers import employer
from store.engine import read
from store.entitlements import Of, Wanted
from store.settings import load_settings
from store.tables.entitlements import Standing

HELP: Final = told(
    "应享尽享：在全部零工和用工主体中找出可能符合而未申领的人，并列出还缺的事实。姓名遮盖。",
    "Everyone entitled: who among all workers and employers probably could have a subsidy and has not applied, "
    "with the facts that are missing. Names are masked.",
)
HELP_TELL: Final = told(
    "登记已告知某人可享某项补贴，或本人不申领。", "Record that somebody was told, or does not want it."
)
SHOWN: Final = TypeAdapter(tuple[Line, ...])
COLUMNS: Final = (
    Wording("申请人", "applicant"),
    Wording("编号", "id"),
    Wording("姓名或名称", "name"),
    Wording("补贴", "subsidy"),
    Wording("情况", "standing"),
    Wording("金额（元）", "yuan"),
    Wording("还缺的事实", "facts that are missing"),
    Wording("告知", "told"),
)
NOT_WANTED: Final = Wording("{day} 不申领", "{day} does not want it")
TOLD: Final = Wording("{day} 已告知", "{day} told")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
AND_MORE: Final = Wording("等{number}项", " and {number} in all")
MOST_SHOWN: Final = 4

Policy = Annotated[str | None, typer.Option("--policy", help="只看一项补贴 · of one subsidy only")]
AtStation = Annotated[str | None, typer.Option("--station", help="只看一个驿站 · of one station only")]
Csv = Annotated[Path | None, typer.Option("--csv", help="存为表格文件 · write a table to this file")]
Kept = Annotated[
    bool, typer.Option("--kept", help="不重新查找，列出上次查找的结果 · what the last sweep found, without a new one")
]
Names = Annotated[
    bool, typer.Option("--names", help="显示姓名（须写明 --as，并留痕） · names, with --as; it is logged")
]
Who = Annotated[str | None, typer.Option("--as", help="查看人编号 · who looks, by staff id")]


def entitled(
    policy: Policy = None,
    station_id: AtStation = None,
    csv_file: Csv = None,
    staff: Who = None,
    *,
    names: Names = False,
    kept: Kept = False,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    spoken, swept = language or settings.language, None
    if names and staff is None:
        raise Refused((_says_nobody(),))
    with opened(settings) as station:
        if not kept:
            sweep = Entitlements(station.engine, station.keyring, station.policies)
            swept = sweep.sweep(now, policy, station_id, progress_on_a_terminal(quiet=as_json))
        desk, wanted = _desk(station), Wanted(policy=policy, office=station_id, with_declined=True)
        found = desk.named(wanted, staff, now) if names and staff else desk.lines(wanted)
    if csv_file:
        leave(csv_file, "\ufeff".encode() + _csv(found, spoken).encode())
        typer.echo(str(csv_file))
    elif as_json:
        typer.echo(SHOWN.dump_json(found, indent=2).decode())
    else:
        screen(unbroken=True).print(_table(found, spoken))
    if swept and not as_json:
        for line in _counts(swept, spoken):
            typer.echo(line)


def tell(
    applicant_id: Annotated[str, typer.Argument(metavar="APPLICANT", help="零工或用工主体编号 · a worker or employer")],
    policy: Annotated[str, typer.Argument(help="补贴 · the subsidy")],
    staff: AsStaff,
    hired: Annotated[
        str, typer.Option("--hired", help="招用人员编号（按人享受的补贴）· the worker hired, where it is had for each")
    ] = "",
    declines: Annotated[
        str | None, typer.Option("--declines", help="本人不申领及其理由 · they do not want it, and why")
    ] = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    of = Of(applicant_id, policy, hired)
    with opened(settings) as station:
        with read(station.engine) as connection:
            kind = Applicant.EMPLOYER if employer(connection, applicant_id) else Applicant.WORKER
        if declines is None:
            _desk(station).told(kind, of, staff, now)
        else:
            _desk(station).declined(kind, of, staff, now, declines)


def _desk(station: Station) -> EntitledDesk:
    return EntitledDesk(station.engine, station.keyring, station.policies)


def _table(found: Sequence[Line], language: Language) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column.within(language))
    for line in found:
        table.add_row(*_row(line, language, most=MOST_SHOWN))
    return table


def _row(line: Line, language: Language, most: int | None = None) -> tuple[str, ...]:
    each = line.found.entitled
    missing = [label.within(language) for label in line.missing]
    told_of = "；" if language is Language.ZH else "; "
    text = told_of.join(missing[:most])
    if most and len(missing) > most:
        text += AND_MORE.within(language).format(number=len(missing))
    return (
        each.applicant.label.within(language),
        each.applicant_id,
        f"{line.name} ← {line.hired}" if line.hired else line.name,
        line.title.within(language),
        each.standing.label.within(language),
        "" if each.amount_fen is None or each.standing is not Standing.QUALIFIES else in_figures(each.amount_fen),
        text,
        _answer(line, language),
    )


def _answer(line: Line, language: Language) -> str:
    answer = line.found.answer
    if answer is None:
        return ""
    return (NOT_WANTED if answer.declined else TOLD).within(language).format(day=answer.told_on)


def _csv(found: Sequence[Line], language: Language) -> str:
    """What a spreadsheet could take for a formula is written as text."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([column.within(language) for column in COLUMNS])
    for line in found:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in _row(line, language)])
    return out.getvalue()


def _counts(swept: Swept, language: Language) -> Iterator[str]:
    head = Wording(f"查了{swept.people}个零工和用工主体。", f"{swept.people} workers and employers were asked.")
    yield head.within(language)
    for policy, counts in sorted(swept.counts.items()):
        sure, some = counts.get("qualifies", 0), counts.get("with-facts", 0)
        no, silent, applied = (counts.get(how, 0) for how in ("not", "silent", "applied"))
        said = Wording(
            f"{policy}：符合{sure}，补充事实后可能符合{some}，不符合{no}，没有已知情形支持{silent}，已申领{applied}",
            f"{policy}: {sure} qualify, {some} may with more facts, {no} do not, nothing known speaks for {silent}, "
            f"{applied} applied",
        )
        yield said.within(language)
    for off in swept.off:
        yield Wording(f"未查：{off.why.zh}", f"Not asked: {off.why.en}").within(language)


def _says_nobody() -> Refusal:
    return refusal(
        "who-looks",
        "显示姓名须用 --as 写明查看人。",
        "Names are shown to somebody: say who looks, with --as.",
    )

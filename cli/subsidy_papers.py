"""`yizhan subsidy notice|notices|payee|bank-file|bank-answers`: public lists, files for the bank, and its answers."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Final, NoReturn

import typer
from pydantic import TypeAdapter

from activities.bank_answers import BankAnswers, ReadBack, found_words
from activities.bank_files import BankFiles, Made, hand_out
from activities.bootstrap import Station
from activities.connection import connect
from activities.desk import Desk
from activities.errands import Do, through_desk
from activities.left_out import why_left_out
from activities.papers import Press
from activities.payees import Payees
from activities.progress import Progress, Tell
from activities.subsidy_notices import Notices, Published
from activities.subsidy_prints import Prints
from cases.bank_files import NO_MONEY, reference_of
from cases.money import in_figures
from cases.payees import parse_account
from cases.refusals import Refused, refusal
from cases.wording import Language
from cli.case import AsJson, AsStaff, CaseId, File, Lang
from cli.commands import told
from cli.file_errors import unreadable, unwritable
from cli.papers import leave
from cli.record import opened
from cli.yaml_input import read_fields
from store import notice_sheets, subsidy_notices, subsidy_waiting
from store.engine import read
from store.settings import Settings, load_settings
from store.subsidy_notices import NoticeList
from store.subsidy_waiting import Waiting

HELP_NOTICE: Final = told(
    "把本站等待公示的个案列入一份公示名单；中断后再运行，接着办理。",
    "Put all cases of a station that wait for it on one public list; broken off, it is gone on with.",
)
HELP_NOTICES: Final = told(
    "列出公示名单和等待公示的个案；写明名单则打印或导出（遮盖）。",
    "List public lists and what waits for one; with a list, print it or write it as a table, masked.",
)
HELP_PAYEE: Final = told(
    "登记申请人的收款账户（文件写明 holder、bank、number），加密保存。",
    "Record the account an applicant is paid to (a file with holder, bank, number); it is kept sealed.",
)
HELP_BANK_FILE: Final = told(
    "把本站已开的拨付单做成银行文件；中断后再运行，接着办理。--fetch 领取一份（每人一次）。不发生真实资金划转。",
    "Make the file for the bank of all that is ordered; broken off, it is gone on with. --fetch gives it to you, once. "
    "No real money moves.",
)
HELP_BANK_ANSWERS: Final = told(
    "读入银行回盘文件，逐笔登记；不相符的逐行指出。重复读入不重复登记。",
    "Read the bank's answers and record each; what does not fit is named by its line. Read again, nothing is new.",
)

InStation = Annotated[str, typer.Option("--station", help="驿站编号 · the station")]
NoticeId = Annotated[str | None, typer.Argument(metavar="[LIST]", help="名单编号 · the list")]
Folder = Annotated[Path | None, typer.Option("--print", help="打印到这个文件夹 · print it into this folder")]
Table = Annotated[Path | None, typer.Option("--csv", help="导出为表格 · write it as a table")]
Out = Annotated[Path | None, typer.Option("--out", help="写入这个文件 · the file to write")]
PUBLISHED: Final = TypeAdapter(Published)
MADE: Final = TypeAdapter(Made)
READ_BACK: Final = TypeAdapter(ReadBack)


@dataclass(frozen=True)
class Found:
    waiting: tuple[Waiting, ...]
    lists: tuple[NoticeList, ...]


FOUND: Final = TypeAdapter(Found)


def notice(
    policy: Annotated[str, typer.Argument(help="补贴（政策编号） · the subsidy, by its policy")],
    station_id: InStation,
    staff: AsStaff,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    spoken = language or settings.language
    with opened(settings) as station, _desk(settings, station, now) as do:
        made = Notices(station, do, _teller(spoken)).publish(station_id, policy, staff, now)
    if as_json:
        typer.echo(PUBLISHED.dump_json(made, indent=2).decode())
        return
    list_ = made.notice
    zh = f"名单{list_.id}：{made.cases}件，公示{list_.from_on}至{list_.until_on}。"
    en = f"List {list_.id}: {made.cases} cases, shown from {list_.from_on} until {list_.until_on}."
    typer.echo(zh if spoken is Language.ZH else en)
    for case_id, code in made.left_out:
        typer.echo(_left_out(case_id, code, spoken))


def notices(
    notice_id: NoticeId = None,
    station_id: Annotated[str | None, typer.Option("--station", help="驿站编号 · the station")] = None,
    folder: Folder = None,
    table: Table = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings = load_settings()
    spoken = language or settings.language
    with opened(settings) as station:
        if notice_id:
            _one(station, notice_id, folder, table, spoken)
            return
        with read(station.engine) as connection:
            here = [station_id or _which_station()]
            found = Found(subsidy_waiting.waiting(connection, here), subsidy_notices.notice_lists(connection, here))
    if as_json:
        typer.echo(FOUND.dump_json(found, indent=2).decode())
        return
    for each in found.waiting:
        zh, en = f"等待公示：{each.policy} {each.cases}件", f"waiting: {each.policy}, {each.cases} cases"
        typer.echo(zh if spoken is Language.ZH else en)
    for one in found.lists:
        until = one.until_on or ("制作中" if spoken is Language.ZH else "being made")
        typer.echo(f"{one.id}  {one.policy}  {one.from_on} – {until}")


def payee(case_id: CaseId, file: File, staff: AsStaff, language: Lang = None) -> None:
    settings = load_settings()
    fields = read_fields(file)
    wanted = {name: str(fields.get(name, "")) for name in ("holder", "bank", "number")}
    with opened(settings) as station:
        Payees(station).record(case_id, parse_account(**wanted), staff, datetime.now(UTC))
    zh, en = "收款账户已登记。", "The account is recorded."
    typer.echo(zh if (language or settings.language) is Language.ZH else en)


def bank_file(
    staff: AsStaff,
    station_id: Annotated[str | None, typer.Option("--station", help="驿站编号 · the station")] = None,
    fetch: Annotated[str | None, typer.Option("--fetch", help="领取这份银行文件 · give me this file")] = None,
    out: Out = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    spoken = language or settings.language
    if fetch:
        with opened(settings) as station:
            _fetch(station, fetch, out or Path(f"bank-file-{fetch}.csv"), staff, now)
        typer.echo(NO_MONEY)
        return
    with opened(settings) as station, _desk(settings, station, now) as do:
        made = BankFiles(station, do, _teller(spoken)).make(station_id or _which_station(), staff, now)
    if as_json:
        typer.echo(MADE.dump_json(made, indent=2).decode())
        return
    batch, total = made.batch, in_figures(made.batch.total_fen or 0)
    zh = f"银行文件{batch.id}：{batch.payments}笔，{total}元，SHA-256 {batch.sha256}。"
    en = f"Bank file {batch.id}: {batch.payments} payments, {total} yuan, SHA-256 {batch.sha256}."
    typer.echo(zh if spoken is Language.ZH else en)
    typer.echo(NO_MONEY)
    for case, payment, code in made.left_out:
        typer.echo(_left_out(reference_of(case, payment), code, spoken))


def bank_answers(
    batch: Annotated[str, typer.Argument(help="银行文件编号 · the bank file that is answered")],
    file: Annotated[Path, typer.Argument(help="回盘文件 · the bank's file of answers")],
    staff: AsStaff,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    spoken = language or settings.language
    try:
        with opened(settings) as station, _desk(settings, station, now) as do:
            said = BankAnswers(station, do, _teller(spoken)).settle(batch, file, staff, now)
    except OSError as error:
        if error.filename != str(file):
            raise
        raise Refused((unreadable(file, error),)) from None
    if as_json:
        typer.echo(READ_BACK.dump_json(said, indent=2).decode())
        return
    for found, lines in sorted(said.counts.items()):
        typer.echo(f"{lines}  {found_words(found).within(spoken)}")
    for each in said.deviations:
        where = f"第{each.number}行" if spoken is Language.ZH else f"line {each.number}"
        typer.echo(f"{where}: {found_words(each.found).within(spoken)}")
    for case, payment in said.unanswered:
        words = "银行未回复" if spoken is Language.ZH else "not answered"
        typer.echo(f"{words}: {reference_of(case, payment)}")


def _one(station: Station, notice_id: str, folder: Path | None, table: Path | None, spoken: Language) -> None:
    if table:
        with _file(table, os.O_TRUNC) as file:
            file.writelines(Prints(station, lambda _: b"").table(notice_id))
    if folder or not table:
        with Press() as press:
            prints = Prints(station, lambda paper: press.print_paper(paper).pdf, _teller(spoken))
            edition = prints.print_list(notice_id, datetime.now(UTC))
        with read(station.engine) as connection:
            sheets = [sheet for sheet in notice_sheets.sheets(connection, notice_id) if sheet.edition == edition]
        for sheet in sheets:
            path = (folder or Path()) / f"{notice_id}-{edition}-{sheet.sheet}.pdf"
            leave(path, prints.kept(notice_id, edition, sheet.sheet))
            typer.echo(str(path))


def _fetch(station: Station, batch_id: str, out: Path, staff: str, now: datetime) -> None:
    """The file is made sure of before the one time that it is given is used up; none that is there is written over."""
    with _file(out, os.O_EXCL) as file:
        try:
            pieces = hand_out(station, batch_id, staff, now)
        except Refused:
            out.unlink()
            raise
        file.writelines(pieces)
    typer.echo(str(out))


def _file(path: Path, how: int) -> IO[bytes]:
    """For its owner's eyes only. Raises Refused where nothing can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb")
    except OSError as failure:
        raise Refused((unwritable(path, failure),)) from None


@contextmanager
def _desk(settings: Settings, station: Station, now: datetime) -> Iterator[Do]:
    with asyncio.Runner() as runner:
        client = runner.run(connect(settings))
        desk = Desk(client, station.engine, station.keyring, station.policies)
        yield through_desk(desk, runner, now)


def _teller(language: Language) -> Tell:
    def tell(progress: Progress) -> None:
        of = f"/{progress.of}" if progress.of else ""
        typer.echo(f"{progress.what.within(language)} {progress.done}{of}", err=True)

    return tell


def _left_out(what: str, code: str, language: Language) -> str:
    why = why_left_out(code).within(language)
    return f"未列入：{what}（{why}）" if language is Language.ZH else f"left out: {what} ({why})"


def _which_station() -> NoReturn:
    zh, en = "请用 --station 写明驿站。", "Name the station with --station."
    raise Refused((refusal("no-station", zh, en),))

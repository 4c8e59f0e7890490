"""`yizhan case`: open, show and list cases, and act on them, through the commands that the pages use."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar
from uuid import uuid4

import typer
from pydantic import TypeAdapter

from activities.case_view import CaseView
from activities.connection import connect
from activities.desk import Desk
from activities.intake import read_registration
from activities.subsidy_view import SubsidyView, view_any
from cases.any_case import kind_of
from cases.case_kinds import CaseKind
from cases.commands import OF_PEOPLE, AnyAct, Receipt, acts_of_kind, command
from cases.refusals import Refused
from cases.wording import Language
from cli.acts_text import ActShown, act_shown, all_acts, one_act
from cli.case_parts_text import paper_list, receipt_text
from cli.case_text import case_list, case_text, next_text
from cli.commands import told
from cli.papers import fetched, leave
from cli.record import opened
from cli.screen import screen
from cli.subsidy_text import next_subsidy, subsidy_text
from cli.yaml_input import read_fields
from store.cases import load_any
from store.engine import read
from store.every_case import ListedOfAny, every_case
from store.settings import Settings, load_settings

app = typer.Typer(rich_markup_mode=None)

T = TypeVar("T")
VIEW = TypeAdapter(CaseView)
SUBSIDY_VIEW = TypeAdapter(SubsidyView)
CASES = TypeAdapter(tuple[ListedOfAny, ...])
RECEIPT = TypeAdapter(Receipt)
ACTS_SHOWN = TypeAdapter(tuple[ActShown, ...])

AsStaff = Annotated[str, typer.Option("--as", help="办理人编号 · who acts, by staff id")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Lang = Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")]
Key = Annotated[
    str | None,
    typer.Option("--key", help="办理编号，重发同一编号只办理一次 · a key: sent again, the act is done once"),
]
File = Annotated[Path, typer.Argument(help="YAML 文件，- 为标准输入 · a YAML file, or - for standard input")]
WHICH_ACT = (
    "办理动作（补贴个案：yizhan case acts --kind subsidy）· "
    "the act (of a subsidy case: yizhan case acts --kind subsidy): " + ", ".join(OF_PEOPLE)
)
CaseId = Annotated[str, typer.Argument(metavar="CASE", help="个案编号 · the case, by its id")]


@app.command("open", **told("登记并开案。", "Register a worker and open their case."))
def open_case(file: File, staff: AsStaff, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    registration = read_registration(read_fields(file))
    with opened(settings) as station:
        case = station.intake.open_case(registration, staff, datetime.now(UTC))
        view = view_any(station, case.id, datetime.now(UTC))
    print_case(view, language or settings.language, as_json=as_json)


@app.command(
    "show",
    **told("查看个案：阶段、方案、履职证明、时限、时间线。", "Show a case: stage, plan, proofs, clocks, timeline."),
)
def show(case_id: CaseId, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station:
        view = view_any(station, case_id, datetime.now(UTC))
    print_case(view, language or settings.language, as_json=as_json)


@app.command("list", **told("列出两类个案，按到期先后。", "List cases of both kinds as they are due."))
def list_cases(
    station_id: Annotated[str | None, typer.Option("--station", help="只看一个驿站 · of one station only")] = None,
    kind: Annotated[CaseKind | None, typer.Option("--kind", help="只看一类个案 · of one kind of case only")] = None,
    closed: Annotated[bool, typer.Option("--closed", help="也列出已办结的 · closed ones too")] = False,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings = load_settings()
    with opened(settings) as station, read(station.engine) as connection:
        found = every_case(connection, station_id, kind=kind, with_closed=closed)
    if as_json:
        typer.echo(_json(CASES, found))
    else:
        screen(unbroken=True).print(case_list(found, language or settings.language))


@app.command(
    "acts", **told("列出办理动作；写明动作则列出其字段。", "List the acts; with an act, the fields that it takes.")
)
def acts(
    act: Annotated[str | None, typer.Argument(metavar="[ACT]", help="办理动作 · the act")] = None,
    kind: Annotated[CaseKind, typer.Option("--kind", help="哪类个案 · of which kind of case")] = CaseKind.HARDSHIP,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    found = acts_of_kind(kind)
    if act is not None and act not in found.of_people:
        raise Refused((found.no_such_act(act),))
    spoken = language or load_settings().language
    if as_json:
        wanted = [act] if act else found.of_people
        typer.echo(_json(ACTS_SHOWN, tuple(act_shown(found.known[each]) for each in wanted)))
    else:
        screen().print(one_act(found.known[act], spoken) if act else all_acts(found, spoken))


@app.command(
    "do",
    **told(
        "办理一步，例如：yizhan case do CASE record-guidance guidance.yaml --as guide-1",
        "Do one act, as in the example.",
    ),
)
def do(
    case_id: CaseId,
    act: Annotated[str, typer.Argument(help=WHICH_ACT)],
    file: Annotated[Path | None, typer.Argument(help="YAML 文件 · a YAML file with the act's fields")] = None,
    *,
    staff: AsStaff,
    key: Key = None,
    revision: Annotated[
        int | None, typer.Option("--revision", help="所见版本，已变动则不办理 · refuse if the case has changed since")
    ] = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings = load_settings()
    fields: dict[str, Any] = read_fields(file) if file else {}
    wanted = command(key or uuid4().hex, _read_act(settings, case_id, act, fields), staff, revision)

    async def send() -> tuple[Receipt, CaseView | SubsidyView]:
        client = await connect(settings)
        with opened(settings) as station:
            desk = Desk(client, station.engine, station.keyring, station.policies)
            receipt = await desk.submit(case_id, wanted)
            return receipt, view_any(station, case_id, datetime.now(UTC))

    receipt, view = asyncio.run(send())
    if as_json:
        typer.echo(_json(RECEIPT, receipt))
    else:
        typer.echo(receipt_text(receipt, language or settings.language))
        spoken = language or settings.language
        coming = next_subsidy(view, spoken) if isinstance(view, SubsidyView) else next_text(view, spoken)
        screen().print(coming)


@app.command(
    "paper", **told("取出文书；不写编号则列出本案文书。", "Fetch a paper; without its id, list the case's papers.")
)
def paper(
    case_id: CaseId,
    paper_id: Annotated[
        str | None, typer.Argument(metavar="PAPER", help="文书编号，如 paper-1 · the paper, by its id")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="存为此文件 · the file to write")] = None,
    language: Lang = None,
) -> None:
    settings = load_settings()
    with opened(settings) as station, read(station.engine) as connection:
        case = load_any(connection, case_id)
        if paper_id is None:
            screen().print(paper_list(case, language or settings.language))
            return
        pdf = fetched(connection, station, case, paper_id)
    file = out or Path(f"{case_id}-{paper_id}.pdf")
    leave(file, pdf)
    typer.echo(str(file))


def print_case(view: CaseView | SubsidyView, language: Language, *, as_json: bool) -> None:
    if isinstance(view, SubsidyView):
        told, text = _json(SUBSIDY_VIEW, view), subsidy_text(view, language)
    else:
        told, text = _json(VIEW, view), case_text(view, language)
    if as_json:
        typer.echo(told)
    else:
        screen().print(text)


def _read_act(settings: Settings, case_id: str, act: str, fields: dict[str, Any]) -> AnyAct:
    """As the case's own kind knows it: two kinds have acts of the same name."""
    known = [kind for kind in CaseKind if act in acts_of_kind(kind).known]
    if not known:
        raise Refused(tuple(acts_of_kind(kind).no_such_act(act) for kind in CaseKind))
    if len(known) > 1:
        with opened(settings) as station, read(station.engine) as connection:
            known = [kind_of(load_any(connection, case_id))]
    found: AnyAct = acts_of_kind(known[0]).read_act(act, fields)
    return found


def _json(shape: TypeAdapter[T], value: T) -> str:
    return shape.dump_json(value, indent=2).decode()

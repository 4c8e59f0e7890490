"""`yizhan subsidy apply|list|show`: an application taken, and the subsidy cases there are."""

from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.subsidy_intake import read_application
from activities.subsidy_view import view_any
from cases.subsidy.stages import Stage
from cli.case import AsJson, AsStaff, CaseId, File, Lang, print_case
from cli.commands import told
from cli.record import opened
from cli.screen import screen
from cli.subsidy_text import subsidy_list
from cli.yaml_input import read_fields
from store.engine import read
from store.settings import load_settings
from store.subsidy_list import ListedSubsidy, Waits, Wanted, listed_subsidies

HELP_APPLY: Final = told(
    "受理补贴申请并开案，例如：yizhan subsidy apply examples/subsidies/application.yaml --as caseworker-1",
    "Take an application for a subsidy and open its case, as in the example.",
)
HELP_LIST: Final = told("列出补贴个案。", "List subsidy cases.")
HELP_SHOW: Final = told(
    "查看补贴个案：认定、申领期间、金额、时限、文书、时间线。",
    "Show a subsidy case: determination, periods, money, clocks, papers, timeline.",
)
LISTED: Final = TypeAdapter(tuple[ListedSubsidy, ...])


def apply(file: File, staff: AsStaff, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    application = read_application(read_fields(file))
    with opened(settings) as station:
        case = station.subsidy_intake.apply(application, staff, datetime.now(UTC))
        view = view_any(station, case.id, datetime.now(UTC))
    print_case(view, language or settings.language, as_json=as_json)


def list_subsidies(
    stage: Annotated[Stage | None, typer.Option("--stage", help="只看一个阶段 · of one stage only")] = None,
    policy: Annotated[str | None, typer.Option("--policy", help="只看一项补贴 · of one subsidy only")] = None,
    station_id: Annotated[str | None, typer.Option("--station", help="只看一个驿站 · of one station only")] = None,
    waits: Annotated[
        Waits | None, typer.Option("--waits-for", help="只看轮到某角色的 · only those that wait for a role")
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="也列出已办结的 · closed ones too")] = False,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings = load_settings()
    wanted = Wanted(with_closed=closed, stage=stage, policy=policy, station=station_id, waits=waits)
    with opened(settings) as station, read(station.engine) as connection:
        found = listed_subsidies(connection, wanted, at_most=None)
    if as_json:
        typer.echo(LISTED.dump_json(found, indent=2).decode())
    else:
        screen(unbroken=True).print(subsidy_list(found, language or settings.language))


def show(case_id: CaseId, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station:
        view = view_any(station, case_id, datetime.now(UTC))
    print_case(view, language or settings.language, as_json=as_json)

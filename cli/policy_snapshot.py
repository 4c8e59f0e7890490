"""`yizhan policy snapshot`: the facts of everybody as columns, without names, for simulations of the day."""

from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from activities.simulation_opening import simulating_of
from activities.snapshot_file import EMPLOYERS, WORKERS, Contents
from cases.canonical import canonical
from cases.wording import Language
from cli.commands import told
from cli.policy_book import AsJson, Lang
from cli.policy_simulate_words import progress_on_a_terminal
from cli.policy_words import said
from cli.record import opened
from store.settings import load_settings

HELP: Final = told(
    "制作人口快照：全体零工和用工主体的现行事实，不含姓名、号码和编号，加密存放；旧快照随之删除。",
    "Make the snapshot of the population: current facts of everybody, no names, numbers or ids; the old one goes.",
)
Quiet = Annotated[bool, typer.Option("--quiet", help="不显示进度 · no progress")]


def snapshot(*, quiet: Quiet = False, as_json: AsJson = False, language: Lang = None) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    with opened(settings) as station:
        progress = progress_on_a_terminal(quiet=quiet)
        made = simulating_of(station, settings).snapshot(now, progress)
    typer.echo(_json(made) if as_json else _line(made, language or settings.language))


def _line(made: Contents, language: Language) -> str:
    workers, employers, facts = made.people(WORKERS), made.people(EMPLOYERS), len(made.types)
    return said(
        language,
        f"{made.day}的人口快照：零工{workers}人，用工主体{employers}个，事实{facts}项\n指纹 {made.hash}",
        f"snapshot of {made.day}: {workers} workers, {employers} employers, {facts} facts\nSHA-256 {made.hash}",
    )


def _json(made: Contents) -> str:
    return canonical(
        {
            "day": made.day.isoformat(),
            "workers": made.people(WORKERS),
            "employers": made.people(EMPLOYERS),
            "facts": list(made.types),
            "sha256": made.hash,
        }
    )

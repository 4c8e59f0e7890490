"""The `yizhan` command line."""

import json
import sys
from collections.abc import Collection
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from typing import Annotated, NoReturn

import typer

from cases.failures import Failed
from cases.refusals import Refused
from cases.wording import Language
from cli.commands import COMMANDS, Command
from cli.exit import FAILED, OK, REFUSED, shutdown_and_exit
from cli.traces import places
from store.settings import load_settings

ALL = tuple(command.name for command in COMMANDS)
NOT_FINISHED = "命令没有完成 · the command did not finish:\n  {kind}: {message}"
DETAILS = "详情 · details: {place}"


def run() -> NoReturn:
    shutdown_and_exit(exit_code(sys.argv[1:]))


def exit_code(arguments: list[str]) -> int:
    wanted = [word for word in arguments if not word.startswith("-")][:1]
    try:
        build_app(wanted)(arguments, prog_name="yizhan")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FAILED
    except Failed as failure:
        typer.echo(failure.wording.within(_language(arguments)), err=True)
        return FAILED
    except Refused as refusal:
        return _say_why_not(refusal, arguments)
    except KeyboardInterrupt:
        return FAILED
    except Exception as surprise:  # noqa: BLE001 - the last line of defence: nobody above could do better
        return _say_what_failed(surprise)
    return OK


def build_app(loaded: Collection[str] = ALL) -> typer.Typer:
    """Only the `loaded` commands are imported, so that `--help` and small commands start at once."""
    app = typer.Typer(
        name="yizhan",
        help="驿站：零工服务个案管理。\n\nYizhan: casework for gig-worker service stations.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for command in COMMANDS:
        if command.name in loaded:
            _register(app, command)
        else:
            app.command(command.name, **command.help)(_not_loaded)
    return app


def _root(
    show_version: Annotated[bool, typer.Option("--version", help="显示版本 · show the version", is_eager=True)] = False,
) -> None:
    if show_version:
        typer.echo(version("yizhan"))
        raise typer.Exit


def _register(app: typer.Typer, command: Command) -> None:
    module = import_module(command.module)
    if hasattr(module, "app"):
        app.add_typer(module.app, name=command.name, no_args_is_help=True, **command.help)
    else:
        app.command(command.name, **command.help)(module.command)


def _not_loaded() -> None:
    raise AssertionError("a command that was not loaded cannot be run")


def _language(arguments: list[str]) -> Language:
    """The language that was asked for on the line, or else the installation's."""
    for word, following in pairwise([*arguments, ""]):
        asked = word.removeprefix("--language=") if word.startswith("--language=") else following
        if word.startswith("--language") and asked in {language.value for language in Language}:
            return Language(asked)
    try:
        return load_settings().language
    except Refused:
        return Language.ZH


def _say_why_not(refused: Refused, arguments: list[str]) -> int:
    """In a person's language; a program that asked for JSON also gets the codes, where it looks for its answer."""
    language = _language(arguments)
    for reason in refused.refusals:
        typer.echo(reason.wording.within(language), err=True)
    if "--json" in arguments:
        typer.echo(json.dumps({"refused": [asdict(reason) for reason in refused.refusals]}, ensure_ascii=False))
    return REFUSED


def _say_what_failed(surprise: Exception) -> int:
    """The trace goes to a file: it is for whoever repairs this, not for whoever typed the command."""
    typer.echo(NOT_FINISHED.format(kind=type(surprise).__name__, message=surprise), err=True)
    try:
        place = load_settings().logs / "errors.log"
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as log:
            log.write(f"{places(surprise)}\n")
    except (OSError, Refused):
        typer.echo(places(surprise), err=True)
    else:
        typer.echo(DETAILS.format(place=place), err=True)
    return FAILED


if __name__ == "__main__":
    run()

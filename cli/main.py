"""The `yizhan` command line."""

import sys
import traceback
from collections.abc import Collection
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from cases.wording import Language
from cli.commands import COMMANDS, Command
from cli.exit import FAILED, OK, REFUSED, Refused, shutdown_and_exit
from store.settings import Settings, load_settings

ALL = tuple(command.name for command in COMMANDS)
SURPRISE = (
    "出现未预料的错误（{kind}），本命令没有完成。详情见 {place}\n"
    "Something unexpected happened ({kind}); the command did not finish. Details: {place}"
)


def run() -> NoReturn:
    shutdown_and_exit(exit_code(sys.argv[1:]))


def exit_code(arguments: list[str]) -> int:
    wanted = [word for word in arguments if not word.startswith("-")][:1]
    try:
        build_app(wanted)(arguments, prog_name="yizhan")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FAILED
    except Refused as refusal:
        typer.echo(refusal.within(_language()), err=True)
        return REFUSED
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
            app.command(command.name, help=command.help)(_not_loaded)
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
        app.add_typer(module.app, name=command.name, help=command.help, no_args_is_help=True)
    else:
        app.command(command.name, help=command.help)(module.command)


def _not_loaded() -> None:
    raise AssertionError("a command that was not loaded cannot be run")


def _language() -> Language:
    try:
        return load_settings().language
    except ValidationError:
        return Language.ZH


def _say_what_failed(surprise: Exception) -> int:
    """The trace goes to a file: it is for whoever repairs this, not for whoever typed the command."""
    kind = type(surprise).__name__
    try:
        place = Settings.model_validate(load_settings()).logs / "errors.log"
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as log:
            traceback.print_exception(surprise, file=log)
    except (OSError, ValidationError):
        traceback.print_exception(surprise)
        typer.echo(SURPRISE.format(kind=kind, place="↑"), err=True)
        return FAILED
    typer.echo(SURPRISE.format(kind=kind, place=place), err=True)
    return FAILED

"""The page `docs/commands.md`, written from the commands themselves so that it cannot fall behind."""

from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from cli.main import build_app

HEAD = """\
# 命令 · Commands

<!-- Written by `make docs` from the code; change the commands, not this page. -->

`yizhan` 的每个命令。退出码：0 成功，1 失败，2 拒绝（说明全部理由，不作任何改动）。
Every command of `yizhan`. Exit codes: 0 done, 1 failed, 2 refused (every reason is named, nothing is changed).
"""


def commands_page() -> str:
    return "\n".join([HEAD, *(line for name, command in leaves() for line in _section(name, command))])


def leaves() -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, by its full name."""
    yield from _leaves_of("yizhan", typer.main.get_command(build_app()))


def parameters(command: TyperCommand) -> list[TyperArgument | TyperOption]:
    """Those a person may give; `--help` is everywhere, and a hidden one is not for people."""
    shown = [p for p in command.params if isinstance(p, TyperArgument | TyperOption) and not p.hidden]
    return [p for p in shown if p.name != "help"]


def _leaves_of(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for part, inner in command.commands.items():
            yield from _leaves_of(f"{name} {part}", inner)
    elif isinstance(command, TyperCommand):
        yield name, command


def _section(name: str, command: TyperCommand) -> Iterator[str]:
    given = parameters(command)
    yield f"## `{name}`\n"
    yield f"{(command.help or '').strip()}\n"
    yield f"    {' '.join([name, *(_in_usage(parameter) for parameter in given)])}\n"
    for parameter in given:
        yield f"- `{_spelled(parameter)}` {' '.join((parameter.help or '').split())}"
    if given:
        yield ""


def _in_usage(parameter: TyperArgument | TyperOption) -> str:
    spelled = _spelled(parameter)
    return spelled if parameter.required else f"[{spelled}]"


def _spelled(parameter: TyperArgument | TyperOption) -> str:
    word = (parameter.metavar or parameter.name or "").upper()
    if isinstance(parameter, TyperArgument):
        return f"{word}..." if parameter.nargs != 1 else word
    return parameter.opts[0] if parameter.is_flag else f"{parameter.opts[0]} {word}"

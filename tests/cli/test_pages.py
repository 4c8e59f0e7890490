import re
from pathlib import Path

import pytest
from typer.core import TyperCommand

from cli.commands import COMMANDS
from cli.pages import commands_page, leaves, parameters

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
LEAVES = dict(leaves())
CHINESE, ENGLISH = re.compile(r"[\u4e00-\u9fff]{2}"), re.compile(r"[a-z]{3}")


def _in_both_languages(text: str | None) -> bool:
    return text is not None and bool(CHINESE.search(text)) and bool(ENGLISH.search(text))


@pytest.mark.parametrize(("name", "command"), LEAVES.items(), ids=LEAVES)
def test_every_command_and_option_has_help_in_both_languages(name: str, command: TyperCommand) -> None:
    assert _in_both_languages(command.help), f"{name} lacks help in Chinese and English"
    assert _in_both_languages(command.short_help), f"{name} is listed in one language only"
    for parameter in parameters(command):
        assert _in_both_languages(parameter.help), f"{name} {parameter.name} lacks help in Chinese and English"


def test_the_commands_of_the_product_are_all_there() -> None:
    words = "run worker web server migrate doctor demo rebuild reconcile"
    assert {f"yizhan {word}" for word in words.split()} <= LEAVES.keys()
    assert {f"yizhan case {word}" for word in ("open", "show", "list", "do")} <= LEAVES.keys()
    assert {f"yizhan policy {word}" for word in ("check", "test", "explain")} <= LEAVES.keys()
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_the_page_of_commands_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == commands_page(), "run `make docs`"

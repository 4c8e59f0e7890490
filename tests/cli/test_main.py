import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from cases.refusals import Refused, refusal
from cli import main
from cli.commands import Command

LAZY = ("temporalio", "sqlalchemy", "weasyprint", "uvicorn")


def _with_command(monkeypatch: pytest.MonkeyPatch, command: object) -> None:
    def register(app: typer.Typer, _: Command) -> None:
        app.command("doctor")(command)  # type: ignore[type-var] # a test's function stands in for a module's

    monkeypatch.setattr(main, "_register", register)


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))


def test_a_refusal_exits_2_and_names_every_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise Refused((refusal("a", "一", "one"), refusal("b", "二", "two")))

    _with_command(monkeypatch, refuse)
    assert main.exit_code(["doctor"]) == 2
    assert capsys.readouterr().err == "一\n二\n"


def test_a_surprise_exits_1_with_a_sentence_and_leaves_its_words_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail() -> None:
        raise LookupError("nobody called 张三")

    _with_command(monkeypatch, fail)
    assert main.exit_code(["doctor"]) == 1
    assert "LookupError: nobody called 张三" in capsys.readouterr().err
    log = (tmp_path / "logs" / "errors.log").read_text(encoding="utf-8")
    assert "LookupError at" in log
    assert "张三" not in log


def test_a_command_that_succeeds_exits_0(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_command(monkeypatch, lambda: None)
    assert main.exit_code(["doctor"]) == 0


def test_a_command_chooses_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def choose() -> None:
        raise typer.Exit(5)

    _with_command(monkeypatch, choose)
    assert main.exit_code(["doctor"]) == 5


@pytest.mark.parametrize("arguments", [["no-such-command"], ["doctor", "--no-such-option"]])
def test_a_mistyped_command_exits_2(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    _with_command(monkeypatch, lambda: None)
    assert main.exit_code(arguments) == 2


def test_help_comes_at_once_and_names_every_command() -> None:
    program = (
        "import sys; from cli.main import exit_code; code = exit_code(['--help']); "
        f"heavy = [name for name in {LAZY!r} if name in sys.modules]; assert not heavy, heavy; sys.exit(code)"
    )
    started = time.monotonic()
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert time.monotonic() - started < 5
    for command in main.ALL:
        assert f" {command} " in said.stdout

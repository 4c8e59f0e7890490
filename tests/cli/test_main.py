import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import pytest
import typer

from cases.failures import Failed
from cases.refusals import Refused, refusal
from cli import main
from cli.commands import Command
from store.settings import load_settings

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


def test_a_program_that_asked_for_json_gets_the_reasons_with_their_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
        assert as_json
        raise Refused((refusal("a", "一", "one"),))

    _with_command(monkeypatch, refuse)
    assert main.exit_code(["doctor", "--json"]) == 2
    said = capsys.readouterr()
    assert said.err == "一\n"
    assert json.loads(said.out) == {"refused": [{"code": "a", "wording": {"zh": "一", "en": "one"}}]}


@pytest.mark.parametrize(("language", "said"), [("zh", "服务不在\n"), ("en", "it is away\n")])
def test_a_failure_that_explains_itself_is_said_in_the_readers_language_and_exits_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, said: str
) -> None:
    def fail() -> None:
        raise Failed("服务不在", "it is away")

    _with_command(monkeypatch, fail)
    monkeypatch.setenv("YIZHAN_LANGUAGE", language)
    assert main.exit_code(["doctor"]) == 1
    assert capsys.readouterr().err == said
    assert not (tmp_path / "logs").exists()


def test_a_setting_that_cannot_be_is_refused_by_its_name_without_its_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _with_command(monkeypatch, load_settings)
    monkeypatch.setenv("YIZHAN_PORT", "s3cret")
    monkeypatch.setenv("YIZHAN_TEMPORAL_PORT", "70000")
    assert main.exit_code(["doctor"]) == 2
    said = capsys.readouterr().err
    assert said == "环境变量 的“YIZHAN_PORT”：须为整数。\n环境变量 的“YIZHAN_TEMPORAL_PORT”：不得大于65535。\n"


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

"""`yizhan doctor`: what is present, what is missing, which version, and why it matters."""

import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from activities.embedded_server import server_binary, server_version
from cases.refusals import Refused
from cases.wording import Wording
from cli.binaries import vcs_revision
from cli.exit import FAILED
from cli.findings import Finding, State, all_well, as_json, as_lines
from cli.ports import must_be_free
from cli.system import Interpreter, finding, needs_of_the_product, needs_of_the_tests
from store.engine import make_engine
from store.migrate import current_revision, newest_revision
from store.settings import LOOPBACK, Settings, load_settings

_FONTS = Path(__file__).parents[1] / "templates" / "docs" / "fonts"


def command(
    as_json_: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    findings = list(examine(load_settings()))
    typer.echo(as_json(findings) if as_json_ else "\n".join(as_lines(findings)))
    if not all_well(findings):
        raise typer.Exit(FAILED)


def examine(settings: Settings) -> Iterator[Finding]:
    python = this_python()
    yield Finding("Python", State.WELL, f"{python.name} ({sys.executable})", Wording("运行驿站", "runs the station"))
    yield from (finding(need, State.MISSING) for need in needs_of_the_product(python))
    yield from (finding(need, State.NOT_YET) for need in needs_of_the_tests())
    yield from _installed()
    yield from _station(settings)


def this_python() -> Interpreter:
    return Interpreter(sys.executable, sys.version_info[:3], sysconfig.get_path("include"))


def _installed() -> Iterable[Finding]:
    return (
        _checked("uv", lambda: version("uv"), Wording("按锁定的哈希安装依赖", "installs by the hashes of the lock")),
        _checked("durable-rules", _durable_rules, Wording("依政策作出认定", "decides by the policies")),
        _checked("WeasyPrint", _weasyprint, Wording("生成文书", "makes the papers")),
        _checked("fonts", _fonts, Wording("文书所用中文字体，随项目提供", "the papers' Chinese fonts, shipped")),
        _checked("yizhan", lambda: version("yizhan"), Wording("驿站本身", "the station itself")),
    )


def _station(settings: Settings) -> Iterable[Finding]:
    return (
        _checked(
            "database",
            lambda: _database(settings),
            Wording("个案的记录都在这里", "holds the record of every case"),
        ),
        _checked(
            "workflow server",
            lambda: _workflow_server(settings),
            Wording("让个案等待与提醒；集群由 TEMPORAL_ADDRESS 指定", "lets cases wait and be reminded"),
        ),
        _checked(
            "data folder",
            lambda: _existing(settings.data),
            Wording("数据库、密钥、文书与日志的所在", "holds the database, keys, papers and logs"),
        ),
        _checked(
            "master keys",
            lambda: _existing(settings.master_key),
            Wording(
                "加密个人信息，遗失即无法读取，须备份", "seal personal data, unreadable without them: back them up"
            ),
        ),
        _checked(
            "web port",
            lambda: _port(settings.host, settings.port, "YIZHAN_PORT"),
            Wording("网页在此端口打开", "the pages are opened here"),
        ),
        _checked(
            "workflow port",
            lambda: _port(LOOPBACK, settings.temporal_port, "YIZHAN_TEMPORAL_PORT"),
            Wording("内嵌流程服务在此端口，只限本机", "the embedded server listens here, for this machine only"),
        ),
    )


class _NotYet(Exception):
    """Not there now, and nothing wrong with that."""


def _checked(name: str, look: Callable[[], str], why: Wording) -> Finding:
    """Whatever stops a look is the finding: doctor itself never falls ill."""
    try:
        return Finding(name, State.WELL, look(), why)
    except _NotYet as reason:
        return Finding(name, State.NOT_YET, str(reason), why)
    except Exception as failure:  # noqa: BLE001 - any failure is a finding
        return Finding(name, State.MISSING, str(failure) or type(failure).__name__, why)


def _workflow_server(settings: Settings) -> str:
    if settings.temporal_address:
        return f"cluster at {settings.temporal_address}, namespace {settings.temporal_namespace}"
    binary = server_binary(settings.temporal_cli)
    return f"{server_version(binary)}, vcs.revision {vcs_revision(binary)}"


def _durable_rules() -> str:
    """Installing proves nothing: on Python 3.13 a copy built without its flag installs well and cannot start."""
    subprocess.run([sys.executable, "-c", "import durable_rules_engine"], check=True, capture_output=True)
    return version("durable-rules")


def _weasyprint() -> str:
    return str(import_module("weasyprint").__version__)


def _fonts() -> str:
    fonts = sorted(path.name for path in _FONTS.glob("**/*.?tf"))
    if not fonts:
        raise FileNotFoundError(f"none in {_FONTS}")
    return ", ".join(fonts)


def _database(settings: Settings) -> str:
    if settings.external_database is None:
        _existing(settings.database_file)
    engine = make_engine(settings.database_url)
    try:
        found, newest = current_revision(engine), newest_revision()
    finally:
        engine.dispose()
    if found != newest:
        raise _NotYet(f"{engine.dialect.name} at revision {found or 0}, this version has {newest}: yizhan migrate")
    return f"{engine.dialect.name} at revision {found}"


def _port(host: str, port: int, variable: str) -> str:
    try:
        must_be_free(host, port, variable)
    except Refused:
        # Doctor is also asked while the station runs, and then it is the station that has the port.
        raise _NotYet(f"{host}:{port} is in use, by a running station or another program ({variable})") from None
    return f"{host}:{port} is free"


def _existing(path: Path) -> str:
    if not path.exists():
        raise _NotYet(f"{path} is made by the first `yizhan run`")
    return str(path)

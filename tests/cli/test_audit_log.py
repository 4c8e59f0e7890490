"""`yizhan audit log` and `yizhan person`: what an auditor and a manager do at a terminal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from typer.testing import CliRunner, Result

from cases.refusals import Refused
from cli.main import build_app
from cli.migrate import migrate
from store.append_only import lift_append_only
from store.decision_log import log_event
from store.engine import make_engine, read, write
from store.erasure import erasure_of
from store.key_file import key_ring
from store.log_sequence import sequence
from store.people import register_worker
from store.seed import plant_examples
from store.settings import Settings
from store.tables.cases import audit_event, log_pending
from tests.store.builders import a_worker

NOW = datetime.now(UTC)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    settings = Settings(data=tmp_path)
    migrate(settings)
    engine, keyring = make_engine(settings.database_url), key_ring(settings)
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        register_worker(connection, keyring, a_worker(id="worker-1"))
        for number in range(3):
            log_event(connection, keyring, "notice", {"number": number}, NOW)
        sequence(connection, keyring)
    yield engine
    engine.dispose()


def yizhan(*arguments: str) -> Result:
    result = CliRunner().invoke(build_app([arguments[0]]), arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def saved(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.mark.usefixtures("record")
def test_the_log_is_written_out_and_checked_elsewhere(tmp_path: Path) -> None:
    file = str(tmp_path / "log.jsonl")
    assert "3 条" in yizhan("audit", "log", "export", file, "--as", "auditor-1").output
    keys = saved(tmp_path, "public-keys", yizhan("audit", "log", "keys").output)
    kept = saved(tmp_path, "checkpoint", yizhan("audit", "log", "checkpoint").output)
    said = yizhan("audit", "log", "check", file, "--key", keys, "--checkpoint", kept)
    assert (said.exit_code, "全部相符" in said.output) == (0, True)
    assert "--key" in yizhan("audit", "log", "check", file).output
    content = Path(file).read_bytes()
    Path(file).write_bytes(content.replace(b'\\"number\\":1', b'\\"number\\":2'))
    said = yizhan("audit", "log", "check", file, "--key", keys, "--language", "en")
    assert said.exit_code == 1
    assert "the record is not that of its leaf" in said.output


def test_the_database_itself_is_checked(record: Engine, tmp_path: Path) -> None:
    kept = saved(tmp_path, "checkpoint", yizhan("audit", "log", "checkpoint").output)
    assert yizhan("audit", "log", "check", "--checkpoint", kept).exit_code == 0
    with write(record) as connection:
        lift_append_only(connection)
        connection.execute(update(log_pending).values(record="{}"))
    assert yizhan("audit", "log", "check").exit_code == 1


def test_an_export_is_written_down(record: Engine, tmp_path: Path) -> None:
    yizhan("audit", "log", "export", str(tmp_path / "log.jsonl"), "--as", "auditor-1")
    with read(record) as connection:
        query = select(audit_event.c.actor).where(audit_event.c.kind == "export-log")
        assert connection.execute(query).scalars().all() == ["auditor-1"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".log")] == []


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("staff", ["caseworker-1", "nobody"])
def test_only_an_auditor_writes_the_log_out(tmp_path: Path, staff: str) -> None:
    with pytest.raises(Refused, match="no auditor"):
        yizhan("audit", "log", "export", str(tmp_path / "log.jsonl"), "--as", staff)
    assert not (tmp_path / "log.jsonl").exists()


@pytest.mark.usefixtures("record")
def test_what_is_no_key_and_no_checkpoint_is_refused(tmp_path: Path) -> None:
    nonsense = saved(tmp_path, "nonsense", "nonsense")
    for option in ("--key", "--checkpoint"):
        with pytest.raises(Refused, match="nonsense"):
            yizhan("audit", "log", "check", option, nonsense)


def test_a_person_is_held_restricted_and_at_last_erased(record: Engine) -> None:
    by = ("--as", "manager-1")
    held = yizhan("person", "hold", "worker-1", *by, "--kind", "finance", "--authority", "示例凭证7号")
    hold = held.output.split()[-1]
    assert "示例凭证7号" in yizhan("person", "holds", "worker-1", *by).output
    with pytest.raises(Refused, match="示例凭证7号"):
        yizhan("person", "erase", "worker-1", *by, "--basis", "term-over", "--yes")
    assert "已限制处理" in yizhan("person", "restrict", "worker-1", *by).output
    yizhan("person", "release", hold, *by)
    assert "没有须保留的理由" in yizhan("person", "holds", "worker-1", *by).output
    said = yizhan("person", "erase", "worker-1", *by, "--basis", "term-over", "--yes").output
    assert "个人信息保护法第47条第2项" in said
    with read(record) as connection:
        assert erasure_of(connection, "worker-1")


@pytest.mark.usefixtures("record")
def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="2031-12-31"):
        yizhan(
            "person",
            "hold",
            "worker-1",
            "--as",
            "manager-1",
            "--kind",
            "dispute",
            "--authority",
            "x",
            "--until",
            "soon",
        )

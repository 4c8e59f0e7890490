import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cases.wording import Wording
from cli.binaries import vcs_revision
from cli.doctor import examine
from cli.findings import Finding, State, all_well
from cli.main import build_app
from cli.migrate import migrate
from store.settings import Settings


def _by_name(settings: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(settings)}


def test_a_machine_that_is_set_up_has_all_that_the_product_needs(tmp_path: Path) -> None:
    found = _by_name(Settings(data=tmp_path / "data"))
    assert all_well(found.values()), [finding for finding in found.values() if finding.state is State.MISSING]
    assert found["durable-rules"].detail == "2.0.28"
    assert "Server 1.32.0" in found["workflow server"].detail
    assert "vcs.revision 1de87a9f" in found["workflow server"].detail


def test_looking_changes_nothing(tmp_path: Path) -> None:
    found = _by_name(Settings(data=tmp_path / "data"))
    assert {found[name].state for name in ("database", "data folder", "master keys")} == {State.NOT_YET}
    assert list(tmp_path.iterdir()) == []


def test_the_database_tells_its_revision(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    _, revision = migrate(settings)
    assert _by_name(settings)["database"].detail == f"sqlite at revision {revision}"


def test_a_server_binary_that_is_not_there_is_missing(tmp_path: Path) -> None:
    found = _by_name(Settings(data=tmp_path, temporal_cli=tmp_path / "nowhere"))
    assert found["workflow server"].state is State.MISSING
    assert not all_well(found.values())


def test_a_database_that_does_not_answer_is_missing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, external_database="postgresql://station:s3cret@127.0.0.1:1/yizhan")
    database = _by_name(settings)["database"]
    assert database.state is State.MISSING
    assert "s3cret" not in database.detail


def test_json_has_every_finding_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    said = CliRunner().invoke(build_app(["doctor"]), ["doctor", "--json"])
    assert said.exit_code == 0
    assert all(finding["why"]["zh"] and finding["why"]["en"] for finding in json.loads(said.stdout))


def test_what_is_needed_only_later_is_no_fault() -> None:
    why = Wording("理由", "reason")
    assert all_well([Finding("a", State.WELL, "1", why), Finding("b", State.NOT_YET, "—", why)])
    assert not all_well([Finding("a", State.MISSING, "—", why)])


@pytest.mark.parametrize(
    ("content", "revision"), [(b"x vcs.revision=" + b"0a" * 20 + b"\n", "0a" * 20), (b"no Go program", "unknown")]
)
def test_a_go_program_names_its_source(tmp_path: Path, content: bytes, revision: str) -> None:
    (tmp_path / "program").write_bytes(content)
    assert vcs_revision(tmp_path / "program") == revision

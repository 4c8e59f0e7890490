"""An auditor at a terminal: replay, packet, verifier; exit codes that a script can trust."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.policies import Policies
from cases.hardship.case import HARDSHIP
from cli.main import exit_code
from cli.migrate import migrate
from store.engine import make_engine, write
from store.files import FileStore
from store.key_file import key_ring
from store.log_reading import newest_checkpoint
from store.seed import plant_examples
from store.settings import Settings
from store.tables.cases import determination_record
from tests.activities.office import Office
from tests.builders import OPENED_AT

FAILED, REFUSED = 1, 2
AS_AUDITOR = ["--as", "auditor-1", "--language", "en"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policies: Policies, rule_engine: EngineProcess) -> Office:
    """A record as a command finds it, with one case in it."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    settings = Settings(data=tmp_path)
    migrate(settings)
    engine, keyring = make_engine(settings.database_url), key_ring(settings)
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    office = Office(Station(engine, keyring, policies, FileStore(settings.papers)), rule_engine)
    office.recognised()
    return office


def said(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    return found.out + found.err


@pytest.mark.usefixtures("office")
def test_everything_comes_out_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["audit", "replay", "--all", *AS_AUDITOR]) == 0
    assert said(capsys).splitlines() == ["Determinations replayed: 2", "  the same, byte for byte: 2"]
    assert exit_code(["audit", "replay", "--sample", "1", "--seed", "4", "--today", *AS_AUDITOR]) == 0
    shown = said(capsys)
    assert "Determinations replayed: 1, drawn of 2" in shown
    assert "Under today's policy" in shown


def test_a_difference_is_named_and_ends_in_exit_code_1(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with write(office.station.engine) as connection:
        this = determination_record.c.id == f"{HARDSHIP}-1"
        connection.execute(update(determination_record).where(this).values(version="cn@1999-01-01"))
    assert exit_code(["audit", "replay", "--case", office.case.id, *AS_AUDITOR]) == FAILED
    assert "record/version: cn@1999-01-01" in said(capsys)
    assert exit_code(["audit", "replay", "--policy", HARDSHIP, "--json", *AS_AUDITOR]) == FAILED
    one, counts = map(json.loads, said(capsys).splitlines())
    assert (one["came"], counts["came"]) == ("different", {"different": 1})
    assert exit_code(["audit", "replay", "--all", "--after", f"{office.case.id}/{HARDSHIP}-1", *AS_AUDITOR]) == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(["--as", "auditor-1"], "Say which to replay", id="nothing chosen"),
        pytest.param(["--all", "--as", "caseworker-1"], "is no auditor today", id="no auditor"),
        pytest.param(["--from", "today", "--as", "auditor-1"], "is not a day", id="no day"),
        pytest.param(["--all", "--after", "x", "--as", "auditor-1"], "is written CASE/ID", id="no place"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_cannot_be_replayed_is_refused(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["audit", "replay", *arguments, "--language", "en"]) == REFUSED
    assert why in said(capsys)


def test_a_packet_is_checked_by_the_file_that_was_written_out(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packet, verifier, kept = tmp_path / "packet.json", tmp_path / "verify.py", tmp_path / "checkpoint.txt"
    asked = ["audit", "packet", office.case.id, "--why", "yearly audit", *AS_AUDITOR]
    assert exit_code([*asked, "--out", str(packet)]) == 0
    assert exit_code(["audit", "verifier", str(verifier)]) == 0
    ended = subprocess.run([sys.executable, "-I", "-S", verifier, packet, "--language", "en"], capture_output=True,
                           text=True, check=False)  # fmt: skip
    assert ended.returncode == 3, ended.stdout  # nobody gave it a key had elsewhere
    assert "0 WRONG" not in ended.stdout
    assert " 0 wrong, 1 unproved" in ended.stdout
    with office.station.engine.connect() as connection:
        newest = newest_checkpoint(connection)
    assert newest
    kept.write_text(newest.note, encoding="utf-8")
    assert exit_code([*asked, "--out", str(tmp_path / "later.json"), "--checkpoint", str(kept)]) == 0
    said(capsys)
    assert exit_code([*asked, "--out", str(packet)]) == REFUSED
    assert "is there already and was left alone" in said(capsys)
    assert exit_code([*asked[:3], "--why", " ", *AS_AUDITOR, "--out", str(tmp_path / "x")]) == REFUSED

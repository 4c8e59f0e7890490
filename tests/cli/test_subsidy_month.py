"""`yizhan subsidy month|decide|accept|order` at a terminal, on a record without a workflow server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activities.bootstrap import Station, open_station
from bench.subsidies_month import POLICY, STATION, applicants
from cases.refusals import Refused
from cli.main import build_app
from store.engine import write
from store.seed import plant_examples
from store.settings import load_settings
from tests.applications import an_application

OF = ("--policy", POLICY, "--station", STATION)


@pytest.fixture
def record(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")  # nobody answers there
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    settings.database_file.write_bytes(sqlite_template.read_bytes())
    with open_station(settings) as station:
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, datetime.now(UTC))
        applicants(station, 3)
        yield station


def yizhan(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["subsidy"]), ["subsidy", *arguments, "--language", "en"])


@pytest.mark.usefixtures("record")
def test_a_month_is_taken_and_decided_and_what_was_refused_is_reported(tmp_path: Path) -> None:
    month = f"{datetime.now(UTC):%Y-%m}"
    workers = ("worker-000000", "worker-000001", "nobody")
    file = tmp_path / "month.jsonl"
    file.write_text("\n".join(json.dumps(an_application(worker, month)) for worker in workers), encoding="utf-8")
    took = yizhan("month", str(file), "--as", "caseworker-1")
    assert took.exit_code == 1, took.output
    assert "done 2, refused 1, nothing to do 0." in took.output
    assert "taken and determined 2" in took.output
    report = tmp_path / "subsidy-month-refused.jsonl"
    assert report.stat().st_mode & 0o077 == 0
    [line] = map(json.loads, report.read_text(encoding="utf-8").splitlines())
    assert line["line"] == "3"
    assert [reason["code"] for reason in line["reasons"]] == ["not-in-the-ledger"]
    assert all(reason["zh"] and reason["en"] for reason in line["reasons"])
    decided = yizhan("decide", *OF, "--as", "officer-1", "--json")
    assert decided.exit_code == 0, decided.output
    assert json.loads(decided.stdout) == {"done": 2, "refused": 0, "passed_over": 0, "waiting": 0, "checked_again": 0}
    assert "No workflow server answers" in decided.stderr
    assert not (tmp_path / "subsidy-decide-refused.jsonl").exists()  # nothing was refused
    for act in (("accept", "--reason", "own"), ("order",)):  # none waits for payment yet
        assert "done 0, refused 0" in yizhan(*act, *OF, "--as", "officer-2").output


@pytest.mark.usefixtures("record")
def test_what_cannot_be_begun_says_why(tmp_path: Path) -> None:
    missing = yizhan("month", str(tmp_path / "none.jsonl"), "--as", "caseworker-1")
    assert isinstance(missing.exception, Refused)
    assert [reason.code for reason in missing.exception.refusals] == ["no-file"]
    nobody = yizhan("decide", *OF, "--as", "caseworker-1")
    assert isinstance(nobody.exception, Refused)

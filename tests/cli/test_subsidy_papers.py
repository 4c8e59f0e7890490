"""`yizhan subsidy notice|notices|payee|bank-file|bank-answers` at a terminal, on a record without a workflow server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from activities.bootstrap import Station, open_station
from activities.errands import Do, through_record
from cases.refusals import Refused
from cases.subsidy.stages import PaymentStatus, Stage
from cli import subsidy_papers
from cli.main import build_app
from store.engine import write
from store.seed import plant_examples
from store.settings import Settings, load_settings
from tests.activities.subsidy_crowd import POLICY, STATION, Person, amount_of, case_of, people, plant

AS = ("--as", "officer-1")


@pytest.fixture
def record(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    @contextmanager
    def at_once(_: Settings, station: Station, now: datetime) -> Iterator[Do]:
        yield through_record(station, now)

    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(subsidy_papers, "_desk", at_once)
    settings = load_settings()
    settings.database_file.write_bytes(sqlite_template.read_bytes())
    with open_station(settings) as station:
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, datetime.now(UTC))
        yield station


def yizhan(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["subsidy"]), ["subsidy", *arguments])


def said(*arguments: str) -> Any:
    result = yizhan(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_from_the_list_to_the_table_nobody_stands_whole(record: Station, tmp_path: Path) -> None:
    crowd = people(3)
    plant(record, crowd, Stage.NOTICE)
    assert "等待公示：flexible-insurance 3件" in yizhan("notices", "--station", STATION, "--language", "zh").output
    made = said("notice", POLICY, "--station", STATION, *AS)
    assert (made["cases"], made["left_out"]) == (3, [])
    table = tmp_path / "list.csv"
    assert yizhan("notices", made["notice"]["id"], "--csv", str(table)).exit_code == 0
    text = table.read_text(encoding="utf-8-sig")
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == ["600.01", "600.02", "600.03"]
    assert table.stat().st_mode & 0o077 == 0
    for person in crowd:
        assert person.name not in text
        assert person.identity not in text


def test_from_an_account_to_what_the_bank_says(record: Station, tmp_path: Path) -> None:
    crowd = people(2)
    plant(record, crowd, Stage.PAYMENT, accounts=False)
    nothing = yizhan("bank-file", "--station", STATION, *AS)
    assert isinstance(nothing.exception, Refused)
    assert [reason.code for reason in nothing.exception.refusals] == ["nothing-ordered", "no-account", "no-account"]
    for person in crowd:
        records_account(person, tmp_path)
    made = said("bank-file", "--station", STATION, *AS)
    batch = made["batch"]["id"]
    assert (made["batch"]["payments"], made["batch"]["total_fen"]) == (2, sum(map(amount_of, crowd)))
    out = tmp_path / "bank.csv"
    fetched = yizhan("bank-file", "--fetch", batch, "--out", str(out), *AS)
    assert fetched.exit_code == 0, fetched.output
    assert "no real money moves" in fetched.output
    assert out.stat().st_mode & 0o077 == 0
    assert all(person.account in out.read_text(encoding="utf-8") for person in crowd)
    before = out.read_bytes()
    for other in (out, tmp_path / "again.csv"):  # a file is not written over, and none is left by a refusal
        assert isinstance(yizhan("bank-file", "--fetch", batch, "--out", str(other), *AS).exception, Refused)
    assert out.read_bytes() == before
    assert not (tmp_path / "again.csv").exists()
    answers = tmp_path / "answers.csv"
    first, second = (f"{person.case_id}/payment-1" for person in crowd)
    answers.write_text(f"{first},600.01,paid,2026-03-02,\n{second},600.00,paid,2026-03-02,\n", encoding="utf-8")
    back = yizhan("bank-answers", batch, str(answers), *AS, "--language", "zh")
    assert back.exit_code == 0, back.output
    assert "第2行: 金额与发出的不一致，未登记" in back.output
    assert f"银行未回复: {second}" in back.output
    assert [case_of(record, person).payments[0].status for person in crowd] == [PaymentStatus.PAID, PaymentStatus.SENT]


def records_account(person: Person, folder: Path) -> None:
    file = folder / "account.yaml"
    file.write_text(f'holder: {person.name}\nbank: 示例银行\nnumber: "{person.account}"\n', encoding="utf-8")
    recorded = yizhan("payee", person.case_id, str(file), *AS)
    assert recorded.exit_code == 0, recorded.output
    assert person.account not in recorded.output


def test_a_file_that_is_not_there_is_named(record: Station, tmp_path: Path) -> None:
    plant(record, people(1), Stage.PAYMENT)
    made = said("bank-file", "--station", STATION, *AS)
    missing = yizhan("bank-answers", made["batch"]["id"], str(tmp_path / "none.csv"), *AS)
    assert isinstance(missing.exception, Refused)
    assert [reason.code for reason in missing.exception.refusals] == ["no-file"]

"""`yizhan case` on a reader's own input: what it prints, and how it ends."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.main import exit_code
from store.engine import make_engine, write
from store.key_file import key_ring
from store.seed import plant_examples
from store.settings import load_settings
from tests.registrations import an_identity_number

NUMBER = an_identity_number(4321)
REGISTRATION = f"""
key: at-the-counter-1
station: station-1
worker:
  name: 方示例
  identity_number: "{NUMBER}"
  phone: 13800000001
limits:
  health: []
facts:
  - {{name: in_work, value: false, source: statement, established_on: today, detail: 本人陈述}}
"""


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Yizhan = Callable[..., Ran]


@pytest.fixture
def yizhan(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Yizhan:
    """The command line on a data folder with the examples; the workflow server is away."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.setenv("YIZHAN_TEMPORAL_PORT", "1")
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("YIZHAN_KEYS", "DATABASE_URL", "TEMPORAL_ADDRESS", "YIZHAN_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    settings = load_settings()
    shutil.copy(sqlite_template, settings.database_file)
    engine = make_engine(settings.database_url)
    with write(engine) as connection:
        plant_examples(connection, key_ring(settings), datetime.now(UTC))
    engine.dispose()

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = exit_code(list(arguments))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    def written(text: str) -> str:
        path = tmp_path / "input.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


Written = Callable[[str], str]
AS = ("--as", "caseworker-1")


def test_a_registration_opens_a_case_and_shows_it(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "open", file(REGISTRATION), *AS)
    assert (ran.code, ran.err) == (0, "")
    assert "认定" in ran.out
    assert "登记并开案" in ran.out
    assert "方示例" not in ran.out
    assert NUMBER not in ran.out


def test_it_is_shown_in_english_too(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "open", file(REGISTRATION), *AS, "--language", "en")
    assert "Determination" in ran.out
    assert "Registered, case opened" in ran.out


def test_json_has_the_case_its_plan_and_its_clocks(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "open", file(REGISTRATION), *AS, "--json")
    found = ran.json
    assert (found["case"]["stage"], found["case"]["revision"]) == ("determination", 0)
    assert [proof["item"]["kind"] for proof in found["proofs"]] == ["guidance", "referral", "training"]
    assert [clock["id"] for clock in found["clocks"]] == ["determination"]
    assert found["clocks"][0]["reckoning"]
    assert [entry["kind"] for entry in found["timeline"]] == ["open-case"]
    assert NUMBER not in ran.out
    assert "方示例" not in ran.out


def test_the_same_registration_again_is_the_same_case(yizhan: Yizhan, file: Written) -> None:
    first = yizhan("case", "open", file(REGISTRATION), *AS, "--json").json
    again = yizhan("case", "open", file(REGISTRATION), *AS, "--json").json
    assert again["case"] == first["case"]


def test_a_case_is_shown_and_listed(yizhan: Yizhan, file: Written) -> None:
    opened = yizhan("case", "open", file(REGISTRATION), *AS, "--json").json
    case_id = opened["case"]["id"]
    assert yizhan("case", "show", case_id, "--json").json["case"] == opened["case"]
    [listed] = yizhan("case", "list", "--json").json
    assert (listed["id"], listed["station_id"], listed["stage"]) == (case_id, "station-1", "determination")
    due = opened["clocks"][0]["state"]["due_at"]
    assert datetime.fromisoformat(listed["next_due_at"]) == datetime.fromisoformat(due)
    assert case_id in yizhan("case", "list").out
    assert yizhan("case", "list", "--station", "station-2", "--json").json == []


def test_a_refused_registration_exits_2_names_every_reason_and_keeps_nothing(yizhan: Yizhan, file: Written) -> None:
    wrong = REGISTRATION.replace("value: false", "value: maybe").replace("name: in_work", "name: in_work, x: 1")
    ran = yizhan("case", "open", file(wrong), *AS)
    assert (ran.code, ran.out) == (2, "")
    assert "facts.0.x" in ran.err
    wrong = REGISTRATION.replace("value: false", "value: maybe").replace("health: []", "health: []\n  pay_floor_fen: 1")
    ran = yizhan("case", "open", file(wrong.replace("name: 方示例", "name: ' '")), *AS)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 2
    assert yizhan("case", "list", "--closed", "--json").json == []


def test_a_fact_that_does_not_fit_is_refused(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "open", file(REGISTRATION.replace("value: false", "value: maybe")), *AS)
    assert ran.code == 2
    assert "in_work" in ran.err
    assert "maybe" not in ran.err


def test_whoever_is_no_caseworker_there_opens_nothing(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "open", file(REGISTRATION), "--as", "officer-1", "--language", "en")
    assert ran.code == 2
    assert "officer-1" in ran.err
    assert yizhan("case", "list", "--json").json == []


@pytest.mark.parametrize("command", ["show", "paper"])
def test_a_case_that_is_not_there_exits_2(yizhan: Yizhan, command: str) -> None:
    ran = yizhan("case", command, "case-9")
    assert (ran.code, ran.out) == (2, "")
    assert "case-9" in ran.err


def test_a_file_that_is_not_there_exits_2(yizhan: Yizhan) -> None:
    ran = yizhan("case", "open", "nowhere.yaml", *AS)
    assert ran.code == 2
    assert "nowhere.yaml" in ran.err


def test_an_act_that_nobody_knows_exits_2_before_the_server_is_asked(yizhan: Yizhan) -> None:
    ran = yizhan("case", "do", "case-1", "dance", *AS)
    assert ran.code == 2
    assert "dance" in ran.err
    assert "record-guidance" in ran.err


def test_every_wrong_field_of_an_act_is_named(yizhan: Yizhan, file: Written) -> None:
    ran = yizhan("case", "do", "case-1", "record-guidance", file("held_on: yesterday\ncontnet: x\n"), *AS)
    assert ran.code == 2
    assert all(field in ran.err for field in ("held_on", "content", "guide", "contnet"))


def test_without_a_server_nothing_is_done_and_the_exit_says_so(yizhan: Yizhan, file: Written) -> None:
    case_id = yizhan("case", "open", file(REGISTRATION), *AS, "--json").json["case"]["id"]
    ran = yizhan("case", "do", case_id, "open-need", file("what: 孩子无人看管\n"), *AS)
    assert (ran.code, ran.out) == (1, "")
    assert yizhan("case", "show", case_id, "--json").json["case"]["revision"] == 0


def test_keys_that_were_named_and_are_not_there_are_not_made_up(
    yizhan: Yizhan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "elsewhere.key"
    monkeypatch.setenv("YIZHAN_KEYS", str(named))
    ran = yizhan("case", "list")
    assert (ran.code, ran.out) == (1, "")
    assert str(named) in ran.err
    assert not named.exists()


def test_another_key_beside_an_old_record_is_refused(yizhan: Yizhan, file: Written) -> None:
    yizhan("case", "open", file(REGISTRATION), *AS)
    load_settings().master_key.unlink()
    ran = yizhan("case", "list")
    assert (ran.code, ran.out) == (1, "")

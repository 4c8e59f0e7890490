"""`yizhan policy cohort|follow-up`: what a proposal does to real cases, as text and as data, and how they come on."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activities.bootstrap import open_station
from activities.engine_process import EngineProcess
from cases.days import ONE_DAY, day_of
from cases.refusals import Refused
from cli.main import build_app
from store.engine import write
from store.seed import plant_examples, plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.settings import load_settings
from tests.activities.district import District
from tests.activities.office import Office
from tests.cohort_drafts import GAINS, LOSES, plant_change, publish_change

NOW = datetime.now(UTC)
ASKED = ("proposal-1", "--as", "policy-officer-1")


@pytest.fixture
def district(
    tmp_path: Path, sqlite_template: Path, rule_engine: EngineProcess, monkeypatch: pytest.MonkeyPatch
) -> Iterator[District]:
    """One who would be granted and one who would no longer be."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = load_settings()
    settings.database_file.write_bytes(sqlite_template.read_bytes())
    with open_station(settings) as station:
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, NOW)
            plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, NOW)
            plant_change(connection, station.keyring, day_of(NOW) + ONE_DAY)
        found = District(Office(station, rule_engine, NOW))
        found.applies("gains", GAINS)
        found.applies("loses", LOSES)
        yield found


def yizhan(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["policy"]), ["policy", *arguments])


def code(said: Result) -> str:
    assert isinstance(said.exception, Refused), said.output
    return said.exception.refusals[0].code


def test_the_report_as_text_and_as_data_and_what_followed(district: District) -> None:
    cohort = ("cohort", *ASKED, "--from", "2026-01-01")
    said = yizhan(*cohort, "--language", "en").output
    assert f"by the law of {day_of(NOW) + ONE_DAY}: 2 change" in said
    assert "to be topped up 600.00 yuan, to be recovered 0.00 yuan" in said
    assert "station station-1: gain it 1, lose it 1" in said
    assert f"{district.case('gains').id} flexible-insurance: 0.00 → 600.00 (paid 0.00)" in said
    found = json.loads(yizhan(*cohort, "--json").stdout)
    assert found["cohort"]["cases"] == 2
    assert {case["effect"] for case in found["cases"]} == {"gains", "loses"}
    assert code(yizhan("follow-up", *ASKED)) == "not-published"
    station = district.office.station
    with write(station.engine) as connection:
        publish_change(connection, station.keyring, day_of(NOW) + ONE_DAY)
    followed = yizhan("follow-up", *ASKED, "--language", "en").output
    assert followed.startswith("2 entered now, 2 in all\n  not asked yet: 2\n")
    assert f"{district.case('gains').id}: not asked yet, from {day_of(NOW) + ONE_DAY} on\n" in followed
    assert "新登记0件，共2件" in yizhan("follow-up", *ASKED, "--language", "zh").output
    states = {each["state"] for each in json.loads(yizhan("follow-up", *ASKED, "--json").stdout)}
    assert states == {"waiting"}


@pytest.mark.usefixtures("district")
def test_a_day_is_written_as_a_day() -> None:
    assert code(yizhan("cohort", *ASKED, "--from", "March")) == "not-a-day"

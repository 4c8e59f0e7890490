"""`yizhan policy snapshot|simulate|simulation` at a terminal: figures as text and as data, and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activities.bootstrap import open_station
from activities.simulation_child import QUESTION, run
from activities.simulation_law import SetParameter
from activities.simulation_opening import simulating_of
from activities.simulation_report import Question
from cases.days import day_of
from cases.facts import Source, SourceKind, SubjectKind
from cases.refusals import Refused
from cli.main import build_app
from store.engine import read, write
from store.facts import NewFact, record_fact
from store.people import register_worker
from store.seed import plant_examples
from store.settings import load_settings
from store.simulations import kept_simulation
from tests.policy_drafts import a_version, written
from tests.store.builders import a_worker

NOW = datetime.now(UTC)
TODAY = day_of(NOW)
ASKED = ("--jurisdiction", "cn-50-99", "--as", "policy-officer-1")
FORTY_FIVE = ("simulate", "hardship-worker", *ASKED, "--set", "older_worker=45", "--language", "en")


@pytest.fixture
def record(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twelve people: six of 46 years, who would gain, and six of 30; their ids."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = load_settings()
    settings.database_file.write_bytes(sqlite_template.read_bytes())
    with open_station(settings) as station, write(station.engine) as connection:
        plant_examples(connection, station.keyring, NOW)
        ids = [
            register_worker(connection, station.keyring, a_worker(number, recorded_at=NOW)) for number in range(1, 13)
        ]
        source = Source(SourceKind.RECORD, "联网核验")
        for number, worker_id in enumerate(ids):
            born = TODAY.replace(year=TODAY.year - (46 if number % 2 else 30), day=1).isoformat()
            for name, value in (("born_on", born), ("in_work", False), ("disabled", False)):
                new = NewFact(SubjectKind.WORKER, worker_id, name, value, source, TODAY, "caseworker-1", NOW)
                record_fact(connection, station.keyring, new)
    return ids


def yizhan(*arguments: str, of: str = "policy") -> Result:
    return CliRunner().invoke(build_app([of]), [of, *arguments])


def code(said: Result) -> str:
    assert isinstance(said.exception, Refused), said.output
    return said.exception.refusals[0].code


@pytest.mark.usefixtures("record")
def test_who_gains_is_said_by_category_and_said_again_later() -> None:
    said = yizhan(*FORTY_FIVE)
    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert "hardship-worker · cn-50-99 · older_worker becomes 45" in lines[0]
    assert "12 workers" in lines[1]
    assert "  gain it: 6" in lines
    assert "  45–49: gain it 6" in lines
    simulation = lines[0].split(" · ", maxsplit=1)[0]
    assert yizhan("simulation", simulation, "--as", "auditor-1", "--language", "en").output.splitlines()[0] == lines[0]
    assert code(yizhan("simulation", simulation, "--as", "caseworker-1")) == "no-such-simulation"
    assert code(yizhan("simulation", "no-such", "--as", "auditor-1")) == "no-such-simulation"


@pytest.mark.usefixtures("record")
def test_a_draft_as_data(tmp_path: Path) -> None:
    file = written(tmp_path, a_version(TODAY.replace(year=TODAY.year + 1)))
    said = yizhan("simulate", "hardship-worker", *ASKED, "--with", str(file), "--json")
    found = json.loads(said.output)
    assert found["effects"]["people"] == {"value": 12, "mark": "told"}
    assert found["effects"]["effects"]["same"] == {"value": 12, "mark": "told"}
    assert found["not_kept"] == ["household_income", "household_size", "waiting_since"]


@pytest.mark.usefixtures("record")
def test_a_snapshot_is_made_when_it_is_asked_for(tmp_path: Path) -> None:
    found = json.loads(yizhan("snapshot", "--json").output)
    assert (found["workers"], found["day"]) == (12, TODAY.isoformat())
    assert (tmp_path / "snapshots" / "population.snapshot").exists()
    assert "12 workers" in yizhan("snapshot", "--language", "en").output


def test_whoever_is_erased_takes_the_snapshot_along(record: list[str], tmp_path: Path) -> None:
    yizhan("snapshot")
    erased = ("erase", record[0], "--as", "manager-1", "--basis", "consent-withdrawn", "--yes")
    assert yizhan(*erased, of="person").exit_code == 0
    assert not (tmp_path / "snapshots" / "population.snapshot").exists()
    assert "11 workers" in yizhan(*FORTY_FIVE).output


IMPOSSIBLE = (
    ((), "one-change"),
    (("--set", "older_worker=45", "--proposal", "x"), "one-change"),
    (("--set", "older_worker"), "not-set"),
    (("--set", "oldest=45"), "no-such-parameter"),
    (("--proposal", "no-such"), "no-such-proposal"),
    (("--set", "older_worker=45", "--of", "everybody"), "no-such-subject"),
)


@pytest.mark.usefixtures("record")
def test_what_cannot_be_asked_is_refused() -> None:
    for more, why in IMPOSSIBLE:
        assert code(yizhan("simulate", "hardship-worker", *ASKED, *more)) == why


@pytest.mark.usefixtures("record")
def test_the_process_of_the_pages_keeps_what_comes_of_it(tmp_path: Path) -> None:
    settings, question = load_settings(), Question("hardship-worker", "cn-50-99", SetParameter("older_worker", "45"))
    with open_station(settings) as station:
        assert simulating_of(station, settings).begin(question, "policy-officer-1", NOW, "ASKED")
    request = {"settings": settings.model_dump(mode="json"), "simulation": "ASKED", "by": "policy-officer-1"}
    run({**request, "question": QUESTION.dump_python(question, mode="json"), "now": NOW.isoformat()})
    with open_station(settings) as station, read(station.engine) as connection:
        kept = kept_simulation(connection, station.keyring, "ASKED")
    assert kept is not None
    assert kept.answer is not None
    assert kept.answer.snapshot_day == TODAY
    assert not list((tmp_path / "snapshots").glob("*.json"))

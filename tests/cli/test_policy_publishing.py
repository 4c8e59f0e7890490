"""`yizhan policy diff|propose|try|publish|withdraw|list|show`, from a draft to law, by two persons at a terminal."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activities import publishing
from activities.bootstrap import open_station
from activities.policy_child import answers
from activities.throw_away import Ending, Run
from cases.days import day_of
from cases.refusals import Refused
from cli.main import build_app
from store.engine import write
from store.seed import plant_examples, plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.settings import load_settings
from tests.policy_drafts import SHIPPED, a_version, written

TOMORROW = day_of(datetime.now(UTC)) + timedelta(days=1)


@pytest.fixture
def record(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record with the examples' people, and the child's work done here; one test starts it in earnest."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = load_settings()
    settings.database_file.write_bytes(sqlite_template.read_bytes())
    with open_station(settings) as station, write(station.engine) as connection:
        now = datetime.now(UTC)
        plant_examples(connection, station.keyring, now)
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, now)
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(_module: str, request: dict[str, object], *_: int) -> Run:
        said = (*answers({**request, "examples": False}), {"all_run": True})
        return Run(tuple(json.loads(json.dumps(line, default=str)) for line in said), Ending.DONE)

    monkeypatch.setattr(publishing, "run_once", at_once)


def yizhan(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["policy"]), ["policy", *arguments])


def proposes(file: Path, by: str = "policy-officer-1") -> str:
    said = yizhan("propose", str(file), "--as", by, "--why", "新办法施行", "--json")
    assert said.exit_code == 0, said.output
    return str(json.loads(said.output)["proposal"]["id"])


def code(said: Result) -> str:
    assert isinstance(said.exception, Refused), said.output
    return said.exception.refusals[0].code


@pytest.mark.usefixtures("record", "quick")
def test_two_persons_make_law_of_a_file(tmp_path: Path) -> None:
    proposal = proposes(written(tmp_path, a_version(TOMORROW)))
    assert code(yizhan("publish", proposal, "--as", "policy-officer-1", "--why", "对")) == "second-person"
    said = yizhan("publish", proposal, "--as", "policy-officer-2", "--why", "核对无误", "--language", "en")
    assert said.output == f"Published as number 1; what it adds is in use from {TOMORROW}.\n"
    assert f"hardship-worker · cn-50-99 · 2023-01-01, {TOMORROW}" in yizhan("check").output
    assert json.loads(yizhan("list", "--json").output)[0]["publication"]["number"] == 1
    shown = yizhan("show", proposal, "--language", "en").output
    assert "published by policy-officer-2" in shown
    assert "0 failed" in shown
    assert shown.rstrip().endswith("conclusion: granted")


@pytest.mark.usefixtures("record", "quick")
def test_a_proposal_can_be_compared_tried_and_withdrawn(tmp_path: Path) -> None:
    proposal = proposes(written(tmp_path, a_version(TOMORROW)))
    changed = json.loads(yizhan("diff", "--proposal", proposal, "--json").output)
    assert [each["id"] for each in changed["files"][0]["changes"] if each["section"] == "parameters"] == ["long_wait"]
    trial = json.loads(yizhan("try", proposal, "--as", "policy-officer-1", "--json").output)
    assert (trial["of"], trial["tried"]) == (0, 0)
    assert "试了0件" in yizhan("try", proposal, "--as", "policy-officer-1").output
    withdrawn = yizhan("withdraw", proposal, "--as", "policy-officer-1", "--why", "写错了", "--language", "en")
    assert "withdrawn by policy-officer-1: 写错了" in withdrawn.output
    assert "已撤回" in yizhan("list").output


@pytest.mark.usefixtures("record")
def test_the_examples_run_in_a_process_of_their_own_and_one_that_fails_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, a_version(TOMORROW, conclusion="refused"))
    said = yizhan("propose", str(file), "--as", "policy-officer-1", "--why", "新", "--language", "en")
    assert said.exit_code == 1
    assert "it says refused and comes out granted" in said.output
    assert "1 failed" in said.output


@pytest.mark.usefixtures("record", "quick")
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        pytest.param(SHIPPED, "no-change", id="nothing new"),
        pytest.param(SHIPPED.replace("value: 90", "value: 60"), "law-in-force", id="law in force edited"),
        pytest.param(SHIPPED.replace("value: 90", "value: x"), "policy-file", id="a mistake"),
    ],
)
def test_what_cannot_be_proposed_says_why(tmp_path: Path, text: str, refused: str) -> None:
    said = yizhan("propose", str(written(tmp_path, text)), "--as", "policy-officer-1", "--why", "新")
    assert code(said) == refused


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("command", [("show",), ("try", "--as", "policy-officer-1"), ("diff", "--proposal")])
def test_a_proposal_that_is_not_there(command: tuple[str, ...]) -> None:
    assert code(yizhan(*command, "nowhere")) == "no-such-proposal"


def test_two_files_are_compared_in_words(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(SHIPPED, encoding="utf-8")
    new = str(written(tmp_path, a_version(TOMORROW)))
    said = yizhan("diff", str(tmp_path / "old.yaml"), new, "--language", "en")
    assert said.exit_code == 0, said.output
    assert f"  {TOMORROW} version added" in said.output
    assert f"hardship-worker of cn-50-99 changes from {TOMORROW}" in said.output
    assert yizhan("diff", new, "--language", "en").output == said.output
    assert code(yizhan("diff")) == "which-files"
    other = tmp_path / "other.yaml"
    other.write_text(SHIPPED.replace("cn-50-99", "cn-50-98"), encoding="utf-8")
    assert code(yizhan("diff", str(other), new)) == "not-the-same-file"


def test_a_text_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bytes.yaml"
    file.write_bytes(b"\xff\xfe")
    assert code(yizhan("diff", str(file))) == "not-utf-8"

"""The checker is worth something only if it fails: each way to spoil a good record is found, and named."""

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.faults import checker, evidence, payments_checked
from tests.faults.checker import check
from tests.faults.evidence import Event, Finding, Record, Told
from tests.faults.processes import ROOT

CALM = (
    "--cases",
    "5",
    "--subsidies",
    "1",
    "--kills",
    "0",
    "--seconds",
    "1",
    "--pause",
    "0.02",
    "--silence",
    "0",
    "--patience",
    "150",
)

pytestmark = [pytest.mark.server]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One case of every life, and nobody killed."""
    folder = tmp_path_factory.mktemp("calm")
    storm = [sys.executable, "-m", "tests.faults.storm", str(folder), *CALM]
    subprocess.run(storm, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def folder(calm: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(calm, tmp_path / "spoiled"))


def found(folder: Path) -> list[Finding]:
    return check(Record(folder / "yizhan.db"), Told(folder / "journal.jsonl"), folder / "papers")


def spoil(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "yizhan.db")) as connection, connection:
        # Whoever spoils a record can take away what protects it.
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        assert connection.execute(statement).rowcount > 0


def double(folder: Path, table: str, where: str = "1", **changed: object) -> dict[str, Any]:
    """A second row like the first one that fits, but for these columns; the first one."""
    with closing(sqlite3.connect(folder / "yizhan.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        first = dict(connection.execute(f"SELECT * FROM {table} WHERE {where}").fetchone())  # noqa: S608  # our words
        second = first | {name: str(value).format(**first) for name, value in changed.items()}
        insert = f"INSERT INTO {table} ({', '.join(second)}) VALUES ({', '.join('?' * len(second))})"  # noqa: S608  # our words
        connection.execute(insert, tuple(second.values()))
    return first


def retell(folder: Path, change: Callable[[Event], Event]) -> None:
    """Change what the clerks say of each event."""
    path = folder / "journal.jsonl"
    events = [change(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(f"{json.dumps(event)}\n" for event in events), encoding="utf-8")


def test_nothing_is_found_where_nothing_was_spoiled(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize(
    ("statement", "kind", "what"),
    [
        pytest.param(
            "DELETE FROM case_step WHERE kind = 'record-talk'", "lost", "was acknowledged and is not", id="a step"
        ),
        pytest.param("DELETE FROM talk", "lost", "talk: ", id="an effect"),
        pytest.param("DELETE FROM decision", "lost", "decision: 0", id="a decision"),
        pytest.param("DELETE FROM log_pending", "lost", "has no leaf", id="a leaf"),
        pytest.param("DELETE FROM log_entry WHERE leaf_index = 3", "lost", "not in the log", id="an entry of the log"),
        pytest.param("UPDATE log_entry SET leaf = x'00'", "broken", "another leaf than", id="a leaf of the log"),
        pytest.param("UPDATE log_checkpoint SET root = x'00'", "broken", "a signed head", id="a head of the log"),
        pytest.param(
            'DELETE FROM log_pending WHERE record LIKE \'%"kind":"determination"%\'',
            "broken",
            "leaves of determinations",
            id="leaves of determinations",
        ),
        pytest.param("DELETE FROM follow_up", "lost", "follow_up: 0", id="follow-ups"),
        pytest.param("DELETE FROM determination_record", "broken", "and the records of []", id="determinations kept"),
        pytest.param("DELETE FROM audit_event", "broken", "its audit events", id="audit events"),
        pytest.param("DELETE FROM paper", "lost", "papers of the kind", id="papers"),
        pytest.param("UPDATE paper SET file_sha256 = NULL", "lost", "was never made", id="a paper not made"),
        pytest.param("UPDATE paper SET file_size = 1", "lost", "not as the record says", id="a file of another size"),
        pytest.param("DELETE FROM outbox WHERE kind = 'start-case'", "lost", "starts in the outbox", id="starts"),
        pytest.param("UPDATE outbox SET sent_at = NULL", "unfinished", "was not sent", id="messages not sent"),
        pytest.param("UPDATE hardship_case SET stage = 'help'", "unfinished", "stands in the stage help", id="open"),
        pytest.param(
            "UPDATE hardship_case SET outcome = 'market-failed'", "broken", "ended as market-failed", id="another end"
        ),
        pytest.param(
            "UPDATE case_step SET receipt = replace(receipt, 'help', 'post') WHERE kind = 'record-talk'",
            "broken",
            "and the record says",
            id="another receipt",
        ),
        pytest.param(
            "UPDATE log_pending SET record = replace(record, 'officer-1', 'officer-2')",
            "broken",
            "its leaf is of something else",
            id="a leaf that was changed",
        ),
        pytest.param(
            "UPDATE referral SET vacancy_id = vacancy_id || '0'", "broken", "was referred to", id="another vacancy"
        ),
        pytest.param(
            "UPDATE case_step SET key = case_id || '/act/nobody' WHERE rowid = (SELECT max(rowid) FROM case_step "
            "WHERE kind = 'record-talk')",
            "invented",
            "that nobody sent",
            id="a step of nobody's",
        ),
        pytest.param("UPDATE notice SET id = 'x'||id", "invented", "without a message", id="a notice of nothing"),
        pytest.param("DELETE FROM notice", "lost", "reached nobody", id="notices"),
        pytest.param("DELETE FROM subsidy_payment", "lost", "payment instructions: 0", id="a payment instruction"),
        pytest.param("UPDATE subsidy_payment SET amount_fen = 1", "broken", "fen, paid", id="another sum"),
        pytest.param(
            "UPDATE subsidy_payment SET status = 'paid'", "lost", "payments that came back: 0", id="a late return"
        ),
        pytest.param("UPDATE subsidy_claim SET payment_id = NULL", "broken", "are paid by", id="a claim not paid"),
        pytest.param("UPDATE subsidy_case SET stage = 'payment'", "unfinished", "the stage payment", id="not paid out"),
    ],
)
def test_what_is_lost_or_changed_is_found(statement: str, kind: str, what: str, folder: Path) -> None:
    spoil(folder, statement)
    assert any(finding.kind == kind and what in finding.what for finding in found(folder)), found(folder)


@pytest.mark.parametrize(
    ("table", "changed", "what"),
    [
        pytest.param("service", {"id": "service-99"}, "service: ", id="a service"),
        pytest.param("referral", {"id": "referral-99", "vacancy_id": "vacancy-99"}, "referral: ", id="a referral"),
        pytest.param("placement", {"id": "placement-99", "ended_on": "2026-01-01"}, "placement: ", id="a placement"),
        pytest.param("paper", {"id": "paper-99"}, "was owed 2 times", id="a paper"),
        pytest.param("decision", {"id": "decision-99"}, "was decided 2 times", id="a decision"),
        pytest.param("hardship_case", {"id": "case-99"}, "registrations", id="a case"),
    ],
)
def test_what_is_there_twice_is_found(table: str, changed: dict[str, Any], what: str, folder: Path) -> None:
    double(folder, table, **changed)
    assert any(finding.kind == "double" and what in finding.what for finding in found(folder)), found(folder)


def test_a_step_under_a_second_key_is_found(folder: Path) -> None:
    """As a writer leaves it that does not know its steps again."""
    step = double(folder, "case_step", "kind = 'record-talk'", key="{key}/again", revision=999)
    assert Finding("double", f"record-talk {step['key'].rpartition('/')[2]} was written 2 times") in found(folder)


def test_a_payment_that_was_ordered_twice_is_found(folder: Path) -> None:
    double(folder, "subsidy_payment", id="payment-3")
    said = {finding.what.partition(": ")[2] for finding in found(folder) if finding.kind == "double"}
    assert "payment instructions: 3 instead of 2" in said


def test_a_file_that_was_changed_is_found(folder: Path) -> None:
    paper = next(path for path in folder.glob("papers/sha256/??/??/*"))
    paper.write_bytes(paper.read_bytes()[:-1] + b"?")
    assert [finding.kind for finding in found(folder)] == ["lost"]


def test_an_acknowledgement_of_another_outcome_is_found(folder: Path) -> None:
    retell(folder, lambda e: e | {"outcome": "placed"} if e.get("outcome") == "exited" else e)
    assert {finding.kind for finding in found(folder)} == {"broken"}


def test_a_refusal_of_what_was_in_order_is_found(folder: Path) -> None:
    told = Told(folder / "journal.jsonl")
    key = next(e["key"] for e in told.acts() if e["key"] in told.acked)
    answered = {"event": "acked", "key": key}
    retell(folder, lambda e: e | {"event": "refused", "codes": ["x"]} if answered.items() <= e.items() else e)
    assert {finding.kind for finding in found(folder)} >= {"refused"}


@pytest.mark.parametrize("runs", [["COMPLETED", "COMPLETED"], ["RUNNING"], ["CONTINUED_AS_NEW"], ["TERMINATED"]])
def test_a_workflow_that_did_not_end_once_is_found(runs: list[str], folder: Path) -> None:
    retell(folder, lambda e: e | {"runs": runs} if e["event"] == "workflow" else e)
    assert {finding.kind for finding in found(folder)} == {"broken"}


def test_too_few_kills_are_found(folder: Path) -> None:
    retell(folder, lambda e: e | {"kills": 1} if e["event"] == "storm" else e)
    assert [finding.kind for finding in found(folder)] == ["unfinished"]


def test_it_shares_no_code_with_the_product() -> None:
    for module in (checker, evidence, payments_checked):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        imported |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
        foreign = {name for name in imported if str(name).split(".")[0] not in sys.stdlib_module_names}
        assert foreign <= {"tests.faults.evidence", "tests.faults.payments_checked"}

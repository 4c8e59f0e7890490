"""What the checker looks at: the record's file, read as plain rows, and what the clerks were told."""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Event = dict[str, Any]

REGISTRATION = "open-case"
APPLICATION = "apply-for-subsidy"
TABLES = (
    *("hardship_case", "case_step", "determination", "determination_record", "service", "talk", "referral"),
    *("training", "need", "placement", "follow_up", "paper", "decision", "log_pending", "audit_event"),
    *("outbox", "notice", "log_entry", "log_waiting", "log_checkpoint"),
    *("subsidy_case", "subsidy_claim", "subsidy_payment"),
)


@dataclass(frozen=True, order=True)
class Finding:
    """`kind`: lost, double, invented, refused, broken, unfinished."""

    kind: str
    what: str


class Told:
    """What the journal says of each command: sent how often, answered how."""

    def __init__(self, path: Path) -> None:
        self.events: list[Event] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        self.sent = {e["key"]: e for e in self._all("sent")}
        self.acked: dict[str, list[Event]] = defaultdict(list)
        for event in self._all("acked"):
            self.acked[event["key"]].append(event)
        self.refused = {e["key"]: e for e in self._all("refused")}

    def _all(self, event: str) -> Iterator[Event]:
        return (e for e in self.events if e["event"] == event)

    def count(self, event: str, **having: str) -> int:
        return sum(all(e.get(k) == v for k, v in having.items()) for e in self._all(event))

    def planned(self) -> Event:
        return next(self._all("storm"))

    def case_of(self, key: str) -> str | None:
        return self.sent[key].get("case") or next((e["case"] for e in self.acked.get(key, ())), None)

    def acts(self) -> Iterator[Event]:
        return (e for e in self.sent.values() if e["kind"] not in (REGISTRATION, APPLICATION))

    def registrations(self) -> Iterator[Event]:
        return (e for e in self.sent.values() if e["kind"] == REGISTRATION)

    def applications(self) -> Iterator[Event]:
        return (e for e in self.sent.values() if e["kind"] == APPLICATION)

    def done(self, case: str, *kinds: str) -> list[Event]:
        """The acknowledged commands of these kinds on one case."""
        return [e for e in self.acts() if e["case"] == case and e["kind"] in kinds and e["key"] in self.acked]

    def runs(self) -> dict[str, list[str]]:
        """How each run of each case's workflow ended, as the workflow engine tells it."""
        return {e["case"]: e["runs"] for e in self._all("workflow")}


class Record:
    """The tables, read once."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            self.integrity = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            self.dangling = len(connection.execute("PRAGMA foreign_key_check").fetchall())
            self.tables: dict[str, list[Row]] = {
                name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608  # our own list
                for name in TABLES
            }
        self.cases: dict[str, Row] = {row["id"]: row for row in self.tables["hardship_case"]}
        self.subsidies: dict[str, Row] = {row["id"]: row for row in self.tables["subsidy_case"]}
        self._of_case: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for name, rows in self.tables.items():
            for row in rows:
                self._of_case[name, row.get("case_id", "")].append(row)

    def of(self, table: str, case: str) -> list[Row]:
        return self._of_case[table, case]

    def steps(self, case: str, base: str) -> list[Row]:
        """The steps written for one thing, whatever a writer hung onto their keys."""
        return [s for s in self.of("case_step", case) if s["key"] == base or s["key"].startswith(f"{base}/")]


def differs(what: str, found: int, expected: int) -> Iterator[Finding]:
    if found != expected:
        yield Finding("double" if found > expected else "lost", f"{what}: {found} instead of {expected}")


def whole_file(case: str, paper: Row, folder: Path) -> Iterator[Finding]:
    digest = paper["file_sha256"]
    if digest is None:
        yield Finding("lost", f"{case}: {paper['id']} was never made")
        return
    path = folder / "sha256" / digest[:2] / digest[2:4] / digest
    content = path.read_bytes() if path.exists() else b""
    if len(content) != paper["file_size"] or hashlib.sha256(content).hexdigest() != digest:
        yield Finding("lost", f"{case}: the file of {paper['id']} is not as the record says")

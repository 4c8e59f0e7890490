"""Drafts of a policy file as an officer would write them: the shipped one of a district, with a version added."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from activities.bootstrap import POLICIES
from activities.throw_away import Ending, Run
from rules.differences import differences
from rules.errors import PolicyRefused
from rules.policies import PolicyBook
from rules.shelf import documents_in, key_of, parts_of, replaced
from store.keys import KeyRing
from store.policy_files import propose, record_check
from store.policy_proposals import Check, NewProposal

PROPOSAL: Final = "PROPOSAL0000000000000000001"
NAME = "cn-50-99/hardship-worker.yaml"
SHIPPED = (POLICIES / NAME).read_text(encoding="utf-8")
_VERSION = """
  {since}:
{published}    parameters:
      long_wait: {{value: {days}, unit: day, authority: 示例区困难零工认定标准（示例）修正第二条, tag: M}}
    examples:
      - name: 修正后待工恰满{days}天 / waited exactly long enough
        facts: {{in_work: no, applied_on: {since}, disabled: no, waiting_since: {began}, born_on: 1990-06-01}}
        conclusion: {conclusion}
"""


def a_version(since: date, *, days: int = 60, published: date | None = None, conclusion: str = "granted") -> str:
    """The district's file, whose newest version shortens the wait."""
    said = f"    published: {published}\n" if published else ""
    began = date.fromordinal(since.toordinal() - days)
    return SHIPPED + _VERSION.format(since=since, published=said, days=days, began=began, conclusion=conclusion)


def written(folder: Path, text: str) -> Path:
    file = folder / "hardship-worker.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def plant_proposal(connection: Connection, keyring: KeyRing, at: datetime) -> None:
    """One that waits to be published, with an example that failed and a process that was ended."""
    text = a_version(date(2027, 1, 1))
    shelf = documents_in(POLICIES)
    parts = parts_of(text, NAME)
    found = differences(PolicyBook.of(*shelf), PolicyBook.of(*replaced(shelf, parts)), list(map(key_of, parts)))
    failed = {
        "policy": "hardship-worker",
        "jurisdiction": "cn-50-99",
        "since": "2023-01-01",
        "line": 16,
        "name": "差一天 / a day short",
        "problems": ["it says granted and comes out refused"],
        "problems_zh": ["写明符合，实际为不符合"],
    }
    report: dict[str, Any] = {
        "ended": Ending.TOO_LONG.value,
        "touched": [],
        "differences": json.loads(json.dumps(asdict(found), default=str)),
        "run": 3,
        "all_run": False,
        "failed": [failed],
        "last": "次日才满 / on the day after",
    }
    new = NewProposal(PROPOSAL, (NAME,), ("cn-50-99",), text, "policy-officer-1", "示例区修正待工时间")
    propose(connection, keyring, new, at)
    record_check(connection, keyring, PROPOSAL, Check(False, report, "policy-officer-1", at))  # noqa: FBT003 - not passed


def read_alone(_module: str, request: Mapping[str, Any], *_: int) -> Run:
    """In the place of the process that tries a policy: it reads the text, and goes no further."""
    try:
        parts = parts_of(request["proposed"][1], "draft.yaml")
    except PolicyRefused as refused:
        errors = [{"file": each.place.file, "line": each.place.line, "column": each.place.column, **vars(each.wording)}
                  for each in refused.errors]  # fmt: skip
        return Run(({"errors": errors},), Ending.DONE)
    keys = list(map(key_of, parts))
    files = [{"name": key.name, "jurisdiction": key.jurisdiction} for key in keys]
    changes = [{"file": key.name, "changes": [{"what": "added", "since": None, "section": "facts", "id": "x"}],
                "layers": []} for key in keys]  # fmt: skip
    return Run(({"files": files}, {"differences": {"files": changes, "resolved": []}}, {"all_run": True}), Ending.DONE)

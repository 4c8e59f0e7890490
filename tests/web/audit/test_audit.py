"""The auditor's pages: every decision and event in reach, filtered, and nothing that another may see."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from cases.erasing import ErasureBasis
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.changes import Changed
from store.engine import write
from tests.web.counter import Counter
from web.audit.kinds import kind_wording
from web.audit.told import reason_told

ROOT = Path(__file__).parents[3]


@pytest.fixture
def looked_at(counter_on_both: Counter) -> Counter:
    counter = counter_on_both
    with write(counter.office.station.engine) as connection:
        for day, actor in enumerate(("caseworker-1", "caseworker-2", "caseworker-3")):
            at = counter.hands() - timedelta(days=day)
            station = f"station-{actor[-1]}"
            event = AuditEvent("make-worker-link", actor, at, "worker", f"worker-of-{actor}", station_id=station)
            record_audit(connection, counter.office.station.keyring, event)
    return counter


def test_an_auditor_sees_every_event_and_can_narrow_them(looked_at: Counter) -> None:
    browser = looked_at.signed_in("auditor-1")
    page = browser.get("/audit/events").text
    assert all(f"worker-of-caseworker-{n}" in page for n in (1, 2, 3))
    narrowed = browser.get("/audit/events?actor=caseworker-2").text
    assert "worker-of-caseworker-2" in narrowed
    assert "worker-of-caseworker-1" not in narrowed
    today = looked_at.hands.today
    recent = browser.get(f"/audit/events?from={today - timedelta(days=1)}").text
    assert "worker-of-caseworker-3" not in recent.replace(str(today), "")


@pytest.mark.parametrize(
    "bad", ["from=yesterday", "page=-1", "page=99999999999999", "sample=x&seed=y", "from=0001-01-01"]
)
def test_an_address_that_makes_no_sense_filters_nothing(looked_at: Counter, bad: str) -> None:
    assert looked_at.signed_in("auditor-1").get(f"/audit/decisions?{bad}").status_code == 200


def test_a_caseworker_is_no_auditor(looked_at: Counter) -> None:
    answer = looked_at.signed_in("caseworker-1").get("/audit/events")
    assert answer.status_code == 403
    assert "worker-of" not in answer.text


def _kinds_written_in_code() -> set[str]:
    """The kinds that stand as literals where an audit event is made."""
    found = set()
    for folder in ("web", "store", "activities"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("AuditEvent", "note", "_note"):
                    given = [*node.args[:3], *(k.value for k in node.keywords if k.arg == "kind")]
                    found |= {a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found - {"staff", "worker", "paper"}  # what an event is about


def test_every_kind_of_event_has_a_name_in_both_languages() -> None:
    kinds = _kinds_written_in_code() | {f"correct-{kind}" for kind in Changed}
    assert len(kinds) > 20
    assert sorted(kind for kind in kinds if kind_wording(kind).zh == kind) == []


def test_why_something_was_done_is_told_in_the_readers_language() -> None:
    assert reason_told("erase-worker", "purpose-met") == ErasureBasis.PURPOSE_MET.label
    assert reason_told("replay-determinations", "all").zh == "全部"
    asked = reason_told("replay-determinations", "policy hardship-worker, from 2026-01-01")
    assert asked == Wording("政策 hardship-worker，自 2026-01-01", "policy hardship-worker, from 2026-01-01")
    assert reason_told("export-audit-packet", "年度抽查").en == "年度抽查"

"""An auditor makes decisions again and takes a case along from the pages; nobody else can."""

import json

import pytest
from sqlalchemy import select, update

from activities.engine_process import EngineProcess
from activities.verifier import VERIFIER, verify
from cases.hardship.case import HARDSHIP
from store.engine import read, write
from store.tables.cases import audit_event, determination_record
from tests.activities.office import Office
from tests.web.counter import Browser, Counter
from web.audit import again, pages


@pytest.fixture
def case_id(counter: Counter, rule_engine: EngineProcess) -> str:
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.recognised(difficulty=True)
    return office.case.id


@pytest.fixture
def auditor(counter: Counter) -> Browser:
    return counter.signed_in("auditor-1")


def kinds(counter: Counter, kind: str) -> list[tuple[str, str | None, str | None]]:
    with read(counter.office.station.engine) as connection:
        rows = connection.execute(select(audit_event).where(audit_event.c.kind == kind))
        return [(row.actor, row.case_id, row.reason) for row in rows]


def test_a_case_is_made_again_at_a_button(counter: Counter, auditor: Browser, case_id: str) -> None:
    page = f"/audit/cases/{case_id}"
    answer = auditor.send(f"{page}/replay", form_at=page).text
    assert answer.count("逐字节相同") >= 2
    assert [row[:2] for row in kinds(counter, "replay-determinations")] == [("auditor-1", None)]
    one = auditor.send(f"{page}/replay", {"determination": f"{HARDSHIP}-1"}, form_at=page).text
    assert "逐字节相同：1 件" in one
    none = auditor.send(f"{page}/replay", {"determination": "no-such"}, form_at=page).text
    assert "没有这份认定" in none


def test_what_differs_is_shown_by_name(counter: Counter, auditor: Browser, case_id: str) -> None:
    with write(counter.office.station.engine) as connection:
        this = determination_record.c.id == f"{HARDSHIP}-1"
        connection.execute(update(determination_record).where(this).values(version="cn@1999-01-01"))
    answer = auditor.send(f"/audit/cases/{case_id}/replay", form_at=f"/audit/cases/{case_id}").text
    assert "record/version: cn@1999-01-01" in answer
    assert "不同：1 件" in answer


def test_a_drawn_sample_is_made_again(auditor: Browser, case_id: str) -> None:
    drawn = "/audit/decisions?sample=5&seed=3"
    shown = auditor.get(drawn).text
    assert "把这一批重放一遍" in shown
    assert f"/audit/cases/{case_id}" in shown
    answer = auditor.send("/audit/replay?sample=5&seed=3", form_at=drawn).text
    assert "逐字节相同：2 件" in answer
    assert "选定件数 2，总数 2，种子 3" in auditor.get("/audit/events?kind=replay-determinations").text
    assert "没有抽到认定" in auditor.send("/audit/replay?sample=5&policy=none", form_at=drawn).text


def test_a_large_sample_is_left_to_the_command(auditor: Browser, case_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case_id
    for module in (pages, again):
        monkeypatch.setattr(module, "MOST_ON_A_PAGE", 1)
    drawn = "/audit/decisions?sample=5&seed=3"
    assert "yizhan audit replay" in auditor.get(drawn).text
    assert "yizhan audit replay" in auditor.send("/audit/replay?sample=5&seed=3", form_at=drawn).text


def test_a_packet_is_given_for_a_reason_and_proves_itself(counter: Counter, auditor: Browser, case_id: str) -> None:
    page = f"/audit/cases/{case_id}"
    without = auditor.send(f"{page}/packet", form_at=page)
    assert without.status_code == 422
    assert kinds(counter, "export-audit-packet") == []
    answer = auditor.send(f"{page}/packet", {"why": "review"}, form_at=page)
    assert f'filename="{case_id}.json"' in answer.headers["content-disposition"]
    results = verify.verify(answer.text)  # type: ignore[no-untyped-call]  # it runs where nothing of ours is
    assert not results.count("wrong")
    assert json.loads(answer.text)["packet"]["exported"]["by"] == "auditor-1"
    assert kinds(counter, "export-audit-packet") == [("auditor-1", case_id, "review")]
    assert auditor.get("/audit/export/verifier").content == VERIFIER.read_bytes()


@pytest.mark.parametrize("staff", ["caseworker-1", "officer-1"])
def test_it_is_for_auditors_alone(counter: Counter, case_id: str, staff: str) -> None:
    assert counter.signed_in(staff).get(f"/audit/cases/{case_id}").status_code == 403

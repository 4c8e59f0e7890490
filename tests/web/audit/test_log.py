"""The decision log for an auditor: what is signed, a leaf with its proof checked as it is shown, what is erased."""

import pytest
from sqlalchemy import select, update

from activities.sequencing import sequence_all
from cases.checkpoints import opened
from store.append_only import lift_append_only
from store.cases import load_case
from store.engine import read, write
from store.erasure import erase_worker
from store.log_reading import newest_checkpoint
from store.log_signing import known_keys, verifies
from store.tables.cases import audit_event, decision, hardship_case, log_pending
from tests.store.builders import an_erasure
from tests.web.counter import Counter

PAGE = "/audit/log"


@pytest.fixture
def sequenced(demo: Counter) -> Counter:
    sequence_all(demo.office.station.engine, demo.office.station.keyring)
    return demo


def a_decision(counter: Counter, station: str = "station-1") -> tuple[str, str]:
    """The id of a decision of a station, and its case's."""
    with read(counter.office.station.engine) as connection:
        query = select(decision.c.id, decision.c.case_id).join(hardship_case, hardship_case.c.id == decision.c.case_id)
        row = connection.execute(query.where(hardship_case.c.station_id == station).order_by(decision.c.id)).first()
    assert row
    return row.id, row.case_id


def leaf_page(counter: Counter, leaf_id: str, reader: str = "auditor-1") -> str:
    return counter.signed_in(reader).client.get(PAGE, params={"leaf": leaf_id}).text


def test_before_anything_is_signed_the_page_says_so(demo: Counter) -> None:
    browser = demo.signed_in("auditor-1")
    assert "还没有检查点" in browser.get(PAGE).text
    assert browser.get(f"{PAGE}/checkpoint").url.path == PAGE
    assert "等待定序，尚无证明" in leaf_page(demo, a_decision(demo)[0])


def test_the_page_shows_what_is_signed_and_by_which_key(sequenced: Counter) -> None:
    with read(sequenced.office.station.engine) as connection:
        newest, keys = newest_checkpoint(connection), known_keys(connection)
    assert newest
    browser = sequenced.signed_in("auditor-1")
    page = browser.get(PAGE).text
    assert newest.root.hex() in page
    assert all(key.spelled in page.replace("&#43;", "+") for key in keys.values())
    assert '<td data-label="种类">审批人的决定</td>' in page
    file = browser.get(f"{PAGE}/checkpoint")
    assert file.headers["content-disposition"] == f'attachment; filename="checkpoint-{newest.size}.txt"'
    assert opened(file.text, keys, verifies).root == newest.root


def test_a_decisions_proof_is_checked_as_it_is_shown_and_the_look_is_written_down(sequenced: Counter) -> None:
    leaf_id, case_id = a_decision(sequenced)
    page = leaf_page(sequenced, leaf_id)
    assert "刚刚核验：在签名的日志" in page
    assert f'href="/audit/cases/{case_id}"' in page
    with read(sequenced.office.station.engine) as connection:
        looked = select(audit_event.c.actor, audit_event.c.case_id).where(audit_event.c.kind == "read-leaf")
        assert connection.execute(looked).one() == ("auditor-1", case_id)
    decisions = sequenced.signed_in("auditor-1").get("/audit/decisions").text
    assert "/audit/log?leaf=" in decisions


def test_a_record_that_was_changed_shows_at_once(sequenced: Counter) -> None:
    leaf_id, _ = a_decision(sequenced)
    with write(sequenced.office.station.engine) as connection:
        lift_append_only(connection)
        record = connection.execute(select(log_pending.c.record).where(log_pending.c.id == leaf_id)).scalar_one()
        changed = record.replace('"format":2', '"format":1')
        connection.execute(update(log_pending).where(log_pending.c.id == leaf_id).values(record=changed))
    assert "不成立" in leaf_page(sequenced, leaf_id)


def test_an_erased_decision_says_when_and_why_and_its_proof_holds(sequenced: Counter) -> None:
    leaf_id, case_id = a_decision(sequenced)
    station = sequenced.office.station
    with write(station.engine) as connection:
        erase_worker(connection, station.keyring, load_case(connection, case_id).worker_id, an_erasure())
    page = leaf_page(sequenced, leaf_id)
    assert "已于2026-03-02删除，依据：本人撤回同意" in page
    assert "刚刚核验：在签名的日志" in page
    case = sequenced.signed_in("auditor-1").get(f"/cases/{case_id}").text
    assert "已于2026-03-02删除，依据：本人撤回同意" in case
    browser = sequenced.signed_in("auditor-1")
    browser.send("/preferences", {"language": "en"}, form_at=PAGE)
    assert "Erased on 2026-03-02; the basis: the person withdrew their consent" in browser.get(f"/cases/{case_id}").text


def test_a_leaf_outside_an_auditors_stations_does_not_exist_for_them(sequenced: Counter) -> None:
    leaf_id, _ = a_decision(sequenced, "station-3")
    page = leaf_page(sequenced, leaf_id, "auditor-2")
    assert "没有这一条" in page
    assert "policy_hash" not in page
    assert "最近的条目" not in page
    assert "没有这一条" in leaf_page(sequenced, "no-such-leaf")


def test_a_caseworker_does_not_see_the_log(sequenced: Counter) -> None:
    assert sequenced.signed_in("caseworker-1").get(PAGE).status_code == 403

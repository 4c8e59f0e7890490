"""What an act leaves in the record beyond its case: facts with their source, decisions with their leaf."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Row, select

from cases.determinations import Determination
from cases.facts import Source, SourceKind, SubjectKind
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    RecordFact,
    RejectDeparture,
)
from cases.hardship.needing import OpenNeed
from store.decision_log import leaf_hash, line_of_word, salts_of
from store.determinations import determination_record, kept_text
from store.engine import read
from store.facts import current_facts
from store.person_keys import person_key
from store.tables.cases import decision, log_pending
from tests.activities.office import Office

MADE = f"{HARDSHIP}-1"


def decisions(office: Office) -> list[Row[Any]]:
    with read(office.station.engine) as connection:
        return list(connection.execute(select(decision)))


def logged(office: Office, kind: str) -> dict[str, Any]:
    """The record of the one leaf of a kind."""
    with read(office.station.engine) as connection:
        rows = [row for row in connection.execute(select(log_pending)) if json.loads(row.record)["kind"] == kind]
        [row] = [row for row in rows if json.loads(row.record)["determination"] == MADE]
    assert leaf_hash(row.record) == row.leaf
    said: dict[str, Any] = json.loads(row.record)
    return said


def determined(office: Office) -> tuple[Determination, str]:
    with read(office.station.engine) as connection:
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        record = determination_record(connection, key, office.case.id, MADE)
        return record, kept_text(connection, key, office.case.id, MADE).text


def commitments(office: Office, leaf_id: str, **words: str) -> dict[str, Any]:
    """What a leaf about the determination must commit to, made here again: every line of it, and each word."""
    made, text = determined(office)
    lines = text.encode().split(b"\n")
    assert len(lines) == 1 + len(json.loads(made.facts_json)) + len(made.findings)
    with read(office.station.engine) as connection:
        key = person_key(connection, office.station.keyring, office.case.worker_id)
    given = [*lines, *(line_of_word(*each) for each in words.items())]
    salts = salts_of(key, leaf_id, len(given))
    hashes = [sha256(salts[32 * at : 32 * at + 32] + line).digest() for at, line in enumerate(given)]
    shown = {name: hash_.hex() for name, hash_ in zip(words, hashes[len(lines) :], strict=True)}
    committed = {"committed": sha256(b"".join(hashes[: len(lines)])).hexdigest()}
    return committed | ({"words": shown} if shown else {})


def described(office: Office) -> dict[str, Any]:
    """What the leaf of a determination says in clear."""
    made, _ = determined(office)
    case = office.case
    return {
        "format": 2,
        "case": case.id,
        "station": case.station_id,
        "workflow": case.id,
        "determination": MADE,
        "policy": HARDSHIP,
        "version": made.version,
        "policy_hash": made.policy_hash,
        "jurisdiction": made.jurisdiction,
        "conclusion": "granted",
        "amount_fen": None,
        "engines": made.engines,
    }


def test_a_fact_is_kept_with_its_source(office: Office) -> None:
    office.register()
    act = RecordFact("disabled", True, SourceKind.RECOGNITION, office.today, "证件", "示例区残联", "示例证1号")  # noqa: FBT003
    office.does(act, "officer-1")
    with read(office.station.engine) as connection:
        worker = office.case.worker_id
        fact = current_facts(connection, office.station.keyring, SubjectKind.WORKER, worker, office.today)["disabled"]
    assert (fact.value, fact.source, fact.established_on, fact.recorded_by) == (
        True,
        Source(SourceKind.RECOGNITION, "证件", "示例区残联", "示例证1号"),
        office.today,
        "officer-1",
    )


def test_an_adoption_is_a_decision_of_one_officer(office: Office) -> None:
    office.register()
    office.does(AdoptDetermination(MADE), "officer-1")
    [row] = decisions(office)
    assert (row.determination_id, row.granted, row.departs, row.officer, row.second_officer, row.at) == (
        MADE,
        True,
        False,
        "officer-1",
        None,
        office.now,
    )


def test_a_departure_is_a_decision_only_once_it_is_confirmed(office: Office) -> None:
    office.register()
    office.does(DepartFromDetermination(MADE, granted=False, reason="已有工作"), "officer-1")
    assert decisions(office) == []
    office.does(ConfirmDeparture(MADE), "officer-2")
    [row] = decisions(office)
    assert (row.granted, row.departs, row.officer, row.second_officer) == (False, True, "officer-1", "officer-2")


def test_a_rejected_departure_is_no_decision(office: Office) -> None:
    office.register()
    office.does(DepartFromDetermination(MADE, granted=False, reason="已有工作"), "officer-1")
    office.does(RejectDeparture(MADE, "不成立"), "officer-2")
    assert decisions(office) == []
    office.does(AdoptDetermination(MADE), "officer-2")
    [row] = decisions(office)
    assert (row.departs, row.officer, row.second_officer) == (False, "officer-2", None)


@pytest.mark.parametrize("departs", [False, True])
def test_a_leaf_says_what_was_decided_and_commits_to_every_fact_that_was_read(office: Office, departs: bool) -> None:
    office.register()
    if departs:
        office.does(DepartFromDetermination(MADE, granted=False, reason="已有工作"), "officer-1")
        office.does(ConfirmDeparture(MADE), "officer-2")
    else:
        office.does(AdoptDetermination(MADE), "officer-1")
    record = logged(office, "decision")
    [row] = decisions(office)
    body = '{"determination":"hardship-worker-1"}'
    words = {"act": body}
    if departs:
        words["reason"] = "已有工作"
    assert record == {
        **described(office),
        **commitments(office, row.id, **words),
        "kind": "decision",
        "id": row.id,
        "step": row.id,
        "decision": row.id,
        "actor": "officer-2" if departs else "officer-1",
        "granted": not departs,
        "departs": departs,
        "officer": "officer-1",
        "second_officer": "officer-2" if departs else None,
        "at": office.now.isoformat(),
    }


def test_a_determination_is_a_leaf_before_any_officer_sees_it(office: Office) -> None:
    office.register()
    record = logged(office, "determination")
    step = record["step"]
    assert step.startswith(f"{office.case.id}/determination/{HARDSHIP}/")
    said = {"kind": "determination", "id": step, "step": step, "actor": "engine", "at": office.now.isoformat()}
    assert record == {**described(office), **commitments(office, step), **said}


def test_no_verdict_and_no_value_stands_in_clear(office: Office) -> None:
    office.register()
    record = logged(office, "determination")
    assert re.fullmatch(r"[0-9a-f]{64}", record["committed"])
    assert not {"facts", "findings", "waiting_since", "yes", "no", True, False} & {*record, *record.values()}


def test_most_acts_leave_nothing_more(office: Office) -> None:
    office.register()
    office.does(OpenNeed("孩子无人看管"))
    assert decisions(office) == []

"""What an act leaves in the record beyond its case: facts with their source, decisions with their leaf."""

import json
from typing import Any

import pytest
from sqlalchemy import Row, select

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
from store.decision_log import commitment, leaf_hash
from store.determinations import determination_record
from store.encryption import open_sealed
from store.engine import read
from store.facts import current_facts
from store.person_keys import person_key
from store.tables.cases import decision, log_pending
from tests.activities.office import Office

MADE = f"{HARDSHIP}-1"


def decisions(office: Office) -> list[Row[Any]]:
    with read(office.station.engine) as connection:
        return list(connection.execute(select(decision)))


def logged(office: Office) -> tuple[dict[str, Any], bytes, dict[str, str]]:
    """The record of the one pending leaf, the leaf, and what its commitments should be."""
    with read(office.station.engine) as connection:
        row = connection.execute(select(log_pending)).one()
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        salt = bytes.fromhex(open_sealed(key, "log_pending", "salt_sealed", row.id, row.salt_sealed))
        made = determination_record(connection, key, office.case.id, MADE)
    facts = {name: commitment(salt, name, value) for name, value in json.loads(made.facts_json).items()}
    assert leaf_hash(row.record) == row.leaf
    return json.loads(row.record), row.leaf, facts


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
    record, _, facts = logged(office)
    with read(office.station.engine) as connection:
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        made = determination_record(connection, key, office.case.id, MADE)
    [row] = decisions(office)
    assert record == {
        "case": office.case.id,
        "decision": row.id,
        "determination": MADE,
        "policy": HARDSHIP,
        "version": made.version,
        "policy_hash": made.policy_hash,
        "conclusion": "granted",
        "granted": not departs,
        "departs": departs,
        "officer": "officer-1",
        "second_officer": "officer-2" if departs else None,
        "at": office.now.isoformat(),
        "facts": facts,
    }
    assert {"waiting_since", "in_work"} <= facts.keys()


def test_most_acts_leave_nothing_more(office: Office) -> None:
    office.register()
    office.does(OpenNeed("孩子无人看管"))
    assert decisions(office) == []

"""A determination is kept sealed and whole, so that it can be made again."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, NoResultFound

from cases.authorities import Authority, Tag
from cases.determinations import (
    Conclusion,
    Determination,
    Disagreement,
    Finding,
    Question,
    Reading,
    Shortfall,
    Verdict,
)
from cases.wording import Wording
from store.aead import Key, WrongPlace
from store.determinations import Kept, determination_record, keep_determination
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import determination_record as table
from tests.builders import OPENED_AT
from tests.store.casework import opened_case

MADE = Determination(
    policy="hardship-worker",
    version="2026-01-01",
    policy_hash="abc",
    jurisdiction="cn-50-99",
    conclusion=Conclusion.GRANTED,
    findings=(
        Finding(
            rule="long-wait",
            role="ground",
            verdict=Verdict.YES,
            read=(Reading("waiting_since", "2025-01-01"),),
            reason=Wording("待工满90天", "Out of work for 90 days"),
            authority=Authority("示例办法第三条", Tag.MEMORY),
            shortfalls=(Shortfall("a >= b", "1", "2", ("x",)),),
        ),
    ),
    questions=(Question("disabled", "applicant", Wording("是否残疾", "Disabled?")),),
    facts_json='{"waiting_since":"2025-01-01"}',
    engines="evaluator 1; durable-rules 2.0.28",
    disagreements=(Disagreement("long-wait", Verdict.YES, Verdict.NO),),
)


@pytest.fixture
def key(connection: Connection, keyring: KeyRing) -> Key:
    return person_key(connection, keyring, opened_case(connection, keyring).worker_id)


def test_a_determination_is_read_as_it_was_made(connection: Connection, key: Key) -> None:
    keep_determination(connection, Kept(key, "case-1", "hardship-worker-1", MADE), OPENED_AT)
    assert determination_record(connection, key, "case-1", "hardship-worker-1") == MADE


def test_only_codes_stand_in_clear(connection: Connection, key: Key) -> None:
    keep_determination(connection, Kept(key, "case-1", "hardship-worker-1", MADE), OPENED_AT)
    row = connection.execute(select(table)).one()
    assert (row.policy, row.version, row.policy_hash, row.jurisdiction, row.conclusion, row.engines, row.made_at) == (
        MADE.policy,
        MADE.version,
        MADE.policy_hash,
        MADE.jurisdiction,
        MADE.conclusion,
        MADE.engines,
        OPENED_AT,
    )
    assert b"2025-01-01" not in row.detail_sealed


def test_a_determination_opens_at_its_own_place_alone(connection: Connection, key: Key) -> None:
    keep_determination(connection, Kept(key, "case-1", "hardship-worker-1", MADE), OPENED_AT)
    keep_determination(connection, Kept(key, "case-1", "hardship-worker-2", replace(MADE, version="2")), OPENED_AT)
    second = connection.execute(select(table.c.detail_sealed).where(table.c.id == "hardship-worker-2")).scalar_one()
    connection.execute(table.update().where(table.c.id == "hardship-worker-1").values(detail_sealed=second))
    with pytest.raises(WrongPlace):
        determination_record(connection, key, "case-1", "hardship-worker-1")


def test_a_determination_is_kept_once(connection: Connection, key: Key) -> None:
    keep_determination(connection, Kept(key, "case-1", "hardship-worker-1", MADE), OPENED_AT)
    with pytest.raises(IntegrityError), connection.begin_nested():
        keep_determination(connection, Kept(key, "case-1", "hardship-worker-1", MADE), OPENED_AT)
    with pytest.raises(NoResultFound):
        determination_record(connection, key, "case-1", "hardship-worker-2")

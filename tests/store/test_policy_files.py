"""Proposals and publications as the record keeps them: by two persons, once, and never edited."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from cases.days import ONE_DAY, day_of
from cases.refusals import Refused
from cases.roles import Role
from store.keys import KeyRing
from store.policy_files import (
    ContentTampered,
    Overtaken,
    checks,
    content,
    digest,
    newest_publication,
    proposal,
    proposals,
    propose,
    publish,
    published_texts,
    record_check,
    withdraw,
)
from store.policy_proposals import Check, NewProposal, ProposalState, Withdrawal
from store.policy_reach import policy_officer, writes_law_for
from store.staff import Grant, Staff, add_staff, grant_role
from store.tables.cases import audit_event, log_pending
from store.tables.policies import policy_publication, policy_text
from tests.store.builders import NOW, TODAY

FIRST, SECOND = "policy-officer-1", "policy-officer-2"
DRAFT = NewProposal("proposal-1", ("cn/a.yaml",), ("cn",), "id: a\n", FIRST, "新办法施行")
PASSED = Check(passed=True, report={"run": 3, "failed": []}, run_by=SECOND, run_at=NOW)


@pytest.fixture
def record(connection: Connection) -> Connection:
    """Another policy officer beside the one of the examples."""
    add_staff(connection, Staff(SECOND, "某某", TODAY), NOW)
    grant_role(connection, Grant(SECOND, Role.POLICY_OFFICER, "cn-50", TODAY), "administrator-1", NOW)
    return connection


def publishes(
    record: Connection, keyring: KeyRing, check: Check = PASSED, *, after: int = 0, id_: str = "proposal-1"
) -> int:
    return publish(record, keyring, id_, check, day_of(NOW) + ONE_DAY, "核对无误", after).number


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def kinds(record: Connection) -> list[str]:
    query = select(audit_event.c.kind).where(audit_event.c.about_kind == "policy-proposal")
    return list(record.scalars(query.order_by(audit_event.c.recorded_at, audit_event.c.id)))


def test_a_proposal_is_kept_with_its_text_under_its_hash(record: Connection, keyring: KeyRing) -> None:
    kept = propose(record, keyring, DRAFT, NOW)
    assert (kept.state, kept.files, kept.replaces) == (ProposalState.OPEN, ("cn/a.yaml",), 0)
    assert kept.sha256 == digest(DRAFT.content)
    assert content(record, kept.sha256) == DRAFT.content
    assert proposal(record, "proposal-1") == kept == proposals(record)[0]


def test_sent_again_it_is_kept_once(record: Connection, keyring: KeyRing) -> None:
    kept = propose(record, keyring, DRAFT, NOW)
    assert propose(record, keyring, replace(DRAFT, content="id: other\n"), NOW + ONE_DAY) == kept
    assert kinds(record) == ["propose-policy"]


def test_a_second_person_publishes_and_every_act_leaves_its_trace(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    record_check(record, keyring, "proposal-1", replace(PASSED, run_by=FIRST))
    assert publishes(record, keyring) == 1
    found = proposal(record, "proposal-1")
    assert found
    assert found.publication
    assert found.state is ProposalState.PUBLISHED
    assert (found.publication.published_by, found.publication.in_use_from) == (SECOND, TODAY + ONE_DAY)
    assert [text.content for text in published_texts(record)] == [DRAFT.content]
    assert newest_publication(record) == 1
    assert len(checks(record, "proposal-1")) == 1
    assert sorted(kinds(record)) == ["check-policy", "propose-policy", "publish-policy"]
    (leaf,) = record.scalars(select(log_pending.c.record))
    assert '"publication"' in leaf
    assert found.sha256 in leaf


def test_whoever_proposed_it_cannot_publish_it(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    with pytest.raises(Refused) as refused:
        publishes(record, keyring, replace(PASSED, run_by=FIRST))
    assert codes(refused) == ["second-person"]


def _row(by: str, proposed_by: str) -> dict[str, Any]:
    return {
        "proposal_id": "proposal-1",
        "number": 1,
        "sha256": digest(DRAFT.content),
        "proposed_by": proposed_by,
        "published_by": by,
        "published_at": NOW,
        "in_use_from": TODAY,
        "why": "",
        "report": {},
        "recorded_at": NOW,
    }


@pytest.mark.parametrize(
    ("by", "proposed_by"),
    [pytest.param(FIRST, FIRST, id="openly"), pytest.param(FIRST, SECOND, id="by naming somebody else as proposer")],
)
def test_nor_by_the_database(record: Connection, keyring: KeyRing, by: str, proposed_by: str) -> None:
    propose(record, keyring, DRAFT, NOW)
    with pytest.raises(IntegrityError), record.begin_nested():
        record.execute(insert(policy_publication).values(_row(by, proposed_by)))


def test_examples_that_did_not_come_out_stop_it(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    with pytest.raises(Refused) as refused:
        publishes(record, keyring, replace(PASSED, passed=False))
    assert codes(refused) == ["examples-not-passed"]


def test_a_file_is_published_once(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    propose(record, keyring, replace(DRAFT, id="proposal-2"), NOW)
    publishes(record, keyring)
    for again in ("proposal-1", "proposal-2"):
        with pytest.raises(Refused) as refused:
            publishes(record, keyring, after=1, id_=again)
        assert codes(refused) == ["published-already"]
    with pytest.raises(Refused) as refused:
        propose(record, keyring, replace(DRAFT, id="proposal-3"), NOW)
    assert codes(refused) == ["published-already"]


def test_what_was_published_meanwhile_was_not_tried_with_it(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    propose(record, keyring, replace(DRAFT, id="other", files=("cn/b.yaml",), content="id: b\n"), NOW)
    publishes(record, keyring, id_="other")
    with pytest.raises(Overtaken):
        publishes(record, keyring, after=0)
    assert publishes(record, keyring, after=1) == 2


def test_a_proposal_made_before_its_file_was_published_anew_is_overtaken(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    newer = replace(DRAFT, id="newer", files=("cn/a.yaml", "cn/b.yaml"), content="id: a2\n")
    propose(record, keyring, newer, NOW)
    publishes(record, keyring, id_="newer")
    with pytest.raises(Overtaken):
        publishes(record, keyring, after=1)
    assert propose(record, keyring, replace(DRAFT, id="anew", content="id: a3\n"), NOW).replaces == 1


def test_withdrawn_is_not_published_and_published_is_not_withdrawn(record: Connection, keyring: KeyRing) -> None:
    propose(record, keyring, DRAFT, NOW)
    withdraw(record, keyring, "proposal-1", Withdrawal(FIRST, NOW + timedelta(hours=1), "写错了"))
    found = proposal(record, "proposal-1")
    assert found
    assert found.state is ProposalState.WITHDRAWN
    with pytest.raises(Refused) as refused:
        publishes(record, keyring)
    assert codes(refused) == ["withdrawn-already"]
    propose(record, keyring, replace(DRAFT, id="proposal-2"), NOW)
    publishes(record, keyring, id_="proposal-2")
    with pytest.raises(Refused) as refused:
        withdraw(record, keyring, "proposal-2", Withdrawal(FIRST, NOW, "晚了"))
    assert codes(refused) == ["published-already"]


@pytest.mark.parametrize("change", [update(policy_text).values(content="id: forged\n"), delete(policy_publication)])
def test_nothing_is_edited_and_nothing_deleted(record: Connection, keyring: KeyRing, change: Any) -> None:
    propose(record, keyring, DRAFT, NOW)
    publishes(record, keyring)
    with pytest.raises(DBAPIError, match="append-only"), record.begin_nested():
        record.execute(change)


def test_a_text_that_is_not_the_one_that_was_published_is_found(record: Connection, keyring: KeyRing) -> None:
    with record.begin_nested() as undone:
        record.execute(
            insert(policy_text).values(sha256=digest(DRAFT.content), content="id: forged\n", recorded_at=NOW)
        )
        propose(record, keyring, DRAFT, NOW)
        publishes(record, keyring)
        with pytest.raises(ContentTampered):
            published_texts(record)
        undone.rollback()


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [("cn", True, False), ("cn-50", True, True), ("cn-50-99", True, True), ("cn-42", True, False),
     ("cn-501", True, False), ("facts/person.yaml", True, False)],
)  # fmt: skip
def test_an_officer_writes_the_law_of_their_places_and_within(
    record: Connection, place: str, first: bool, second: bool
) -> None:
    for staff_id, may in ((FIRST, first), (SECOND, second), ("manager-1", False)):
        assert writes_law_for(record, policy_officer(record, staff_id, TODAY), place) is may

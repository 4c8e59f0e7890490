"""Erasing a worker: key and salts are destroyed, what would still find them goes, and a leaf of the log says so.

Rows, leaves and proofs keep their shape. `store.holding` knows what asks for a file to be kept.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, or_, select, update

from cases.erasing import Erasure
from cases.refusals import Refused, refusal
from store.aead import Key
from store.any_case import any_case
from store.decision_log import ERASURE, log_event
from store.keys import KeyRing
from store.person_keys import KeyDestroyed, destroy_person_key, person_key
from store.tables.cases import decision, determination, log_pending
from store.tables.entitlements import entitlement
from store.tables.erasures import erasure as table
from store.tables.finding import worker_finding
from store.tables.people import household_member, worker, worker_skill, worker_wish
from store.tables.queue import queue_item
from store.ulids import new_id

FOUND_BY: Final = ("identity_token", "phone_token", "name_token")


class Erased(Refused):
    """What was asked for is gone: when, and on which basis. Its proof in the decision log still holds."""

    def __init__(self, erasure: Erasure | None) -> None:
        self.erasure = erasure
        zh, en = (erasure.wording.zh, erasure.wording.en) if erasure else ("已删除。", "Erased.")
        super().__init__(
            (
                refusal(
                    "erased",
                    f"本人的信息{zh}决定日志中的证明仍然有效。",
                    f"The worker's data are gone. {en} The proofs in the decision log still hold.",
                ),
            )
        )


def erase_worker(connection: Connection, keyring: KeyRing, worker_id: str, erasure: Erasure) -> bool:
    """Make a worker unreadable for ever, and say whether they were readable; all in the caller's transaction.

    Whether a law asks for the file to be kept is for the caller to know (`store.holding`).
    """
    had_key = destroy_person_key(connection, worker_id)
    forget_traces(connection, worker_id)
    _forget_turns(connection, worker_id)
    connection.execute(
        update(worker).where(worker.c.id == worker_id, worker.c.erased_at.is_(None)).values(erased_at=erasure.at)
    )
    _destroy_empty_households(connection, worker_id)
    destroyed = _destroy_salts(connection, worker_id)
    if had_key:
        _leave_tombstone(connection, keyring, worker_id, erasure, destroyed)
    return had_key


def forget_traces(connection: Connection, worker_id: str) -> None:
    """Nobody finds them any more: not by number, phone or name, nor for a vacancy or a subsidy."""
    for each in (worker_skill, worker_wish, worker_finding):
        connection.execute(delete(each).where(each.c.worker_id == worker_id))
    about = or_(entitlement.c.applicant_id == worker_id, entitlement.c.hired == worker_id)
    connection.execute(delete(entitlement).where(about))
    connection.execute(update(worker).where(worker.c.id == worker_id).values(dict.fromkeys(FOUND_BY)))


def _forget_turns(connection: Connection, worker_id: str) -> None:
    """The day on which time turns an outcome stands in clear, and is often a birthday; nobody waits for it any more."""
    theirs = select(any_case.c.id).where(any_case.c.worker_id == worker_id)
    here = determination.c.case_id.in_(theirs)
    connection.execute(update(determination).where(here).values(turns_on=None, turns_to=None))
    connection.execute(delete(queue_item).where(queue_item.c.case_id.in_(theirs)))


def erasure_of(connection: Connection, worker_id: str) -> Erasure | None:
    """When a worker was erased, and why; None for one who was not."""
    row = connection.execute(select(table).where(table.c.worker_id == worker_id)).one_or_none()
    return Erasure(row.basis, row.actor, row.at) if row else None


def erasure_of_leaf(connection: Connection, leaf_id: str) -> Erasure | None:
    """The same of the worker whom a leaf is about: then what it commits to can be told by nobody."""
    row = connection.execute(select(log_pending.c.person_id).where(log_pending.c.id == leaf_id)).one_or_none()
    return erasure_of(connection, row.person_id) if row and row.person_id else None


def key_of_worker(connection: Connection, keyring: KeyRing, worker_id: str) -> Key:
    """As `store.person_keys.person_key`. Raises Erased, which says when and why."""
    try:
        return person_key(connection, keyring, worker_id)
    except KeyDestroyed:
        raise Erased(erasure_of(connection, worker_id)) from None


def _leave_tombstone(
    connection: Connection, keyring: KeyRing, worker_id: str, erasure: Erasure, destroyed: list[str]
) -> None:
    erasure_id = new_id(erasure.at)
    connection.execute(
        insert(table).values(
            id=erasure_id,
            worker_id=worker_id,
            basis=erasure.basis,
            actor=erasure.actor,
            at=erasure.at,
            recorded_at=datetime.now(UTC),
        )
    )
    record = {"person": worker_id, "basis": erasure.basis.value, "actor": erasure.actor, "entries": destroyed}
    log_event(connection, keyring, ERASURE, record, erasure.at, event_id=erasure_id)


def _destroy_salts(connection: Connection, worker_id: str) -> list[str]:
    """The ids of the leaves whose commitments nobody can open from now on.

    Salts that come from the person's key went with it; those of before are kept by themselves, and go here.
    """
    about = _about(worker_id)
    found = sorted(connection.execute(select(log_pending.c.id).where(about)).scalars())
    connection.execute(
        update(log_pending).where(log_pending.c.salt_sealed.is_not(None), about).values(salt_sealed=None)
    )
    return found


def _about(worker_id: str) -> ColumnElement[bool]:
    """Leaves about a worker; those of before the log said whom, by their case."""
    decided: Select[tuple[str]] = (
        select(decision.c.id)
        .join(any_case, any_case.c.id == decision.c.case_id)
        .where(any_case.c.worker_id == worker_id)
    )
    return or_(log_pending.c.person_id == worker_id, log_pending.c.id.in_(decided))


def _destroy_empty_households(connection: Connection, worker_id: str) -> None:
    """A household without anybody else in the ledger goes with its last."""
    theirs = select(household_member.c.household_id).where(household_member.c.worker_id == worker_id)
    for household_id in connection.execute(theirs.distinct()).scalars().all():
        others = (
            select(worker.c.id)
            .join(household_member, household_member.c.worker_id == worker.c.id)
            .where(household_member.c.household_id == household_id, worker.c.erased_at.is_(None))
        )
        if connection.execute(others).first() is None:
            destroy_person_key(connection, household_id)

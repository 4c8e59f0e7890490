"""Checking the decision log as it stands in the database: the tree, and that the record and the log say the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, select

from activities.log_rows import rows_otherwise, rows_without_leaf
from cases.checkpoints import Checkpoint, PublicKey
from cases.hardship.determining import DeterminationMade
from cases.log_check import Finding, LogCheck
from cases.wording import Wording
from store.engine import read
from store.keys import KeyRing
from store.log_export import log_lines
from store.log_reading import newest_checkpoint
from store.log_sequence import as_written
from store.log_signing import verifies
from store.tables.cases import case_step, decision, log_pending
from store.tables.log import log_checkpoint, log_entry, log_waiting

AT_ONCE: Final = 1_000
Progress = Callable[[int, int], None]  # how many leaves of how many


@dataclass(frozen=True)
class Checked:
    """What a check came to: how much was checked, and everything that is wrong."""

    leaves: int
    checkpoints: int
    findings: tuple[Finding, ...]


def check_live(
    engine: Engine,
    keyring: KeyRing,
    *,
    trusted: Mapping[str, PublicKey],
    kept: Sequence[Checkpoint],
    progress: Progress = lambda _done, _of: None,
) -> Checked:
    with read(engine) as connection:
        newest = newest_checkpoint(connection)
        checking = LogCheck(verifies, trusted, kept, whole=False)
        if newest is None:
            return Checked(0, 0, (*checking.done(), *_against_the_record(connection, keyring)))
        for written in log_lines(connection):
            checking.feed(written.line)
            progress(written.leaves, newest.size)
        found = [*checking.done(), *_against_the_record(connection, keyring)]
    return Checked(checking.count, checking.checkpoints, tuple(found))


def _against_the_record(connection: Connection, keyring: KeyRing) -> Iterator[Finding]:
    for leaf_id in altered_leaves(connection, keyring):
        yield _finding(leaf_id, "叶被改动，或不是驿站写的", "the leaf was changed, or not written by the station")
    for leaf_id in connection.execute(select(log_pending.c.id).where(nowhere())).scalars():
        yield _finding(leaf_id, "叶不在日志中，也不在待定序之列", "the leaf has no index, and does not wait for one")
    for leaf_id in decisions_without_leaf(connection):
        yield _finding(leaf_id, "决定没有叶", "the decision has no leaf")
    for step in determinations_without_leaf(connection):
        yield _finding(step, "认定没有叶", "the determination has no leaf")
    for row_id in rows_without_leaf(connection):
        yield _finding(row_id, "删除或发布没有叶", "an erasure or a publication has no leaf")
    for leaf_id in rows_otherwise(connection, _leaves(connection)):
        yield _finding(
            leaf_id, "记录中的那一行已不在，或与叶所记不同", "its row in the record is gone, or says otherwise"
        )


def _leaves(connection: Connection) -> Iterator[tuple[str, str]]:
    query = select(log_pending.c.id, log_pending.c.record).order_by(log_pending.c.id)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        yield row.id, row.record


def altered_leaves(connection: Connection, keyring: KeyRing, *, waiting_only: bool = False) -> Iterator[str]:
    """Leaves that are not those of their records, or whose receipt is not ours."""
    row_of = log_pending.c
    query = select(row_of.id, row_of.record, row_of.leaf, row_of.at, row_of.receipt).order_by(row_of.id)
    if waiting_only:
        query = query.join(log_waiting, log_waiting.c.id == log_pending.c.id)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        if not as_written(keyring, row):
            yield row.id


def decisions_without_leaf(connection: Connection) -> list[str]:
    query = select(decision.c.id).where(~exists().where(log_pending.c.id == decision.c.id))
    return list(connection.execute(query).scalars())


def determinations_without_leaf(connection: Connection) -> list[str]:
    """Steps that determined something, since there is a log; those of before it left no leaf."""
    began = select(func.min(log_checkpoint.c.recorded_at)).scalar_subquery()
    query = select(case_step.c.key).where(
        case_step.c.kind == DeterminationMade.KIND,
        case_step.c.recorded_at > began,
        ~exists().where(log_pending.c.id == case_step.c.key),
    )
    return list(connection.execute(query).scalars())


def nowhere() -> ColumnElement[bool]:
    """Of a pending leaf: that it has no index, and waits for none."""
    return ~exists().where(log_entry.c.pending_id == log_pending.c.id) & ~exists().where(
        log_waiting.c.id == log_pending.c.id
    )


def _finding(leaf_id: str, zh: str, en: str) -> Finding:
    return Finding(0, Wording(f"{leaf_id}：{zh}", f"{leaf_id}: {en}"))

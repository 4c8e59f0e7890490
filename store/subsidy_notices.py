"""Public-notice lists in the record: made by and by, so that it can be gone on with wherever it was broken off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from cases.days import day_of
from cases.subsidy.stages import Applicant, Outcome, Stage
from store.rows import filled
from store.subsidy_waiting import chosen, waits
from store.tables.cases import case_step, clock
from store.tables.subsidies import subsidy_case
from store.tables.subsidy_notices import subsidy_notice, subsidy_notice_entry
from store.ulids import new_id

PUBLIC_NOTICE: Final = "public-notice"  # the clock
A_MOMENT: Final = timedelta(microseconds=1)
PASSED: Final = (Stage.PAYMENT, Stage.RUNNING)


@dataclass(frozen=True)
class NoticeList:
    """One list. `until_on` is known once every case is on it."""

    id: str
    station_id: str
    jurisdiction: str
    policy: str
    from_on: date
    until_on: date | None
    made_by: str
    at: datetime
    collected_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """One case on a list, as it was when it was chosen."""

    position: int
    case_id: str
    applicant: Applicant
    applicant_id: str
    hired: str | None
    amount_fen: int
    periods: tuple[str, ...]
    put_at_revision: int | None


def unfinished(connection: Connection, station_id: str, policy: str) -> NoticeList | None:
    """The list that is being made; gone on with before another is begun."""
    here = subsidy_notice.c.station_id == station_id, subsidy_notice.c.policy == policy
    query = select(subsidy_notice).where(*here, subsidy_notice.c.published_at.is_(None))
    row = connection.execute(query).mappings().one_or_none()
    return filled(NoticeList, row) if row else None


def begin(
    connection: Connection, station_id: str, jurisdiction: str, policy: str, made_by: str, at: datetime
) -> NoticeList:
    notice_id = new_id(at)
    row = {
        "id": notice_id,
        "station_id": station_id,
        "jurisdiction": jurisdiction,
        "policy": policy,
        "from_on": day_of(at),
        "made_by": made_by,
        "at": at,
        "recorded_at": datetime.now(UTC),
    }
    connection.execute(insert(subsidy_notice), row)
    return found(connection, notice_id)


def found(connection: Connection, notice_id: str) -> NoticeList:
    """Raises NoResultFound for an id of no list."""
    row = connection.execute(select(subsidy_notice).where(subsidy_notice.c.id == notice_id)).mappings().one()
    return filled(NoticeList, row)


def naming(connection: Connection, notice_id: str, case_id: str) -> tuple[NoticeList, str | None] | None:
    """A list, and by which determination it names a case; None for an id of no list."""
    entry = subsidy_notice_entry.c
    row = connection.execute(select(subsidy_notice).where(subsidy_notice.c.id == notice_id)).mappings().one_or_none()
    if row is None:
        return None
    named = select(entry.determination_id).where(
        entry.notice_id == notice_id, entry.case_id == case_id, entry.left_out.is_(None)
    )
    return filled(NoticeList, row), connection.scalar(named)


def notice_lists(connection: Connection, station_ids: Collection[str], most: int = 100) -> tuple[NoticeList, ...]:
    """Those of these stations, the latest first."""
    query = select(subsidy_notice).where(subsidy_notice.c.station_id.in_(station_ids))
    rows = connection.execute(query.order_by(subsidy_notice.c.id.desc()).limit(most)).mappings()
    return tuple(filled(NoticeList, row) for row in rows)


def collect(connection: Connection, notice: NoticeList, most: int, at: datetime, only: str | None = None) -> int:
    """Put the next cases that wait on the list (or one alone); 0: there are none, and the list is complete."""
    entry = subsidy_notice_entry.c
    last = connection.execute(
        select(func.max(entry.position), func.max(entry.case_id)).where(entry.notice_id == notice.id)
    ).one()
    here = subsidy_case.c.station_id == notice.station_id, subsidy_case.c.policy == notice.policy
    # In the order of their ids, so that every case is looked at once; one that comes in between is the next list's.
    query = select(subsidy_case.c.id).where(waits(), *here, subsidy_case.c.id > (last[1] or ""))
    if only:
        query = query.where(subsidy_case.c.id == only)
    ids = [row.id for row in connection.execute(query.order_by(subsidy_case.c.id).limit(most))]
    if not ids:
        this = subsidy_notice.c.id == notice.id, subsidy_notice.c.collected_at.is_(None)
        connection.execute(update(subsidy_notice).where(*this).values(collected_at=at))
        return 0
    first = (last[0] or 0) + 1
    rows = [{"notice_id": notice.id, "position": n} | row for n, row in enumerate(chosen(connection, ids), first)]
    connection.execute(insert(subsidy_notice_entry), rows)
    return len(rows)


def not_yet_put(connection: Connection, notice: NoticeList, after: int, most: int) -> tuple[Entry, ...]:
    """The next ones whose case was not told yet."""
    entry = subsidy_notice_entry.c
    query = _entries(notice.id).where(entry.put_at_revision.is_(None), entry.left_out.is_(None), entry.position > after)
    return _read(connection, query.order_by(entry.position).limit(most))


def told_already(connection: Connection, notice: NoticeList, case_ids: Collection[str]) -> Mapping[str, int]:
    """Cases that stand on the list by their own record, with their revisions: their step was written before."""
    query = select(subsidy_case.c.id, subsidy_case.c.revision).where(
        subsidy_case.c.id.in_(case_ids), subsidy_case.c.notice_id == notice.id
    )
    return {row.id: row.revision for row in connection.execute(query)}


def put(connection: Connection, notice: NoticeList, revisions: Mapping[str, int]) -> None:
    for case_id, revision in revisions.items():
        connection.execute(_this(notice, case_id).values(put_at_revision=revision, left_out=None))


def leave_out(connection: Connection, notice: NoticeList, reasons: Mapping[str, str]) -> None:
    """They are free for another list."""
    for case_id, reason in reasons.items():
        untold = _this(notice, case_id).where(subsidy_notice_entry.c.put_at_revision.is_(None))
        connection.execute(untold.values(left_out=reason))


def publish(connection: Connection, notice: NoticeList, at: datetime) -> NoticeList:
    """Whole: shown until the last of its cases' terms ends."""
    ends = (
        select(func.max(clock.c.due_at))
        .join(subsidy_notice_entry, subsidy_notice_entry.c.case_id == clock.c.case_id)
        .where(subsidy_notice_entry.c.notice_id == notice.id, clock.c.id == PUBLIC_NOTICE)
    )
    due = connection.scalar(ends)
    this = subsidy_notice.c.id == notice.id, subsidy_notice.c.published_at.is_(None)
    until_on = day_of(due - A_MOMENT) if due else notice.from_on  # a day ends with the midnight after it
    connection.execute(update(subsidy_notice).where(*this).values(until_on=until_on, published_at=at))
    return found(connection, notice.id)


def entries(connection: Connection, notice_id: str, skip: int, most: int) -> tuple[Entry, ...]:
    """So many of those on the list, in its order."""
    entry = subsidy_notice_entry.c
    query = _entries(notice_id).where(entry.put_at_revision.is_not(None))
    return _read(connection, query.order_by(entry.position).offset(skip).limit(most))


def withdrawn(connection: Connection, entries_shown: Sequence[Entry]) -> Mapping[str, date]:
    """Those whose case went back, or ended without money, while it was shown: by the first step that left the list."""
    put_at = {each.case_id: each.put_at_revision or 0 for each in entries_shown}
    steps = select(case_step.c.case_id, case_step.c.revision, case_step.c.at, case_step.c.receipt).where(
        case_step.c.case_id.in_(list(put_at))
    )
    left: dict[str, tuple[date, bool]] = {}
    for row in connection.execute(steps.order_by(case_step.c.case_id, case_step.c.revision)):
        stage, outcome = row.receipt["stage"], row.receipt["outcome"]
        if row.revision > put_at[row.case_id] and row.case_id not in left and stage != Stage.NOTICE:
            left[row.case_id] = day_of(row.at), stage in PASSED or outcome == Outcome.PAID
    return {case_id: on for case_id, (on, passed) in left.items() if not passed}


def how_many(connection: Connection, notice_id: str) -> int:
    entry = subsidy_notice_entry.c
    query = select(func.count()).where(entry.notice_id == notice_id, entry.put_at_revision.is_not(None))
    return connection.scalar(query) or 0


def left_out_of(connection: Connection, notice_id: str, most: int = 1_000) -> tuple[tuple[str, str], ...]:
    """Cases that were chosen and refused, with the refusal's code."""
    entry = subsidy_notice_entry.c
    query = select(entry.case_id, entry.left_out).where(entry.notice_id == notice_id, entry.left_out.is_not(None))
    return tuple((row.case_id, str(row.left_out)) for row in connection.execute(query.limit(most)))


def _entries(notice_id: str) -> Select[Any]:
    return (
        select(subsidy_notice_entry, subsidy_case.c.applicant, subsidy_case.c.applicant_id, subsidy_case.c.hired)
        .join(subsidy_case, subsidy_case.c.id == subsidy_notice_entry.c.case_id)
        .where(subsidy_notice_entry.c.notice_id == notice_id)
    )


def _read(connection: Connection, query: Select[Any]) -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def _entry(row: RowMapping) -> Entry:
    return filled(Entry, row, periods=tuple(row["periods"]))


def _this(notice: NoticeList, case_id: str) -> Any:  # noqa: ANN401  # an update
    entry = subsidy_notice_entry.c
    return update(subsidy_notice_entry).where(entry.notice_id == notice.id, entry.case_id == case_id)

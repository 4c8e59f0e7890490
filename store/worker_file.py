"""What the record holds about one worker besides the ledger's entry: determinations, papers, notices, who looked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from cases.canonical import Json
from cases.determinations import Conclusion
from cases.facts import Subject, SubjectKind, employment
from store.any_case import any_case
from store.encryption import open_if_known
from store.keys import KeyRing
from store.person_keys import person_keys
from store.rows import filled
from store.scope import Scope
from store.tables.cases import audit_event, determination, notice, paper
from store.tables.facts import fact

ABOUT: Final = "worker"
# Of a worker's own cases; other events of a case are its timeline.
CASE_LOOKS: Final = ("case-read",)


@dataclass(frozen=True)
class DeterminationOfWorker:
    case_id: str
    id: str
    policy: str
    conclusion: Conclusion
    made_at: datetime
    granted: bool | None
    decided_by: str | None
    departing: bool | None
    superseded: bool


@dataclass(frozen=True)
class PaperOfWorker:
    case_id: str
    id: str
    kind: str
    dated: date
    sha256: str | None
    waived_on: date | None


@dataclass(frozen=True)
class NoticeToWorker:
    id: str
    case_id: str
    wording: Json
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Look:
    """Somebody saw, exported or changed something about the worker."""

    id: str
    actor: str
    kind: str
    case_id: str | None
    reason: str | None
    at: datetime
    note: str | None = field(default=None, repr=False)


def determinations_of_worker(connection: Connection, scope: Scope, worker_id: str) -> tuple[DeterminationOfWorker, ...]:
    """Those of the cases that the reader may see, the latest first."""
    query = (
        select(determination)
        .join(any_case, any_case.c.id == determination.c.case_id)
        .where(any_case.c.worker_id == worker_id, scope.has_any_case())
        .order_by(determination.c.made_at.desc(), determination.c.case_id, determination.c.id.desc())
    )
    return tuple(filled(DeterminationOfWorker, row) for row in connection.execute(query).mappings())


def papers_of_worker(connection: Connection, scope: Scope, worker_id: str) -> tuple[PaperOfWorker, ...]:
    query = (
        select(paper)
        .join(any_case, any_case.c.id == paper.c.case_id)
        .where(any_case.c.worker_id == worker_id, scope.has_any_case())
        .order_by(paper.c.dated.desc(), paper.c.case_id, paper.c.id.desc())
    )
    return tuple(filled(PaperOfWorker, row) for row in connection.execute(query).mappings())


def notices_to_worker(connection: Connection, scope: Scope, worker_id: str) -> tuple[NoticeToWorker, ...]:
    query = (
        select(notice)
        .join(any_case, any_case.c.id == notice.c.case_id)
        .where(notice.c.recipient == worker_id, scope.has_any_case())
        .order_by(notice.c.at.desc(), notice.c.id)
    )
    return tuple(filled(NoticeToWorker, row) for row in connection.execute(query).mappings())


def facts_told(connection: Connection, worker_id: str) -> tuple[tuple[Subject, str], ...]:
    """The names that are or were told of a worker, and of their work with each employer that applied for them."""
    c = fact.c
    own = and_(c.subject_kind == SubjectKind.WORKER, c.subject_id == worker_id)
    employments = and_(
        c.subject_kind == SubjectKind.EMPLOYMENT, c.subject_id.startswith(employment(worker_id, "").id, autoescape=True)
    )
    query = select(c.subject_kind, c.subject_id, c.name).where(or_(own, employments)).distinct()
    rows = connection.execute(query.order_by(c.name, c.subject_id)).all()
    return tuple((Subject(row.subject_kind, row.subject_id), row.name) for row in rows)


def count_looks(connection: Connection, worker_id: str) -> int:
    return connection.scalar(select(func.count()).select_from(audit_event).where(_about(worker_id))) or 0


def looks(connection: Connection, keyring: KeyRing, worker_id: str, *, at_most: int, skip: int = 0) -> tuple[Look, ...]:
    """Who looked at a worker, or changed what is said of them, and why: the latest first."""
    query = (
        select(audit_event)
        .where(_about(worker_id))
        .order_by(audit_event.c.at.desc(), audit_event.c.id.desc())
        .limit(at_most)
        .offset(skip)
    )
    rows = connection.execute(query).mappings().all()
    key = person_keys(connection, keyring, [worker_id]).get(worker_id)
    return tuple(
        filled(
            Look,
            row,
            note=open_if_known(key, "audit_event", "note_sealed", row["id"], row["note_sealed"])
            if key is not None and row["about_id"] == worker_id
            else None,
        )
        for row in rows
    )


def looked_at_since(connection: Connection, kind: str, actor: str, worker_id: str, since: datetime) -> bool:
    query = select(audit_event.c.id).where(
        audit_event.c.about_kind == ABOUT,
        audit_event.c.about_id == worker_id,
        audit_event.c.kind == kind,
        audit_event.c.actor == actor,
        audit_event.c.at >= since,
    )
    return connection.execute(query.limit(1)).first() is not None


def _about(worker_id: str) -> ColumnElement[bool]:
    own_cases = select(any_case.c.id).where(any_case.c.worker_id == worker_id)
    return or_(
        (audit_event.c.about_kind == ABOUT) & (audit_event.c.about_id == worker_id),
        audit_event.c.case_id.in_(own_cases) & audit_event.c.kind.in_(CASE_LOOKS),
    )

"""What a sweep found of those who have not applied, and what they said when they were told."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select

from cases.subsidy.stages import Applicant
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import person_key, person_keys
from store.scope import Scope
from store.tables.employers import employer
from store.tables.entitlements import Standing, entitlement, entitlement_answer
from store.tables.people import worker
from store.ulids import new_id

PAGE_ROWS: Final = 25
_APPLIED: Final = delete(entitlement).where(
    # Of a person hired it is had once, so that no other employer is told of it either.
    or_(entitlement.c.applicant_id == bindparam("applicant"), entitlement.c.hired != ""),
    entitlement.c.hired == bindparam("hired"),
    entitlement.c.policy == bindparam("policy"),
)


@dataclass(frozen=True)
class Entitled:
    """One applicant and one subsidy, and whom they hired where it is had for each; empty where it is not.

    `missing`: facts that could still change it, in the order to ask them.
    """

    applicant: Applicant
    applicant_id: str
    hired: str
    office: str
    policy: str
    policy_hash: str
    standing: Standing
    missing: tuple[str, ...]
    amount_fen: int | None


@dataclass(frozen=True)
class Of:
    """One line: who could have which subsidy, and whom they hired where it is had for each."""

    applicant_id: str
    policy: str
    hired: str = ""

    @property
    def person(self) -> str:
        """Whose key seals what was said."""
        return self.hired or self.applicant_id


@dataclass(frozen=True)
class Answer:
    """They were told on a day, and by whom; `reason` where they do not want it."""

    told_on: date
    told_by: str
    reason: str | None = field(default=None, repr=False)

    @property
    def declined(self) -> bool:
        return self.reason is not None


@dataclass(frozen=True)
class Found:
    """A line of the list, with the latest answer."""

    entitled: Entitled
    found_on: date
    answer: Answer | None


@dataclass(frozen=True)
class Wanted:
    """Which lines a list shows; what is None narrows nothing. Whoever declined is left out unless asked for."""

    policy: str | None = None
    office: str | None = None
    applicant_id: str | None = None
    hired: str | None = None
    standing: Standing | None = None
    with_declined: bool = False


def replace_found(
    connection: Connection,
    applicant_ids: Collection[str],
    policies: Collection[str],
    found: Iterable[Entitled],
    at: datetime,
    on: date,
) -> None:
    """What was found of these applicants takes the place of what an earlier sweep found of them."""
    of_them = entitlement.c.applicant_id.in_(applicant_ids), entitlement.c.policy.in_(policies)
    connection.execute(delete(entitlement).where(*of_them))
    rows = [
        {"id": new_id(at), "found_on": on, "swept_at": at, **vars(each), "missing": list(each.missing)}
        for each in found
    ]
    if rows:
        connection.execute(insert(entitlement), rows)


def forget_before(connection: Connection, at: datetime) -> None:
    """After a sweep over everybody and every subsidy: what it did not find any more."""
    connection.execute(delete(entitlement).where(entitlement.c.swept_at < at))


def forget_applied(connection: Connection, applicant_id: str, hired: str | None, policy: str) -> None:
    """They applied."""
    connection.execute(_APPLIED, {"applicant": applicant_id, "hired": hired or "", "policy": policy})


def found_in(
    connection: Connection,
    keyring: KeyRing,
    wanted: Wanted,
    scope: Scope | None = None,
    start: int = 0,
    at_most: int | None = PAGE_ROWS,
) -> tuple[Found, ...]:
    """The surest first, and then those of whom fewest facts are missing."""
    c = entitlement.c
    query = (
        select(entitlement)
        .where(*_conditions(wanted, scope))
        .order_by(c.standing, func.length(c.missing), c.policy, c.id)
        .offset(start)
    )
    rows = connection.execute(query if at_most is None else query.limit(at_most)).mappings().all()
    answers = latest_answers(connection, keyring, {row["applicant_id"] for row in rows})
    return tuple(
        Found(
            Entitled(
                row["applicant"],
                row["applicant_id"],
                row["hired"],
                row["office"],
                row["policy"],
                row["policy_hash"],
                row["standing"],
                tuple(row["missing"]),
                row["amount_fen"],
            ),
            row["found_on"],
            answers.get((row["applicant_id"], row["hired"], row["policy"])),
        )
        for row in rows
    )


def count_found(connection: Connection, wanted: Wanted, scope: Scope | None = None) -> int:
    query = select(func.count()).select_from(entitlement).where(*_conditions(wanted, scope))
    return connection.scalar(query) or 0


def answer_of(connection: Connection, keyring: KeyRing, of: Of, answer: Answer, at: datetime) -> None:
    """Write down that they were told, or that they do not want it; nothing of before is changed."""
    answer_id = new_id(at)
    reason_sealed = None
    if answer.reason is not None:
        key = person_key(connection, keyring, of.person)
        reason_sealed = seal(key, "entitlement_answer", "reason_sealed", answer_id, answer.reason)
    connection.execute(
        insert(entitlement_answer).values(
            id=answer_id,
            **vars(of),
            told_on=answer.told_on,
            told_by=answer.told_by,
            reason_sealed=reason_sealed,
            recorded_at=at,
        )
    )


def latest_answers(
    connection: Connection, keyring: KeyRing, applicant_ids: Collection[str]
) -> Mapping[tuple[str, str, str], Answer]:
    """By applicant, person hired and subsidy."""
    table = entitlement_answer
    rows = connection.execute(
        select(table).where(table.c.applicant_id.in_(applicant_ids)).order_by(table.c.recorded_at, table.c.id)
    ).all()
    sealed_for = {row.hired or row.applicant_id for row in rows if row.reason_sealed is not None}
    keys = person_keys(connection, keyring, sealed_for)
    found: dict[tuple[str, str, str], Answer] = {}
    for row in rows:
        reason = None
        if row.reason_sealed is not None:
            if (row.hired or row.applicant_id) not in keys:
                continue  # erased
            key = keys[row.hired or row.applicant_id]
            reason = open_sealed(key, table.name, "reason_sealed", row.id, row.reason_sealed)
        found[row.applicant_id, row.hired, row.policy] = Answer(row.told_on, row.told_by, reason)
    return found


def _conditions(wanted: Wanted, scope: Scope | None) -> Iterator[ColumnElement[bool]]:
    c = entitlement.c
    named = {
        "policy": wanted.policy,
        "office": wanted.office,
        "applicant_id": wanted.applicant_id,
        "hired": wanted.hired,
    }
    yield from (c[name] == value for name, value in named.items() if value is not None)
    if wanted.standing:
        yield c.standing == wanted.standing
    if not wanted.with_declined:
        yield ~_declined()
    if scope is not None:
        workers = select(worker.c.id).where(scope.has_worker()).correlate(None)
        employers = select(employer.c.id).where(scope.has_employer()).correlate(None)
        # An employer is seen by all the stations of its place; whom it hired, by those that serve the person.
        yield or_(
            and_(c.applicant == Applicant.WORKER, c.applicant_id.in_(workers)),
            and_(
                c.applicant == Applicant.EMPLOYER,
                c.applicant_id.in_(employers),
                or_(c.hired == "", c.hired.in_(workers)),
            ),
        )


def _declined() -> ColumnElement[bool]:
    """The latest answer is that they do not want it."""
    table, later = entitlement_answer, entitlement_answer.alias()
    same = and_(
        later.c.applicant_id == table.c.applicant_id,
        later.c.hired == table.c.hired,
        later.c.policy == table.c.policy,
        or_(
            later.c.recorded_at > table.c.recorded_at,
            and_(later.c.recorded_at == table.c.recorded_at, later.c.id > table.c.id),
        ),
    )
    return (
        select(table.c.id)
        .where(
            table.c.applicant_id == entitlement.c.applicant_id,
            table.c.hired == entitlement.c.hired,
            table.c.policy == entitlement.c.policy,
            table.c.reason_sealed.is_not(None),
            ~select(later.c.id).where(same).exists(),
        )
        .exists()
    )

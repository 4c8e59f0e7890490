"""The lists of policies that cases are pinned to, each under the hash of itself."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from cases.canonical import canonical
from store.any_case import any_case
from store.remembered import once
from store.tables.cases import determination_record, hardship_case
from store.tables.laws import pinned_policy as table


@dataclass(frozen=True, order=True)
class Pin:
    """One policy as it governs a case: its id, the names of its layers, the hash of its content."""

    policy: str
    version: str
    hash: str


@dataclass(frozen=True)
class PinnedCase:
    """An open case with what it is pinned to; `law` is None for one of before there were lists."""

    jurisdiction: str
    applied_on: date
    opened_at: datetime
    plan_hash: str | None
    law: str | None


def law_key(pins: Iterable[Pin]) -> str:
    return sha256(canonical([list(astuple(pin)) for pin in sorted(pins)]).encode()).hexdigest()


def is_kept(connection: Connection, law: str) -> bool:
    """What is kept is never taken away."""
    query = select(table.c.law).where(table.c.law == law).limit(1)
    return once(connection, (table.name, law), lambda: connection.execute(query).first()) is not None


def keep_pins(connection: Connection, law: str, pins: Iterable[Pin]) -> None:
    """Under the same key others may be keeping the same list at this moment."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    connection.execute(insert(table).on_conflict_do_nothing(), [vars(pin) | {"law": law} for pin in pins])


def pins_of(connection: Connection, law: str) -> Mapping[str, Pin]:
    columns = table.c.policy, table.c.version, table.c.hash
    return {row.policy: Pin(*row) for row in connection.execute(select(*columns).where(table.c.law == law))}


def determined_with(connection: Connection, case_id: str, policy: str, since: datetime) -> Pin | None:
    """What the first determination of a policy in a case was made with, from an instant on."""
    made = determination_record
    query = (
        select(made.c.policy, made.c.version, made.c.policy_hash)
        .where(made.c.case_id == case_id, made.c.policy == policy, made.c.made_at >= since)
        .order_by(made.c.made_at)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return Pin(*row) if row else None


def pinned_cases(connection: Connection) -> Mapping[str, PinnedCase]:
    """Every open case, of whatever kind."""
    columns = (any_case.c[name] for name in ("jurisdiction", "applied_on", "opened_at"))
    query = select(any_case.c.id, *columns, hardship_case.c.plan_hash, any_case.c.law)
    rows = connection.execute(
        query.outerjoin(hardship_case, hardship_case.c.id == any_case.c.id).where(any_case.c.closed_at.is_(None))
    )
    return {id_: PinnedCase(*known) for id_, *known in rows}

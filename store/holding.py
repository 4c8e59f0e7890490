"""Files that must be kept for now (依法保留), and workers whose data may only lie there (限制处理)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, or_, select, update

from cases.erasing import Erasure, Hold, HoldKind
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from store.any_case import any_case
from store.erasure import erase_worker, forget_traces
from store.keys import KeyRing
from store.tables.erasures import legal_hold
from store.tables.people import worker
from store.ulids import new_id


@dataclass(frozen=True)
class NewHold:
    worker_id: str
    kind: HoldKind
    authority: str
    set_by: str
    set_at: datetime
    until_on: date | None = None


class Held(Refused):
    """A file that has to be kept, with every reason."""

    def __init__(self, holds: Iterable[Hold]) -> None:
        self.holds = tuple(holds)
        super().__init__(tuple(_refusal(hold) for hold in self.holds))


class Restricted(Refused):
    """A file that is kept because a law asks for it, and is read by auditors alone."""

    def __init__(self) -> None:
        super().__init__(
            (
                refusal(
                    "restricted",
                    "本人的信息已限制处理，仅依法保留，只有审计人员可以查看。",
                    "This person's data are restricted: they are kept because a law asks for it, and only auditors "
                    "read them.",
                ),
            )
        )


def require_unrestricted(connection: Connection, worker_id: str, roles: Collection[Role]) -> None:
    """Raises Restricted for a reader who holds none but other roles than the auditor's."""
    if Role.AUDITOR not in roles and restricted_since(connection, worker_id):
        raise Restricted


def holds(connection: Connection, worker_id: str, on: date) -> tuple[Hold, ...]:
    """Everything that keeps a worker's file on a day."""
    open_cases = select(any_case.c.id).where(any_case.c.worker_id == worker_id, any_case.c.closed_at.is_(None))
    standing = (
        select(legal_hold)
        .where(
            legal_hold.c.worker_id == worker_id,
            legal_hold.c.lifted_at.is_(None),
            or_(legal_hold.c.until_on.is_(None), legal_hold.c.until_on >= on),
        )
        .order_by(legal_hold.c.set_at, legal_hold.c.id)
    )
    return (
        *(Hold(HoldKind.OPEN_CASE, case_id) for case_id in connection.execute(open_cases).scalars()),
        *(Hold(row.kind, row.authority, row.until_on, row.id) for row in connection.execute(standing)),
    )


def place_hold(connection: Connection, new: NewHold) -> str:
    """Keep a file from being erased; the id by which the hold is lifted again."""
    hold_id = new_id(new.set_at)
    connection.execute(insert(legal_hold).values(id=hold_id, **vars(new)))
    return hold_id


def lift_hold(connection: Connection, hold_id: str, by: str, at: datetime) -> str | None:
    """Whose file it kept; None where there is no such hold, or it was lifted before."""
    this = legal_hold.c.id == hold_id, legal_hold.c.lifted_at.is_(None)
    worker_id = connection.execute(select(legal_hold.c.worker_id).where(*this)).scalar_one_or_none()
    connection.execute(update(legal_hold).where(*this).values(lifted_by=by, lifted_at=at))
    return worker_id


def erase_if_nothing_holds(
    connection: Connection, keyring: KeyRing, worker_id: str, erasure: Erasure, on: date
) -> bool:
    """As `store.erasure.erase_worker`. Raises Held, with every reason why the file must be kept."""
    if found := holds(connection, worker_id, on):
        raise Held(found)
    return erase_worker(connection, keyring, worker_id, erasure)


def restrict_worker(connection: Connection, worker_id: str, at: datetime) -> bool:
    """What must be kept is kept, and nothing else is done with it: nobody finds the worker any more.

    False: the worker is not there, was erased, or is restricted already.
    """
    here = worker.c.id == worker_id, worker.c.erased_at.is_(None), worker.c.restricted_at.is_(None)
    if connection.execute(update(worker).where(*here).values(restricted_at=at)).rowcount == 0:
        return False
    forget_traces(connection, worker_id)
    return True


def restricted_since(connection: Connection, worker_id: str) -> datetime | None:
    return connection.execute(select(worker.c.restricted_at).where(worker.c.id == worker_id)).scalar_one_or_none()


def _refusal(hold: Hold) -> Refusal:
    label, until = hold.kind.label, hold.until_on
    till_zh, till_en = (f"，至{until}", f", until {until}") if until else ("", "")
    return refusal(
        f"held-{hold.kind.value}",
        f"须保留，暂不能删除：{label.zh}（{hold.authority}{till_zh}）。",
        f"The file must be kept and cannot be erased yet: {label.en} ({hold.authority}{till_en}).",
    )

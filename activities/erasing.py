"""Erasing a worker at somebody's request, and what keeps a file: by a manager of the worker's station, written down."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, Engine, select

from cases.days import day_of
from cases.erasing import Erasure, ErasureBasis, Hold, HoldKind
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from store.audit import AuditEvent, record_audit
from store.engine import read, write
from store.erasure import Erased, erasure_of
from store.holding import NewHold, erase_if_nothing_holds, holds, lift_hold, place_hold, restrict_worker
from store.keys import KeyRing
from store.staff import station_roles
from store.tables.erasures import legal_hold
from store.tables.people import worker

ERASE, RESTRICT, HOLD, LIFT = "erase-worker", "restrict-worker", "hold-worker", "lift-hold"
MAY: Final = Role.MANAGER  # 负责人 answers for the station, and so for what it keeps and what it destroys


@dataclass(frozen=True)
class Erasing:
    engine: Engine
    keyring: KeyRing

    def erase(self, worker_id: str, basis: ErasureBasis, by: str, at: datetime) -> Erasure:
        """Raises Refused: not theirs to erase, erased already, or to be kept, with every reason."""
        erasure = Erasure(basis, by, at)
        with write(self.engine) as connection:
            station = self._allowed(connection, worker_id, by, at)
            erase_if_nothing_holds(connection, self.keyring, worker_id, erasure, day_of(at))
            self._note(connection, ERASE, worker_id, station, by, at, basis.value)
        return erasure

    def restrict(self, worker_id: str, by: str, at: datetime) -> None:
        """For a file that must be kept: nobody finds the worker any more."""
        with write(self.engine) as connection:
            station = self._allowed(connection, worker_id, by, at)
            if not restrict_worker(connection, worker_id, at):
                raise Refused((_restricted_already(worker_id),))
            self._note(connection, RESTRICT, worker_id, station, by, at)

    def hold(self, worker_id: str, kind: HoldKind, authority: str, until: date | None, by: str, at: datetime) -> str:
        with write(self.engine) as connection:
            station = self._allowed(connection, worker_id, by, at)
            hold_id = place_hold(connection, NewHold(worker_id, kind, authority, by, at, until))
            self._note(connection, HOLD, worker_id, station, by, at, kind.value)
        return hold_id

    def lift(self, hold_id: str, by: str, at: datetime) -> str:
        with write(self.engine) as connection:
            query = select(legal_hold.c.worker_id).where(legal_hold.c.id == hold_id, legal_hold.c.lifted_at.is_(None))
            worker_id: str | None = connection.execute(query).scalar_one_or_none()
            if worker_id is None:
                raise Refused((_no_such_hold(hold_id),))
            station = self._allowed(connection, worker_id, by, at)
            lift_hold(connection, hold_id, by, at)
            self._note(connection, LIFT, worker_id, station, by, at)
        return worker_id

    def holds(self, worker_id: str, by: str, at: datetime) -> tuple[Hold, ...]:
        with read(self.engine) as connection:
            self._allowed(connection, worker_id, by, at)
            return holds(connection, worker_id, day_of(at))

    def _allowed(self, connection: Connection, worker_id: str, by: str, at: datetime) -> str:
        """The worker's station, where this member of staff is a manager. Raises Refused."""
        query = select(worker.c.station_id, worker.c.erased_at).where(worker.c.id == worker_id)
        row = connection.execute(query).one_or_none()
        if row is None or MAY not in station_roles(connection, by, row.station_id, day_of(at)):
            raise Refused((_not_theirs(worker_id, by),))
        if row.erased_at is not None:
            raise Erased(erasure_of(connection, worker_id))
        station: str = row.station_id
        return station

    def _note(
        self,
        connection: Connection,
        kind: str,
        worker_id: str,
        station: str,
        by: str,
        at: datetime,
        reason: str | None = None,
    ) -> None:
        event = AuditEvent(kind, by, at, "worker", worker_id, station_id=station, reason=reason)
        record_audit(connection, self.keyring, event)


def _not_theirs(worker_id: str, by: str) -> Refusal:
    return refusal(
        "not-theirs-to-erase",
        f"没有零工{worker_id}，或{by}不是其驿站的负责人：删除与保留由负责人办理。",
        f"There is no worker {worker_id}, or {by} is no manager of their station: only a manager erases or keeps.",
    )


def _restricted_already(worker_id: str) -> Refusal:
    return refusal("restricted-already", f"{worker_id}已限制处理。", f"{worker_id} is restricted already.")


def _no_such_hold(hold_id: str) -> Refusal:
    return refusal("no-such-hold", f"没有待解除的保留{hold_id}。", f"There is no hold {hold_id} that could be lifted.")

"""The file for the bank (银行文件): every payment that is ordered and in no other file, sent on its case, and written.

A payment is in one file at most, by the database, and each part of the file is written once. Memory holds one part.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, NoResultFound

from activities.bank_parts import ABOUT, digest_of, finished, pieces, sealed_part, texts_of
from activities.bootstrap import Station
from activities.errands import Do, Errand
from activities.gathering import CHUNK, Gathering, parted, require_officer
from activities.left_out import NO_ACCOUNT
from activities.progress import Progress, Tell, tell_nobody
from cases.bank_files import reference_of
from cases.commands import command
from cases.days import day_of
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role, any_of
from cases.subsidy.paying import SendPayment
from cases.wording import Wording
from store import bank_batches, staff
from store.audit import AuditEvent, record_audit
from store.bank_batches import Batch, BatchLine
from store.engine import read, write
from store.payees import accounts_of

HANDED_OUT: Final = "fetch-bank-file"
MAY_FETCH: Final = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.MANAGER})
CHOSEN: Final = Wording("选入银行文件", "chosen for the file")
SENT: Final = Wording("已发出", "sent")
WRITTEN: Final = Wording("已写入", "written")


@dataclass(frozen=True)
class Made:
    """A file that is whole; `left_out` are payments that stay ordered: case, payment, and why."""

    batch: Batch
    left_out: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class BankFiles:
    station: Station
    do: Do
    tell: Tell = tell_nobody
    chunk: int = CHUNK

    def make(self, station_id: str, actor: str, at: datetime) -> Made:
        """Make the file, or go on with the one that is being made. Raises Refused where nothing is ordered."""
        with read(self.station.engine) as connection:
            require_officer(connection, station_id, actor, at)
        batch = self.gathering.begun(
            partial(bank_batches.unfinished, station_id=station_id),
            lambda connection: _begin(connection, station_id, actor, at),
        )
        if batch.collected_at is None:
            self.gathering.gathered(lambda connection, most: bank_batches.collect(connection, batch, most, at), CHOSEN)
        self.gathering.dealt_with(
            lambda connection, after, most: bank_batches.not_yet_sent(connection, batch, after, most),
            lambda chunk: self._send(batch, chunk, actor, at),
            lambda line: line.position,
            SENT,
        )
        self._write_all(batch)
        return self._finished(batch, actor, at)

    @property
    def gathering(self) -> Gathering:
        return Gathering(self.station.engine, self.tell, self.chunk)

    def _send(self, batch: Batch, chunk: Sequence[BatchLine], actor: str, at: datetime) -> None:
        with read(self.station.engine) as connection:
            gone = bank_batches.sent_already(connection, batch, chunk)
            known = accounts_of(connection, self.station.keyring, {each.applicant_id for each in chunk})
        unsent = [each for each in chunk if each.position not in gone]
        without = {each.position: NO_ACCOUNT for each in unsent if each.applicant_id not in known}
        wanted = {each.position: each for each in unsent if each.position not in without}
        done, refused = parted(wanted, self.do([_errand(batch, each, actor) for each in wanted.values()]))
        with write(self.station.engine) as connection:
            # Somebody else may have sent it in between: then it refused us, and is in the file all the same.
            meanwhile = bank_batches.sent_already(connection, batch, [wanted[position] for position in refused])
            in_it = {*done, *gone, *meanwhile}
            bank_batches.sent(connection, batch, in_it, at)
            left_out = {position: codes for position, codes in refused.items() if position not in in_it}
            bank_batches.leave_out(connection, batch, without | left_out)

    def _write_all(self, batch: Batch) -> None:
        while True:
            with read(self.station.engine) as connection:
                kept = bank_batches.parts(connection, batch.id)
                after = kept[-1].last_position if kept else 0
                lines = bank_batches.lines_to_write(connection, batch, after, self.chunk)
                texts = texts_of(connection, self.station, lines)
            if not lines:
                return
            with suppress(IntegrityError):  # somebody else goes on with it too, and has just written this part
                self._write(batch, len(kept) + 1, lines, texts)
            self.tell(Progress(WRITTEN, sum(part.payments for part in kept) + len(texts)))

    def _write(self, batch: Batch, number: int, lines: tuple[BatchLine, ...], texts: Mapping[int, bytes]) -> None:
        part = sealed_part(self.station, batch, number, lines, texts)
        missing = {line.position: NO_ACCOUNT for line in lines if line.position not in texts}
        with write(self.station.engine) as connection:
            bank_batches.keep_part(connection, part)
            bank_batches.leave_out(connection, batch, missing, though_sent=True)

    def _finished(self, batch: Batch, actor: str, at: datetime) -> Made:
        with read(self.station.engine) as connection:
            digest = digest_of(connection, self.station, batch)
        with write(self.station.engine) as connection:
            batch = finished(connection, self.station, batch, digest, actor, at)
            waiting = bank_batches.without_account(connection, batch.station_id)
            left_out = bank_batches.left_out_of(connection, batch.id)
            return Made(batch, (*left_out, *((case, payment, NO_ACCOUNT) for case, payment in waiting)))


def _begin(connection: Connection, station_id: str, actor: str, at: datetime) -> Batch:
    if not bank_batches.ordered(connection, [station_id]):
        raise Refused(tuple(_nothing_ordered(connection, station_id)))
    return bank_batches.begin(connection, station_id, actor, at)


def _errand(batch: Batch, line: BatchLine, actor: str) -> Errand:
    act = SendPayment(line.payment_id, batch.id)
    return Errand(line.case_id, command(f"{batch.id}/{line.payment_id}/{actor}", act, actor))


def hand_out(station: Station, batch_id: str, actor: str, at: datetime) -> Iterator[bytes]:
    """The file in clear, once for each person who may have it; that it was given is written down first."""
    with write(station.engine) as connection:
        batch = whole(connection, batch_id)
        if not MAY_FETCH & staff.station_roles(connection, actor, batch.station_id, day_of(at)):
            raise Refused((_not_for(actor),))
        bank_batches.hand_out(connection, batch_id, actor, at)
        event = AuditEvent(HANDED_OUT, actor, at, ABOUT, batch_id, station_id=batch.station_id)
        record_audit(connection, station.keyring, event)
        return pieces(connection, station, batch)


def whole(connection: Connection, batch_id: str) -> Batch:
    """Raises Refused for a file that there is not, or that is still being made."""
    try:
        batch = bank_batches.found(connection, batch_id)
    except NoResultFound:
        raise Refused(
            (refusal("no-such-file", f"没有银行文件{batch_id}。", f"There is no bank file {batch_id}."),)
        ) from None
    if batch.written_at is None:
        raise Refused(
            (
                refusal(
                    "file-being-made",
                    f"银行文件{batch_id}还没有做完，请先继续（yizhan subsidy bank-file）。",
                    f"The bank file {batch_id} is not whole yet: go on with it first (yizhan subsidy bank-file).",
                ),
            )
        )
    return batch


def _nothing_ordered(connection: Connection, station_id: str) -> Iterator[Refusal]:
    yield refusal(
        "nothing-ordered",
        "本站没有可以列入银行文件的拨付单。",
        "No payment instruction of this station can go into a bank file.",
    )
    for case_id, payment in bank_batches.without_account(connection, station_id, most=20):
        reference = reference_of(case_id, payment)
        yield refusal(
            NO_ACCOUNT,
            f"{reference}没有收款账户，请先登记（yizhan subsidy payee）。",
            f"{reference} has no account to be paid to: record it first (yizhan subsidy payee).",
        )


def _not_for(actor: str) -> Refusal:
    needed = any_of(MAY_FETCH)
    return refusal(
        "not-your-role",
        f"银行文件只交给本站的{needed.zh}；{actor}在本站没有该角色。",
        f"A bank file is given to the {needed.en} of its station; {actor} holds no such role there.",
    )

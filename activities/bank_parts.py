"""The bytes of a file for the bank: its lines sealed part by part, and put together again with the totals of all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.composing.subsidy_words import span_words
from cases.bank_files import PaymentLine, header, payment_line, reference_of, trailer
from cases.days import day_of
from store import bank_batches, organisation
from store.audit import AuditEvent, record_audit
from store.bank_batches import Batch, BatchLine, Part
from store.files import FileRef
from store.notice_sheets import opened, put_file
from store.payees import accounts_of
from store.subsidy_claims import periods_paid

MADE: Final = "make-bank-file"
ABOUT: Final = "bank-file"


def texts_of(connection: Connection, station: Station, lines: tuple[BatchLine, ...]) -> Mapping[int, bytes]:
    """By position; who was erased since it was sent has no account any more, and is not among them."""
    accounts = accounts_of(connection, station.keyring, {line.applicant_id for line in lines})
    periods = periods_paid(connection, {line.case_id for line in lines})
    titles = {line.policy: _title(station, line.policy) for line in lines}
    found = {}
    for line in lines:
        account = accounts.get(line.applicant_id)
        if account:
            found[line.position] = payment_line(
                PaymentLine(
                    line.position,
                    reference_of(line.case_id, line.payment_id),
                    account.holder,
                    account.bank,
                    account.number,
                    line.amount_fen,
                    titles[line.policy],
                    span_words(periods.get((line.case_id, line.payment_id), ())),
                )
            )
    return found


def sealed_part(
    station: Station, batch: Batch, number: int, lines: tuple[BatchLine, ...], texts: Mapping[int, bytes]
) -> Part:
    """Kept on the disk, and not yet in the record."""
    total = sum(line.amount_fen for line in lines if line.position in texts)
    part = Part(batch.id, number, lines[-1].position, len(texts), total, "", 0)
    file = put_file(station.files, station.keyring, part.place, b"".join(texts.values()))
    return replace(part, file_sha256=file.sha256, file_size=file.size)


def pieces(connection: Connection, station: Station, batch: Batch) -> Iterator[bytes]:
    """The whole file: its head, its parts one by one, and the totals that a bank holds it against."""
    found = organisation.station(connection, batch.station_id)
    head = header(batch.id, found.name if found else batch.station_id, day_of(batch.at))
    return _pieces(station, head, bank_batches.parts(connection, batch.id))


def _pieces(station: Station, head: bytes, parts: tuple[Part, ...]) -> Iterator[bytes]:
    yield head
    digest, payments, total = sha256(), 0, 0
    for part in parts:
        lines = opened(station.files, station.keyring, part.place, FileRef(part.file_sha256, part.file_size))
        digest.update(lines)
        payments, total = payments + part.payments, total + part.total_fen
        yield lines
    yield trailer(payments, total, digest.hexdigest())


def digest_of(connection: Connection, station: Station, batch: Batch) -> str:
    digest = sha256()
    for piece in pieces(connection, station, batch):
        digest.update(piece)
    return digest.hexdigest()


def finished(connection: Connection, station: Station, batch: Batch, digest: str, actor: str, at: datetime) -> Batch:
    """Every part is written: the file is whole, with the totals of all of them."""
    parts = bank_batches.parts(connection, batch.id)
    payments, total = sum(part.payments for part in parts), sum(part.total_fen for part in parts)
    batch = bank_batches.finish(connection, batch, payments, total, digest, at)
    event = AuditEvent(MADE, actor, at, ABOUT, batch.id, station_id=batch.station_id)
    record_audit(connection, station.keyring, event)
    return batch


def _title(station: Station, policy: str) -> str:
    files = station.policies.book.files.get(policy)
    return files[0].title.zh if files else policy

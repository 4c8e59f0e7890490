"""The public lists and the file for the bank of the demonstration, as the stations themselves would have made them."""

from datetime import datetime

from sqlalchemy import Connection

from activities.bank_parts import digest_of, finished, sealed_part, texts_of
from activities.bootstrap import Station
from activities.gathering import CHUNK
from activities.subsidy_notices import published
from cases.subsidy.case import SubsidyCase
from store import bank_batches, subsidy_notices


def chosen_for_list(connection: Connection, case: SubsidyCase, officer: str, at: datetime) -> str:
    place = case.station_id, case.jurisdiction, case.policy
    notice = subsidy_notices.begin(connection, *place, officer, at)
    while subsidy_notices.collect(connection, notice, CHUNK, at):
        pass
    return notice.id


def list_is_whole(connection: Connection, station: Station, case: SubsidyCase, officer: str, at: datetime) -> None:
    notice = subsidy_notices.unfinished(connection, case.station_id, case.policy)
    if notice is None:
        raise LookupError(case.id)
    subsidy_notices.put(connection, notice, {case.id: case.revision})
    published(connection, station, notice, officer, at)


def chosen_for_file(connection: Connection, case: SubsidyCase, officer: str, at: datetime) -> str:
    batch = bank_batches.begin(connection, case.station_id, officer, at)
    while bank_batches.collect(connection, batch, CHUNK, at):
        pass
    return batch.id


def file_is_whole(connection: Connection, station: Station, case: SubsidyCase, officer: str, at: datetime) -> None:
    batch = bank_batches.unfinished(connection, case.station_id)
    if batch is None:
        raise LookupError(case.id)
    unsent = bank_batches.not_yet_sent(connection, batch, 0, CHUNK)
    bank_batches.sent(connection, batch, {line.position for line in unsent}, at)
    lines = bank_batches.lines_to_write(connection, batch, 0, CHUNK)
    part = sealed_part(station, batch, 1, lines, texts_of(connection, station, lines))
    bank_batches.keep_part(connection, part)
    finished(connection, station, batch, digest_of(connection, station, batch), officer, at)

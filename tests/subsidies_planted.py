"""A public-notice list and a file for the bank, made of nothing: for the pages that show them."""

from datetime import datetime

from sqlalchemy import Connection

from store import bank_batches, subsidy_notices


def plant_lists(connection: Connection, station_id: str, at: datetime) -> None:
    notice = subsidy_notices.begin(connection, station_id, "cn-50-99", "flexible-insurance", "officer-1", at)
    subsidy_notices.publish(connection, notice, at)
    bank_batches.finish(connection, bank_batches.begin(connection, station_id, "officer-1", at), 0, 0, "0" * 64, at)

"""A public list, or a file for the bank, that names one case: what its act may be done with."""

from datetime import datetime

from sqlalchemy import Engine, insert

from cases.subsidy.case import SubsidyCase
from store import bank_batches, subsidy_notices
from store.engine import write
from store.tables.subsidy_notices import subsidy_notice_entry


def on_a_list(engine: Engine, case: SubsidyCase, at: datetime, officer: str = "officer-1") -> str:
    """The number of a list for which the case was chosen, as it stands now."""
    assert case.standing, "not determined yet"
    with write(engine) as connection:
        place = case.station_id, case.jurisdiction, case.policy
        notice = subsidy_notices.begin(connection, *place, officer, at)
        row = {
            "notice_id": notice.id,
            "position": 1,
            "case_id": case.id,
            "determination_id": case.standing.id,
            "amount_fen": case.due_fen,
            "periods": [claim.id for claim in case.claims],
        }
        connection.execute(insert(subsidy_notice_entry), row)
        return subsidy_notices.publish(connection, notice, at).id


def in_a_file(engine: Engine, case: SubsidyCase, payment: str, at: datetime, officer: str = "officer-1") -> str:
    """The number of a file for which a payment was chosen."""
    with write(engine) as connection:
        batch = bank_batches.begin(connection, case.station_id, officer, at)
        amount = next((each.amount_fen for each in case.payments if each.id == payment), case.due_fen)
        bank_batches.choose(connection, batch, [(case.id, payment, amount)], after=0)
        return bank_batches.finish(connection, batch, 1, amount, "0" * 64, at).id

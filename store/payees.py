"""Accounts to which applicants are paid, read with the applicant's own key; the latest one counts."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, func, insert, select, tuple_

from cases.payees import PayeeAccount
from cases.subsidy.stages import Applicant
from store.aead import Key
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import person_key, person_keys
from store.tables.payees import payee_account as table
from store.ulids import new_id

_NAME: Final = "payee_account"


def keep_account(
    connection: Connection,
    keyring: KeyRing,
    applicant: Applicant,
    applicant_id: str,
    account: PayeeAccount,
    recorded_by: str,
    at: datetime,
) -> str:
    """Keep it beside those of before; from now on this one counts. Raises KeyDestroyed for an erased person."""
    key, account_id = person_key(connection, keyring, applicant_id), new_id(at)
    sealed = {
        f"{name}_sealed": seal(key, _NAME, f"{name}_sealed", account_id, getattr(account, name))
        for name in ("holder", "bank", "number")
    }
    row = {
        "id": account_id,
        "applicant": applicant,
        "applicant_id": applicant_id,
        **sealed,
        "recorded_by": recorded_by,
        "at": at,
        "recorded_at": datetime.now(UTC),
    }
    connection.execute(insert(table), row)
    return account_id


def account_of(connection: Connection, keyring: KeyRing, applicant_id: str) -> PayeeAccount | None:
    return accounts_of(connection, keyring, [applicant_id]).get(applicant_id)


def accounts_of(connection: Connection, keyring: KeyRing, applicant_ids: Collection[str]) -> Mapping[str, PayeeAccount]:
    """The accounts that count, of those who have one and were not erased."""
    mine = table.c.applicant_id.in_(applicant_ids)
    latest = select(table.c.applicant_id, func.max(table.c.recorded_at)).where(mine).group_by(table.c.applicant_id)
    query = select(table).where(tuple_(table.c.applicant_id, table.c.recorded_at).in_(latest))
    rows = connection.execute(query).mappings().all()
    keys = person_keys(connection, keyring, [row["applicant_id"] for row in rows])
    return {row["applicant_id"]: _opened(keys[row["applicant_id"]], row) for row in rows if row["applicant_id"] in keys}


def _opened(key: Key, row: RowMapping) -> PayeeAccount:
    of = {
        name: open_sealed(key, _NAME, f"{name}_sealed", row["id"], row[f"{name}_sealed"])
        for name in ("holder", "bank", "number")
    }
    return PayeeAccount(**of)

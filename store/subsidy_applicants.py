"""Who applies for a subsidy, and whom an employer hired: found by the number of the ledger, register or document."""

from sqlalchemy import ColumnElement, Connection, select

from cases.applications import Applying, Hired
from cases.identity import IdentityNumber
from store.keys import KeyRing
from store.search import Sought, search_token
from store.tables.employers import employer
from store.tables.keys import person_key
from store.tables.people import worker


def worker_applying(
    connection: Connection, keyring: KeyRing, named: Applying | Hired, identity: IdentityNumber | None
) -> str | None:
    """The worker's id; None where the ledger has nobody such, or nobody any more."""
    by = worker.c.id == named.worker
    if identity:
        by = worker.c.identity_token == search_token(keyring, Sought.IDENTITY, identity.value)
    return connection.scalar(select(worker.c.id).where(by, worker.c.erased_at.is_(None)))


def employer_applying(connection: Connection, applying: Applying) -> str | None:
    """The employer's id; None where the register has none such, or one whose data were erased."""
    by: ColumnElement[bool] = employer.c.id == applying.employer
    if applying.uscc:
        by = employer.c.uscc == applying.uscc
    return connection.scalar(select(employer.c.id).join(person_key, person_key.c.person_id == employer.c.id).where(by))

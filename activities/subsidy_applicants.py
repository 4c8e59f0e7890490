"""Who applies for a subsidy, and whom they hired: looked up, and refused where the record knows nobody such."""

from datetime import datetime

from sqlalchemy import Connection

from cases.applications import Applying, Hired
from cases.days import day_of
from cases.identity import parse_identity
from cases.organisations import parse_uscc
from cases.refusals import Refusal, Refused, refusal
from cases.subsidy.stages import Applicant
from store.holding import require_unrestricted
from store.keys import KeyRing
from store.subsidy_applicants import employer_applying, worker_applying


def applicant_of(connection: Connection, keyring: KeyRing, applying: Applying, at: datetime) -> str:
    """Raises Refused."""
    if applying.kind is Applicant.WORKER:
        return _worker(connection, keyring, applying, at, _not_in_the_ledger())
    named = Applying(employer=applying.employer, uscc=parse_uscc(applying.uscc) if applying.uscc else None)
    employer_id = employer_applying(connection, named)
    if employer_id is None:
        raise Refused((_not_registered(),))
    return employer_id


def hired_of(connection: Connection, keyring: KeyRing, hired: Hired | None, at: datetime) -> str | None:
    """Of the ledger of whichever station: who was hired is not asked where they look for work. Raises Refused."""
    return None if hired is None else _worker(connection, keyring, hired, at, _hired_not_in_the_ledger())


def _worker(connection: Connection, keyring: KeyRing, named: Applying | Hired, at: datetime, nobody: Refusal) -> str:
    identity = parse_identity(named.identity_number, day_of(at)) if named.identity_number else None
    worker_id = worker_applying(connection, keyring, named, identity)
    if worker_id is None:
        raise Refused((nobody,))
    require_unrestricted(connection, worker_id, ())
    return worker_id


def _not_in_the_ledger() -> Refusal:
    return refusal(
        "not-in-the-ledger",
        "台账中没有该零工，请先登记（yizhan case open，或网页“登记零工”）。",
        "The ledger has no such worker: register them first (yizhan case open, or “Register a worker”).",
    )


def _hired_not_in_the_ledger() -> Refusal:
    return refusal(
        "hired-not-in-the-ledger",
        "台账中没有该招用人员，请先登记（yizhan case open，或网页“登记零工”）：补贴按招用的每一人计算，须知道是谁。",
        "The ledger has no such person hired: register them first (yizhan case open, or “Register a worker”). "
        "The subsidy is reckoned for each person hired, so it has to be known who it is.",
    )


def _not_registered() -> Refusal:
    return refusal(
        "not-in-the-register",
        "用工主体名录中没有该申请人，请先登记。",
        "The register has no such employer or body: enter it first.",
    )

"""Accounts to which money is paid (收款账户), sealed under the applicant's own key; a new one stands beside the old."""

from typing import Final

from sqlalchemy import Index, Table

from cases.subsidy.stages import Applicant
from store.tables.base import INTERNAL, METADATA, PERSONAL, SENSITIVE, choice, instant, reference, sealed, text, ulid

payee_account: Final = Table(
    "payee_account",
    METADATA,
    ulid(),
    choice("applicant", Applicant),
    text("applicant_id", INTERNAL),
    sealed("holder_sealed", PERSONAL),
    sealed("bank_sealed", PERSONAL),
    sealed("number_sealed", SENSITIVE),
    reference("recorded_by", "staff.id", index=False),
    instant("at"),
    instant("recorded_at"),
    Index("ix_payee_account_current", "applicant_id", "id"),
)

"""Invented people for tests: numbers of a region that is never issued, phones that ring nowhere."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cases.erasing import Erasure, ErasureBasis
from cases.identity import IdentityNumber, check_character, parse_identity
from cases.phones import parse_phone
from store.people import NewWorker

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def an_identity(number: int = 1) -> IdentityNumber:
    first = f"69999919700101{number:03}"
    return parse_identity(first + check_character(first), TODAY)


def a_worker(number: int = 1, **changes: object) -> NewWorker:
    worker = NewWorker(
        name=f"示例人{number}",
        identity=an_identity(number),
        phone=parse_phone(f"138000{number:05}"),
        station_id="station-1",
        registered_on=TODAY,
        registered_by="caseworker-1",
        recorded_at=NOW,
    )
    return replace(worker, **changes)  # type: ignore[arg-type] # the caller names the field


def an_erasure(**changes: object) -> Erasure:
    return replace(Erasure(ErasureBasis.CONSENT_WITHDRAWN, "manager-1", NOW), **changes)  # type: ignore[arg-type]

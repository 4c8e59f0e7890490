"""Inquiries in the record: who asked what about a policy, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, insert, select

from cases.canonical import Json
from cases.inquiries import InquiryKind
from cases.refusals import Refusal
from cases.steps import REFUSALS
from store.rows import filled
from store.tables.inquiries import policy_inquiry, policy_inquiry_result

MOST: Final = 20


@dataclass(frozen=True)
class Inquiry:
    """`about`: a file (`cn-50/service-plan`) or the id of a proposal; `given`: what else was said."""

    id: str
    kind: InquiryKind
    about: str
    given: Mapping[str, Json]
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True)
class Came:
    """An answer, or why there is none."""

    ended_at: datetime
    answer: Json = None
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Kept:
    asked: Inquiry
    came: Came | None


def ask(connection: Connection, new: Inquiry) -> None:
    values = {**vars(new), "given": dict(new.given)}
    connection.execute(insert(policy_inquiry).values(**values, recorded_at=datetime.now(UTC)))


def answer(connection: Connection, inquiry_id: str, came: Came) -> None:
    """Once only; the table refuses a second one."""
    refusals = REFUSALS.dump_python(came.refusals, mode="json") if came.refusals else None
    connection.execute(
        insert(policy_inquiry_result).values(
            inquiry_id=inquiry_id,
            ended_at=came.ended_at,
            answer=None if came.refusals else came.answer,
            refusals=refusals,
            recorded_at=datetime.now(UTC),
        )
    )


def kept_inquiry(connection: Connection, inquiry_id: str) -> Kept | None:
    row = connection.execute(_all().where(policy_inquiry.c.id == inquiry_id)).mappings().one_or_none()
    return _kept(row) if row else None


def inquiries_about(connection: Connection, kind: InquiryKind, about: str) -> tuple[Kept, ...]:
    """The newest first."""
    wanted = policy_inquiry.c.kind == kind, policy_inquiry.c.about == about
    newest = _all().where(*wanted).order_by(policy_inquiry.c.asked_at.desc(), policy_inquiry.c.id.desc()).limit(MOST)
    return tuple(_kept(row) for row in connection.execute(newest).mappings())


def _all() -> Select[tuple[object, ...]]:
    came = [column for column in policy_inquiry_result.c if column.name not in ("inquiry_id", "recorded_at")]
    return select(policy_inquiry, *came).outerjoin(
        policy_inquiry_result, policy_inquiry_result.c.inquiry_id == policy_inquiry.c.id
    )


def _kept(row: RowMapping) -> Kept:
    asked = filled(Inquiry, row)
    if row["ended_at"] is None:
        return Kept(asked, None)
    return Kept(asked, Came(row["ended_at"], row["answer"], REFUSALS.validate_python(row["refusals"] or [])))

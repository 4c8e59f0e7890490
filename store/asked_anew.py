"""When a case was last asked anew under a changed law, and with which policy it was determined first since.

Told by the order of its steps: two of them may bear the same instant.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from store.laws import Pin
from store.tables.cases import case_step, determination_record

DETERMINED: Final = "determination-made"


@dataclass(frozen=True)
class AskedAnew:
    """`pin`: of the first determination since; None while there is none."""

    at: datetime
    pin: Pin | None


def asked_anew(connection: Connection, case_id: str, policy: str, kind: str) -> AskedAnew | None:
    """Of a case that has one policy: the latest act of this kind."""
    step = case_step.c
    this = select(step.revision, step.at).where(step.case_id == case_id, step.kind == kind)
    asked = connection.execute(this.order_by(step.revision.desc()).limit(1)).one_or_none()
    if asked is None:
        return None
    before = select(func.count()).where(step.case_id == case_id, step.kind == DETERMINED)
    number = connection.execute(before.where(step.revision < asked.revision)).scalar_one() + 1
    made = determination_record.c
    query = select(made.policy, made.version, made.policy_hash).where(made.case_id == case_id)
    row = connection.execute(query.where(made.id == f"{policy}-{number}")).one_or_none()
    return AskedAnew(asked.at, Pin(*row) if row else None)

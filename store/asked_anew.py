"""When a case was last asked anew under a changed law, and with which policy it was determined first since.

Told by the order of its steps: two of them may bear the same instant.
"""

from collections.abc import Collection
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


def pinned_since(
    connection: Connection, case_id: str, policy: str, kinds: Collection[str], day: datetime
) -> Pin | None:
    """Of a case of several policies: with what one was determined first after the latest act of these kinds since then.

    An act that concerned another policy has none of this one's determinations after it until there is a later one, and
    that was made with the same.
    """
    step = case_step.c
    prefix = f"{case_id}/determination/{policy}/"
    of_policy = select(step.revision).where(step.case_id == case_id, step.kind == DETERMINED)
    made_at = sorted(connection.scalars(of_policy.where(step.key.startswith(prefix, autoescape=True))))
    acts = select(step.revision).where(step.case_id == case_id, step.kind.in_(kinds), step.at >= day)
    for asked in sorted(connection.scalars(acts), reverse=True):
        before = sum(revision < asked for revision in made_at)
        if before < len(made_at):
            made = determination_record.c
            query = select(made.policy, made.version, made.policy_hash).where(made.case_id == case_id)
            row = connection.execute(query.where(made.id == f"{policy}-{before + 1}")).one_or_none()
            return Pin(*row) if row else None
    return None

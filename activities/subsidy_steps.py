"""A step of a subsidy case: judged by its own law and record, and performed."""

from datetime import datetime

from sqlalchemy import Connection

from activities.subsidy_record import StoredSubsidyRecord, subsidy_law_of
from cases.days import day_of
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.record import Seen
from store import staff


def subsidy_circumstances(record: StoredSubsidyRecord, case: SubsidyCase, act: Act, actor: str, at: datetime) -> Seen:
    """What the act will be judged by. The policies are those of the case's own day, to its end."""
    return _seen(record, case, actor, _roles(record.connection, case, act, actor, at), at)


def subsidy_seen_by_engine(record: StoredSubsidyRecord, case: SubsidyCase, at: datetime) -> Seen:
    return _seen(record, case, Role.ENGINE, frozenset({Role.ENGINE}), at)


def _seen(record: StoredSubsidyRecord, case: SubsidyCase, actor: str, roles: frozenset[Role], at: datetime) -> Seen:
    law = subsidy_law_of(record.connection, record.policies, case)
    return Seen(
        actor=actor,
        roles=roles,
        at=at,
        on=day_of(at),
        terms=law.terms,
        calendar=record.policies.calendar,
        process=law.process,
        record=record,
    )


def _roles(connection: Connection, case: SubsidyCase, act: Act, actor: str, at: datetime) -> frozenset[Role]:
    if actor == Role.ENGINE:
        return frozenset({Role.ENGINE})
    if actor == case.worker_id:
        return frozenset({Role.WORKER})
    return staff.station_roles(connection, actor, act.station(case), day_of(at))

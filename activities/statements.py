"""What a worker states at the counter: household, skills, wishes and hard constraints."""

from datetime import datetime, time

from sqlalchemy import Connection

from cases.constraints import Constraints, PayFloor
from cases.days import day_of
from cases.hours import Hours, Shift
from cases.registration import Registration, StatedLimits
from store.constraints import StatedConstraints, state_constraints
from store.households import Member, household_of, open_household
from store.keys import KeyRing
from store.skills import Skill, Wish, state_skills, state_wishes


def keep_statements(
    connection: Connection, keyring: KeyRing, registration: Registration, worker_id: str, actor: str, at: datetime
) -> None:
    on = day_of(at)
    if registration.household and household_of(connection, worker_id, on) is None:
        members = tuple(Member(relation=m.relation, joined_on=on, name=m.name) for m in registration.household)
        own = Member(relation="本人", joined_on=on, worker_id=worker_id)
        open_household(connection, keyring, registration.station, (own, *members), at)
    if registration.skills:
        skills = tuple(Skill(s.trade, s.level, s.evidence) for s in registration.skills)
        state_skills(connection, keyring, worker_id, skills, on, at)
    if registration.wishes:
        state_wishes(
            connection, keyring, worker_id, tuple(Wish(w.trade, w.detail) for w in registration.wishes), on, at
        )
    limits = stated_constraints(registration.limits)
    if limits != Constraints():
        state_constraints(connection, keyring, StatedConstraints(worker_id, limits, on, actor, at))


def stated_constraints(stated: StatedLimits) -> Constraints:
    floor = None
    if stated.pay_floor_fen is not None and stated.pay_floor_unit is not None:
        floor = PayFloor(stated.pay_floor_fen, stated.pay_floor_unit)
    return Constraints(
        hours=None if stated.hours is None else Hours(tuple(_shift(s.days, s.begin, s.until) for s in stated.hours)),
        places=None if stated.places is None else frozenset(stated.places),
        pay_floor=floor,
        ruled_out=None if stated.health is None else frozenset(stated.health),
    )


def _shift(days: tuple[int, ...], begin: str, until: str) -> Shift:
    return Shift(frozenset(days), time.fromisoformat(begin), time.fromisoformat(until))

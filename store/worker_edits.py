"""Correcting the ledger's entry of a worker: all or nothing, what stood before kept, duplicates looked for anew."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from cases.canonical import Json
from cases.constraints import ConstraintKind, Constraints
from cases.days import day_of
from cases.phones import Phone, parse_phone
from store.changes import Changed, Correction, record_correction, require_revision
from store.constraints import StatedConstraints, constraint_values, constraints, state_constraints
from store.encryption import seal, seal_if_known
from store.finding import index_worker
from store.keys import KeyRing
from store.people import PerhapsRegistered, Worker, candidates, worker
from store.person_keys import person_key
from store.search import Sought, name_token, normal_name, search_token
from store.skills import Skill, Wish, skills, state_skills, state_wishes, wishes
from store.tables.people import worker as table


@dataclass(frozen=True)
class WorkerEdit:
    """What the ledger should say from now on; `unlike`: those found to be other people."""

    worker_id: str
    revision: int
    name: str = field(repr=False)
    phone: Phone = field(repr=False)
    address: str | None = field(repr=False)
    skills: tuple[Skill, ...] = field(repr=False)
    wishes: tuple[Wish, ...] = field(repr=False)
    constraints: Constraints = field(repr=False)
    reason: str = field(repr=False)
    by: str
    at: datetime
    unlike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """All that the ledger says of a worker and a counter can correct."""

    person: Worker
    skills: tuple[Skill, ...]
    wishes: tuple[Wish, ...]
    constraints: Constraints = field(repr=False)


def known_of(connection: Connection, keyring: KeyRing, worker_id: str, at: datetime) -> Known | None:
    person = worker(connection, keyring, worker_id)
    if person is None:
        return None
    return Known(
        person,
        skills(connection, keyring, worker_id),
        wishes(connection, keyring, worker_id),
        constraints(connection, keyring, worker_id, day_of(at)),
    )


def edit_worker(connection: Connection, keyring: KeyRing, edit: WorkerEdit) -> int:
    """Correct a worker's entry, and say how many fields changed.

    Raises ChangedMeanwhile where somebody else saved first, and PerhapsRegistered where the new phone or name is that
    of somebody whom nobody has looked at.
    """
    # Locked, so that of two edits at once the second sees the first.
    connection.execute(select(table.c.id).where(table.c.id == edit.worker_id).with_for_update())
    require_revision(connection, keyring, Changed.WORKER, edit.worker_id, edit.revision)
    before = known_of(connection, keyring, edit.worker_id, edit.at)
    if before is None:
        raise LookupError("There is no such worker to correct.")
    _refuse_likely_duplicates(connection, keyring, before.person, edit)
    if (edit.name, str(edit.phone), edit.address) != (before.person.name, before.person.phone, before.person.address):
        _write_person(connection, keyring, before.person, edit)
    _state(connection, keyring, before, edit)
    now = edit_values(edit)
    correction = Correction(
        Changed.WORKER,
        edit.worker_id,
        {name: (was, now[name]) for name, was in known_values(before).items()},
        by=edit.by,
        at=edit.at,
        reason=edit.reason,
        station_id=before.person.station_id,
    )
    return record_correction(connection, keyring, correction)


def _refuse_likely_duplicates(connection: Connection, keyring: KeyRing, before: Worker, edit: WorkerEdit) -> None:
    new_name = normal_name(edit.name) != normal_name(before.name)
    new_phone = edit.phone.number != parse_phone(before.phone).number
    if not (new_name or new_phone):
        return
    found = candidates(connection, keyring, edit.name, None, edit.phone)
    changed = {s for s, new in ((Sought.NAME, new_name), (Sought.PHONE, new_phone)) if new}
    unseen = tuple(
        c for c in found if c.worker_id != edit.worker_id and c.matched & changed and c.worker_id not in edit.unlike
    )
    if unseen:
        raise PerhapsRegistered(unseen)


def _write_person(connection: Connection, keyring: KeyRing, before: Worker, edit: WorkerEdit) -> None:
    key, id_ = person_key(connection, keyring, edit.worker_id), edit.worker_id
    values: dict[str, Any] = {
        "name_sealed": seal(key, "worker", "name_sealed", id_, edit.name),
        "phone_sealed": seal(key, "worker", "phone_sealed", id_, str(edit.phone)),
        "address_sealed": seal_if_known(key, "worker", "address_sealed", id_, edit.address),
        "name_token": name_token(keyring, edit.name),
        "phone_token": search_token(keyring, Sought.PHONE, edit.phone.number),
    }
    connection.execute(update(table).where(table.c.id == id_).values(**values))
    index_worker(connection, keyring, id_, edit.name, before.identity, str(edit.phone))


def _state(connection: Connection, keyring: KeyRing, before: Known, edit: WorkerEdit) -> None:
    on = day_of(edit.at)
    if set(edit.skills) != set(before.skills):
        state_skills(connection, keyring, edit.worker_id, edit.skills, on, edit.at)
    if set(edit.wishes) != set(before.wishes):
        state_wishes(connection, keyring, edit.worker_id, edit.wishes, on, edit.at)
    was, now = constraint_values(before.constraints), constraint_values(edit.constraints)
    kinds = frozenset(kind for kind in ConstraintKind if was[kind] != now[kind])
    if kinds:
        stated = StatedConstraints(edit.worker_id, edit.constraints, on, edit.by, edit.at, kinds)
        state_constraints(connection, keyring, stated)


def known_values(known: Known) -> dict[str, Json]:
    """The fields of an entry, as a correction keeps them."""
    person = known.person
    return _values(person.name, person.phone, person.address, known.skills, known.wishes, known.constraints)


def edit_values(edit: WorkerEdit) -> dict[str, Json]:
    return _values(edit.name, str(edit.phone), edit.address, edit.skills, edit.wishes, edit.constraints)


def _values(
    name: str,
    phone: str,
    address: str | None,
    skills: tuple[Skill, ...],
    wishes: tuple[Wish, ...],
    limits: Constraints,
) -> dict[str, Json]:
    stated = constraint_values(limits)
    return {
        "name": name,
        "phone": phone,
        "address": address,
        "skills": [[s.trade, s.level, s.evidence] for s in sorted(skills, key=lambda s: s.trade)],
        "wishes": [[w.trade, w.detail] for w in sorted(wishes, key=lambda w: w.trade)],
        **{kind.value: stated[kind] for kind in ConstraintKind},
    }

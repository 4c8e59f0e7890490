"""What a snapshot reads of the record: batch by batch, of those who were neither erased nor restricted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, or_, select

from cases.canonical import Json, from_canonical
from cases.facts import Subject as About
from cases.facts import SubjectKind, employment
from cases.hardship.case import DIFFICULTY, HARDSHIP
from store.encryption import open_sealed
from store.hires import HERE, hires_of
from store.keys import KeyRing
from store.organisation import jurisdiction
from store.person_keys import person_keys
from store.tables.cases import PART_TABLES, hardship_case
from store.tables.employers import employer
from store.tables.erasures import erasure
from store.tables.facts import fact
from store.tables.organisation import station
from store.tables.people import household_member, worker, worker_skill

# Facts that are an officer's decision of a case.
_DECIDED: Final = {HARDSHIP: "hardship_worker", DIFFICULTY: "employment_difficulty"}


@dataclass(frozen=True)
class Gone:
    """How many persons were erased or restricted so far: a snapshot of before must go when this has changed."""

    erased: int
    restricted: int


@dataclass(frozen=True)
class Subject:
    """One row of a snapshot, before it forgets who it is."""

    id: str = field(repr=False)
    office: str  # of a worker the station, of an employer the node of the tree
    facts: Mapping[str, Json] = field(repr=False)
    trade: str = ""


def gone(connection: Connection) -> Gone:
    restricted = select(func.count()).select_from(worker).where(worker.c.restricted_at.is_not(None))
    erased = select(func.count()).select_from(erasure)
    return Gone(connection.scalar(erased) or 0, connection.scalar(restricted) or 0)


def population(connection: Connection) -> tuple[int, int]:
    """How many workers and employers there are to be read."""
    here = select(func.count()).select_from(worker).where(*HERE)
    return connection.scalar(here) or 0, connection.scalar(select(func.count()).select_from(employer)) or 0


def places(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Every station with the jurisdiction whose policies hold there."""
    rows = connection.execute(select(station.c.id, station.c.node_id).order_by(station.c.id)).all()
    found = {node: jurisdiction(connection, node) or "" for node in {row.node_id for row in rows}}
    return tuple((row.id, found[row.node_id]) for row in rows)


def listed_trades(connection: Connection) -> tuple[str, ...]:
    """The words of the stations' own directories; any other word about a worker's trade is free text."""
    found = {trade for trades in connection.scalars(select(station.c.trades)) for trade in trades}
    return tuple(sorted(found))


def workers_after(
    connection: Connection, keyring: KeyRing, last: str, most: int, names: Collection[str], on: date
) -> Sequence[Subject]:
    """The next ones by their ids, each with what is known of the household, the worker and the case, in this order."""
    query = select(worker.c.id, worker.c.station_id).where(*HERE, worker.c.id > last)
    rows = connection.execute(query.order_by(worker.c.id).limit(most)).all()
    ids = [row.id for row in rows]
    known, trades = _people(connection, keyring, ids, names, on), _trades(connection, ids)
    return [Subject(row.id, row.station_id, known[row.id], trades.get(row.id, "")) for row in rows]


def employers_after(
    connection: Connection, keyring: KeyRing, last: str, most: int, names: Collection[str], on: date
) -> Sequence[Subject]:
    """The next ones by their ids: a row for each person whom they have at work by the record, and one without any.

    What an employer is paid for a person hired is decided on what is known of both, and of the work between them.
    """
    query = select(employer.c.id, employer.c.node_id).where(employer.c.id > last)
    rows = connection.execute(query.order_by(employer.c.id).limit(most)).all()
    known = facts_of_many(connection, keyring, SubjectKind.EMPLOYER, [row.id for row in rows], names, on)
    hired = hires_of(connection, [row.id for row in rows])
    at_work = {of: [each.worker_id for each in hires if each.standing] for of, hires in hired.items()}
    people = _people(connection, keyring, {each for ids in at_work.values() for each in ids}, names, on)
    both = [employment(each, of).id for of, ids in at_work.items() for each in ids]
    shared = facts_of_many(connection, keyring, SubjectKind.EMPLOYMENT, both, names, on)
    return [
        Subject(
            row.id,
            row.node_id,
            {**people.get(each, {}), **known.get(row.id, {}), **shared.get(employment(each, row.id).id, {})},
        )
        for row in rows
        for each in at_work.get(row.id) or [""]
    ]


def _people(
    connection: Connection, keyring: KeyRing, ids: Collection[str], names: Collection[str], on: date
) -> Mapping[str, Mapping[str, Json]]:
    """What is known of each worker: of the household, of themselves and of the case, in this order."""
    homes = households_of_many(connection, ids, on)
    of_homes = facts_of_many(connection, keyring, SubjectKind.HOUSEHOLD, set(homes.values()), names, on)
    own, of_cases = facts_of_many(connection, keyring, SubjectKind.WORKER, ids, names, on), _of_cases(connection, ids)
    return {id_: {**of_homes.get(homes.get(id_, ""), {}), **own.get(id_, {}), **of_cases.get(id_, {})} for id_ in ids}


def facts_of_many(
    connection: Connection,
    keyring: KeyRing,
    kind: SubjectKind,
    ids: Collection[str],
    names: Collection[str],
    on: date,
) -> Mapping[str, Mapping[str, Json]]:
    """As `store.facts.current_facts`, of many; a subject without a key is left out."""
    if not ids:
        return {}
    query = select(fact).where(
        fact.c.subject_kind == kind,
        fact.c.subject_id.in_(ids),
        fact.c.established_on <= on,
    )
    rows = connection.execute(query).mappings().all()
    # A fact that gives way to one established after the day still stands on the day.
    here = {row["id"] for row in rows}
    holders = {id_: About(kind, id_).key_of for id_ in ids} if kind.is_personal else {}
    known = person_keys(connection, keyring, set(holders.values())) if holders else {}
    keys = {id_: known[holder] for id_, holder in holders.items() if holder in known}
    found: dict[str, dict[str, Json]] = {}
    for row in rows:
        subject, name = row["subject_id"], row["name"]
        if name not in names or row["superseded_by"] in here:
            continue
        if row["content"] is not None:
            found.setdefault(subject, {})[name] = row["content"]["value"]
        elif subject in keys:
            text = open_sealed(keys[subject], "fact", "content_sealed", row["id"], row["content_sealed"])
            content = from_canonical(text)
            found.setdefault(subject, {})[name] = content["value"] if isinstance(content, Mapping) else None
    return found


def households_of_many(connection: Connection, ids: Collection[str], on: date) -> Mapping[str, str]:
    """The household of each on a day: the one joined last."""
    table = household_member
    query = select(table.c.worker_id, table.c.household_id).where(
        table.c.worker_id.in_(ids), table.c.joined_on <= on, or_(table.c.left_on.is_(None), table.c.left_on >= on)
    )
    return {
        row.worker_id: row.household_id for row in connection.execute(query.order_by(table.c.joined_on, table.c.id))
    }


def _of_cases(connection: Connection, ids: Collection[str]) -> Mapping[str, Mapping[str, Json]]:
    """What the latest case of each shows: as a determination reads it."""
    query = select(
        hardship_case.c.id, hardship_case.c.worker_id, hardship_case.c.items_proved, hardship_case.c.term_over_at
    ).where(hardship_case.c.worker_id.in_(ids))
    latest = {row.worker_id: row for row in connection.execute(query.order_by(hardship_case.c.opened_at))}
    cases = {row.id: row.worker_id for row in latest.values()}
    found: dict[str, dict[str, Json]] = {
        worker_id: {
            "plan_term_over": row.term_over_at is not None,
            "plan_items_proved": row.items_proved,
            "placed": False,
        }
        for worker_id, row in latest.items()
    }
    placement, made = PART_TABLES["placements"], PART_TABLES["determinations"]
    running = select(placement.c.case_id).where(placement.c.case_id.in_(cases), placement.c.ended_on.is_(None))
    for case_id in connection.scalars(running):
        found[cases[case_id]]["placed"] = True
    decided = select(made.c.case_id, made.c.policy, made.c.granted).where(
        made.c.case_id.in_(cases), made.c.policy.in_(_DECIDED), made.c.superseded.is_(False)
    )
    for row in connection.execute(decided.order_by(made.c.made_at)):
        if row.granted is not None:
            found[cases[row.case_id]][_DECIDED[row.policy]] = row.granted
    return found


def _trades(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """One trade of each, the first by its name."""
    query = select(worker_skill.c.worker_id, worker_skill.c.trade).where(worker_skill.c.worker_id.in_(ids))
    return {row.worker_id: row.trade for row in connection.execute(query.order_by(worker_skill.c.trade.desc()))}

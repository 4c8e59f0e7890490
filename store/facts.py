"""Facts with their sources: what is known of a subject as of a day, and what was known before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, select, update

from cases.canonical import Json, canonical, from_canonical
from cases.facts import Fact, Source, Subject, SubjectKind
from store.aead import Key
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import person_key
from store.rows import filled
from store.tables.facts import fact as table
from store.ulids import new_id

FactRow: TypeAlias = Fact

# Made once: every determination reads facts.
_MINE: Final = and_(table.c.subject_kind == bindparam("kind"), table.c.subject_id == bindparam("subject"))
_KNOWN: Final = select(table).where(_MINE, table.c.established_on <= bindparam("on")).order_by(table.c.name)
_NAMED: Final = select(table).where(_MINE, table.c.name == bindparam("name"))
_CHAINS: Final = (
    select(table.c.id, table.c.name, table.c.superseded_by, table.c.established_on)
    .where(_MINE, table.c.name.in_(bindparam("names", expanding=True)))
    .order_by(table.c.id)  # locked in the same order by all who lock several
    .with_for_update()
)
_INSERT: Final = insert(table)
_SUPERSEDE: Final = (
    update(table).where(table.c.id == bindparam("earlier")).values(superseded_by=bindparam("new_superseded_by"))
)


@dataclass(frozen=True)
class NewFact:
    """`established_on` is the day from which it counts; `recorded_at` only says when it was written down."""

    subject_kind: SubjectKind
    subject_id: str
    name: str
    value: Json = field(repr=False)
    source: Source = field(repr=False)
    established_on: date
    recorded_by: str
    recorded_at: datetime
    evidence: tuple[str, ...] = ()


class Chained(NamedTuple):
    """A fact's place among those of its name."""

    id: str
    superseded_by: str | None
    established_on: date


def record_fact(connection: Connection, keyring: KeyRing, new: NewFact) -> str:
    """Write a fact down, in its place among those of the same name, and say its id.

    It supersedes the one established before it (or on the same day), and gives way to one established after it.
    """
    [fact_id] = record_facts(connection, keyring, [new])
    return fact_id


def record_facts(connection: Connection, keyring: KeyRing, new: Sequence[NewFact]) -> Sequence[str]:
    """The same of several facts of one subject; where a name comes twice, one after the other."""
    if not new:
        return ()
    first = new[0]
    names = [fact.name for fact in new]
    if len(set(names)) < len(names):
        return [record_fact(connection, keyring, fact) for fact in new]
    of = {"kind": first.subject_kind, "subject": first.subject_id, "names": names}
    chains: dict[str, list[Chained]] = {name: [] for name in names}
    for row in connection.execute(_CHAINS, of):
        chains[row.name].append(Chained(row.id, row.superseded_by, row.established_on))
    subject = Subject(first.subject_kind, first.subject_id)
    key = person_key(connection, keyring, subject.key_of) if subject.kind.is_personal else None
    rows: list[dict[str, Any]] = []
    superseded: list[dict[str, str]] = []
    for fact in new:
        fact_id = new_id(fact.recorded_at)
        earlier, later = _place(chains[fact.name], fact)
        if earlier:
            superseded.append({"earlier": earlier, "new_superseded_by": fact_id})
        rows.append(_row(key, fact, fact_id, later))
    if superseded:
        connection.execute(_SUPERSEDE, superseded)
    connection.execute(_INSERT, rows)
    return [row["id"] for row in rows]


def _row(key: Key | None, new: NewFact, fact_id: str, later: str | None) -> dict[str, Any]:
    return {
        "id": fact_id,
        "subject_kind": new.subject_kind,
        "subject_id": new.subject_id,
        "name": new.name,
        **_content(key, new, fact_id),
        "source_kind": new.source.kind,
        "established_on": new.established_on,
        "evidence": list(new.evidence),
        "recorded_by": new.recorded_by,
        "recorded_at": new.recorded_at,
        "superseded_by": later,
    }


def current_facts(
    connection: Connection, keyring: KeyRing, subject_kind: SubjectKind, subject_id: str, on: date
) -> Mapping[str, FactRow]:
    """What is known of a subject as of a day, by name; a name that is missing is unknown, never false."""
    of = {"kind": subject_kind, "subject": subject_id, "on": on}
    rows = connection.execute(_KNOWN, of).mappings().all()
    # A fact that gives way to one established after the day still stands on the day.
    ids = {row["id"] for row in rows}
    standing = [row for row in rows if row["superseded_by"] not in ids]
    return {fact.name: fact for fact in _facts(connection, keyring, Subject(subject_kind, subject_id), standing)}


def fact_history(
    connection: Connection, keyring: KeyRing, subject_kind: SubjectKind, subject_id: str, name: str
) -> tuple[FactRow, ...]:
    """Every value that a name has had, the latest first."""
    of = {"kind": subject_kind, "subject": subject_id, "name": name}
    rows = connection.execute(_NAMED, of).mappings().all()
    by_successor = {row["superseded_by"]: row for row in rows}
    chain: list[RowMapping] = []
    while row := by_successor.get(chain[-1]["id"] if chain else None):
        chain.append(row)
    return _facts(connection, keyring, Subject(subject_kind, subject_id), chain)


def _place(rows: Sequence[Chained], new: NewFact) -> tuple[str | None, str | None]:
    """Which fact of the same name the new one supersedes, and to which it gives way."""
    before = {row.id: row.superseded_by for row in rows if row.established_on <= new.established_on}
    after = {row.id: row.superseded_by for row in rows if row.id not in before}
    earlier = next((id_ for id_, successor in before.items() if successor not in before), None)
    if earlier:
        return earlier, before[earlier]
    return None, next((id_ for id_ in after if id_ not in after.values()), None)


def _content(key: Key | None, new: NewFact, fact_id: str) -> dict[str, Json | bytes]:
    content: dict[str, Json] = {"detail": new.source.detail, "value": new.value}
    recognition = {"source_body": new.source.body, "source_paper": new.source.paper}
    if key is None:
        return {"content": content, **recognition}
    # Sealed too: the number of a disability certificate holds the identity number.
    return {"content_sealed": seal(key, "fact", "content_sealed", fact_id, canonical(content | recognition))}


def _facts(connection: Connection, keyring: KeyRing, subject: Subject, rows: list[RowMapping]) -> tuple[FactRow, ...]:
    """Those of employers stand in clear where they were written down before they were sealed."""
    sealed = any(row["content"] is None for row in rows)
    key = person_key(connection, keyring, subject.key_of) if sealed else None
    return tuple(_fact(row, key) for row in rows)


def _fact(row: RowMapping, key: Key | None) -> FactRow:
    if key is None or row["content"] is not None:
        known = row["content"] | {name: row[name] for name in ("source_body", "source_paper")}
    else:
        known = from_canonical(open_sealed(key, "fact", "content_sealed", row["id"], row["content_sealed"]))
    source = Source(row["source_kind"], known["detail"], known["source_body"], known["source_paper"])
    return filled(Fact, row, value=known["value"], source=source, evidence=tuple(row["evidence"]))

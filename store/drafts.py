"""Drafts (暂存): what somebody had filled in, kept until it is saved or given up; sealed under a key of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from cases.canonical import Json, canonical
from cases.refusals import Refusal
from cases.steps import REFUSALS
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.one_at_a_time import hold
from store.person_keys import destroy_person_key, make_person_key, person_key
from store.tables.access import DraftState
from store.tables.access import draft as table
from store.ulids import new_id

FIELDS = TypeAdapter(dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Draft:
    """`form` is the address of the form; `fields` are its values as they were typed."""

    id: str
    owner: str
    form: str
    state: DraftState
    kept_at: datetime
    sent_at: datetime | None
    refusals: tuple[Refusal, ...] = ()
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class NewDraft:
    owner: str
    form: str
    fields: Mapping[str, Sequence[str]] = field(repr=False)
    state: DraftState = DraftState.KEPT
    refusals: tuple[Refusal, ...] = ()


def keep_draft(connection: Connection, keyring: KeyRing, new: NewDraft, now: datetime) -> str:
    """Keep what was filled in, instead of what was kept of this form before.

    What was sent and is not answered yet is never written over by what is only kept.
    """
    hold(connection, f"draft {new.owner} {new.form}")  # a form and its script can send at the same moment
    these = (table.c.owner == new.owner, table.c.form == new.form, table.c.state == DraftState.SENT)
    under_way: str | None = (
        connection.scalar(select(table.c.id).where(*these)) if new.state is DraftState.KEPT else None
    )
    if under_way is not None:
        return under_way
    drop_draft(connection, new.owner, new.form)
    draft_id = new_id(now)
    key = make_person_key(connection, keyring, draft_id, now)
    text = canonical({name: list(values) for name, values in new.fields.items()})
    connection.execute(
        insert(table).values(
            id=draft_id,
            owner=new.owner,
            form=new.form,
            fields_sealed=seal(key, "draft", "fields_sealed", draft_id, text),
            state=new.state,
            refusals=_plain(new.refusals),
            kept_at=now,
            sent_at=now if new.state is DraftState.SENT else None,
        )
    )
    return draft_id


def draft(connection: Connection, keyring: KeyRing, owner: str, form: str) -> Draft | None:
    query = select(table).where(table.c.owner == owner, table.c.form == form)
    row = connection.execute(query).mappings().one_or_none()
    return _opened(connection, keyring, row) if row else None


def sent_drafts(connection: Connection, keyring: KeyRing, before: datetime) -> tuple[Draft, ...]:
    """Those that were sent and not answered, the oldest first."""
    query = (
        select(table)
        .where(table.c.state == DraftState.SENT, table.c.sent_at < before)
        .order_by(table.c.sent_at)
        .limit(100)
    )
    return tuple(_opened(connection, keyring, row) for row in connection.execute(query).mappings().all())


def drafts_under(connection: Connection, keyring: KeyRing, owner: str, address: str) -> tuple[Draft, ...]:
    """What somebody left in the forms below an address, the oldest first."""
    below = table.c.form.startswith(address, autoescape=True)
    query = select(table).where(table.c.owner == owner, below).order_by(table.c.kept_at, table.c.id)
    return tuple(_opened(connection, keyring, row) for row in connection.execute(query).mappings().all())


def settle_draft(connection: Connection, draft_id: str, state: DraftState, refusals: tuple[Refusal, ...]) -> None:
    """Say what became of a draft that was sent."""
    connection.execute(update(table).where(table.c.id == draft_id).values(state=state, refusals=_plain(refusals)))


def drop_draft(connection: Connection, owner: str, form: str) -> None:
    """What was kept is no longer needed: the row and its key go."""
    these = (table.c.owner == owner, table.c.form == form)
    for draft_id in connection.scalars(select(table.c.id).where(*these)).all():
        destroy_person_key(connection, draft_id)
        connection.execute(delete(table).where(table.c.id == draft_id))


def purge_drafts(connection: Connection, kept_before: datetime) -> int:
    """Remove drafts nobody came back to, and say how many; what was sent and not answered stays."""
    forgotten = (table.c.kept_at < kept_before, table.c.state != DraftState.SENT)
    old = connection.execute(select(table.c.owner, table.c.form).where(*forgotten)).all()
    for owner, form in old:
        drop_draft(connection, owner, form)
    return len(old)


def _plain(refusals: tuple[Refusal, ...]) -> Json:
    plain: Json = REFUSALS.dump_python(refusals, mode="json")
    return plain


def _opened(connection: Connection, keyring: KeyRing, row: RowMapping) -> Draft:
    key = person_key(connection, keyring, row["id"])
    text = open_sealed(key, "draft", "fields_sealed", row["id"], row["fields_sealed"])
    return Draft(
        id=row["id"],
        owner=row["owner"],
        form=row["form"],
        state=row["state"],
        kept_at=row["kept_at"],
        sent_at=row["sent_at"],
        refusals=REFUSALS.validate_python(row["refusals"] or []),
        fields=FIELDS.validate_json(text),
    )

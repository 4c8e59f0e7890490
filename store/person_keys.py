"""Each person's own data key: made with the person, wrapped by a master key, and destroyed to erase the person."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from store.aead import KEY_BYTES, Key, SealBroken, open_bytes, seal_bytes
from store.keys import KeyRing, KeysUnusable
from store.remembered import forget, once
from store.tables.keys import person_key as table

# Made once: every step of every case asks for a key.
_ONE: Final = select(table).where(table.c.person_id == bindparam("person_id"))


class KeyDestroyed(SealBroken):
    """The person was erased: what was sealed under their key cannot be read by anyone any more."""


def make_person_key(connection: Connection, keyring: KeyRing, person_id: str, recorded_at: datetime) -> Key:
    """A new person's key. A person has one; a second one is refused by the table."""
    key = Key(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES))
    row = {"person_id": person_id, "key_id": key.id, "recorded_at": recorded_at, **_wrap(keyring, person_id, key)}
    connection.execute(insert(table), row)
    return key


def person_key(connection: Connection, keyring: KeyRing, person_id: str) -> Key:
    """As this transaction first read it. Raises KeyDestroyed."""
    ask = connection.execute
    row = once(connection, (table.name, person_id), lambda: ask(_ONE, {"person_id": person_id}).one_or_none())
    if row is None:
        raise KeyDestroyed(f"{person_id} has no key: the person was erased, and the rest is unreadable.")
    return _unwrap(keyring, row.person_id, row.key_id, row.master_key_id, row.wrapped)


def person_keys(connection: Connection, keyring: KeyRing, person_ids: Collection[str]) -> Mapping[str, Key]:
    """The keys of those who still have one."""
    rows = connection.execute(select(table).where(table.c.person_id.in_(person_ids)))
    return {row.person_id: _unwrap(keyring, row.person_id, row.key_id, row.master_key_id, row.wrapped) for row in rows}


def destroy_person_key(connection: Connection, person_id: str) -> bool:
    """Erase a person: what is sealed under their key stays sealed for ever. False: they had no key."""
    forget(connection, (table.name, person_id))
    return connection.execute(delete(table).where(table.c.person_id == person_id)).rowcount == 1


def rewrap(connection: Connection, keyring: KeyRing, *, at_most: int = 1000) -> int:
    """Wrap persons' keys under the newest master key, and say how many were; 0 once all are.

    Nothing that they seal changes. After it returns 0, and once no backup needs it, an older master key may go.
    """
    old = select(table).where(table.c.master_key_id != keyring.newest_id).limit(at_most).with_for_update()
    rows = connection.execute(old).all()
    for row in rows:
        key = _unwrap(keyring, row.person_id, row.key_id, row.master_key_id, row.wrapped)
        forget(connection, (table.name, row.person_id))
        this = table.c.person_id == row.person_id
        connection.execute(update(table).where(this).values(**_wrap(keyring, row.person_id, key)))
    return len(rows)


def require_keys(connection: Connection, keyring: KeyRing) -> None:
    """Refuse to work with keys that cannot open what the record holds, such as a new key file beside an old record."""
    needed = set(connection.execute(select(table.c.master_key_id).distinct()).scalars())
    if missing := sorted(needed - set(keyring.ids)):
        raise KeysUnusable(
            f"The record holds persons sealed under {', '.join(missing)}, and the key file lacks it: put it back."
        )


def _wrap(keyring: KeyRing, person_id: str, key: Key) -> dict[str, object]:
    master = keyring.wrapping_key()
    wrapped = seal_bytes(master, key.secret, "person_key", person_id, key.id)
    return {"master_key_id": master.id, "wrapped": wrapped}


def _unwrap(keyring: KeyRing, person_id: str, key_id: str, master_key_id: str, wrapped: bytes) -> Key:
    master = keyring.wrapping_key(master_key_id)
    return Key(key_id, open_bytes(master, wrapped, "person_key", person_id, key_id))

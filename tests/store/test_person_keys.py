import json
from base64 import b64decode
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.aead import Key, Tampered, UnknownKey, WrongPlace
from store.key_file import add_key, open_key_ring, open_or_create_key_ring
from store.keys import KeyRing, KeysUnusable
from store.person_keys import (
    KeyDestroyed,
    destroy_person_key,
    make_person_key,
    person_key,
    person_keys,
    require_keys,
    rewrap,
)
from store.tables.keys import person_key as table
from tests.store.builders import NOW


def test_a_persons_key_is_kept_and_never_in_clear(connection: Connection, keyring: KeyRing) -> None:
    made = make_person_key(connection, keyring, "p-1", NOW)
    assert person_key(connection, keyring, "p-1") == made
    wrapped = connection.scalars(select(table.c.wrapped).where(table.c.person_id == "p-1")).one()
    assert made.secret not in wrapped


def test_nobody_has_two(connection: Connection, keyring: KeyRing) -> None:
    make_person_key(connection, keyring, "p-1", NOW)
    with pytest.raises(IntegrityError), connection.begin_nested():
        make_person_key(connection, keyring, "p-1", NOW)


def test_every_person_has_their_own(connection: Connection, keyring: KeyRing) -> None:
    made = {name: make_person_key(connection, keyring, name, NOW) for name in ("p-1", "p-2")}
    assert made["p-1"].secret != made["p-2"].secret
    assert person_keys(connection, keyring, ["p-1", "p-2", "p-3"]) == made


def test_a_destroyed_key_is_gone(connection: Connection, keyring: KeyRing) -> None:
    made = make_person_key(connection, keyring, "p-1", NOW)
    assert person_key(connection, keyring, "p-1") == made  # and is not remembered beyond its end
    assert destroy_person_key(connection, "p-1")
    assert not destroy_person_key(connection, "p-1")
    with pytest.raises(KeyDestroyed, match="erased"):
        person_key(connection, keyring, "p-1")


def test_a_key_moved_to_another_person_opens_nothing(connection: Connection, keyring: KeyRing) -> None:
    make_person_key(connection, keyring, "p-1", NOW)
    row = connection.execute(select(table).where(table.c.person_id == "p-1")).mappings().one()
    connection.execute(insert(table).values(**{**row, "person_id": "p-2"}))
    with pytest.raises(WrongPlace):
        person_key(connection, keyring, "p-2")


def test_a_changed_key_is_noticed(connection: Connection, keyring: KeyRing) -> None:
    make_person_key(connection, keyring, "p-1", NOW)
    wrapped = connection.scalars(select(table.c.wrapped).where(table.c.person_id == "p-1")).one()
    connection.execute(update(table).where(table.c.person_id == "p-1").values(wrapped=wrapped[:-1] + b"\0\0"))
    with pytest.raises(Tampered):
        person_key(connection, keyring, "p-1")


def test_keys_change_and_what_persons_sealed_does_not(connection: Connection, tmp_path: Path) -> None:
    connection.execute(table.delete())
    path = tmp_path / "master.key"
    old = open_or_create_key_ring(path)
    made = {name: make_person_key(connection, old, name, NOW) for name in ("p-1", "p-2", "p-3")}
    newest = add_key(path)
    both = open_key_ring(path)
    assert rewrap(connection, both, at_most=2) == 2
    assert rewrap(connection, both, at_most=2) == 1
    assert rewrap(connection, both, at_most=2) == 0
    only_newest = KeyRing([key for key in _masters(path) if key.id == newest], newest)
    assert person_keys(connection, only_newest, list(made)) == made
    with pytest.raises(UnknownKey, match=newest):
        person_key(connection, old, "p-1")


def _masters(path: Path) -> list[Key]:
    file = json.loads(path.read_text())
    return [Key(entry["id"], b64decode(entry["secret"])) for entry in file["keys"]]


def test_new_keys_beside_an_old_record_are_refused(connection: Connection, keyring: KeyRing, tmp_path: Path) -> None:
    require_keys(connection, keyring)
    with pytest.raises(KeysUnusable, match=keyring.newest_id):
        require_keys(connection, open_or_create_key_ring(tmp_path / "master.key"))

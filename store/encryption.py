"""Personal columns: each value is sealed under its person's own key, and bound to its table, column and row."""

from store.aead import Key, key_id, open_bytes, seal_bytes
from store.person_keys import KeyDestroyed


def seal(person_key: Key, table: str, column: str, row_id: str, text: str) -> bytes:
    """What stands in a `sealed` column for this text."""
    return seal_bytes(person_key, text.encode(), table, column, row_id)


def open_sealed(person_key: Key, table: str, column: str, row_id: str, sealed: bytes) -> str:
    """The text of a `sealed` column.

    Raises `Tampered` if the bytes were changed, `WrongPlace` if they were sealed for another row or column, and
    `KeyDestroyed` if they were sealed under a key that this person no longer has.
    """
    if (sealed_under := key_id(sealed)) != person_key.id:
        raise KeyDestroyed(f"{table}.{column} of {row_id} is sealed under key {sealed_under}, which is destroyed.")
    return open_bytes(person_key, sealed, table, column, row_id).decode()


def seal_if_known(person_key: Key, table: str, column: str, row_id: str, text: str | None) -> bytes | None:
    return None if text is None else seal(person_key, table, column, row_id, text)


def open_if_known(person_key: Key, table: str, column: str, row_id: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else open_sealed(person_key, table, column, row_id, sealed)

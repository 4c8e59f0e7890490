"""The file that holds the master keys: `{"keys": [{"id": …, "secret": base64 of 32 bytes}, …], "search": id}`."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from store.aead import KEY_BYTES, Key
from store.keys import KeyRing, KeysUnusable
from store.settings import Settings

_OTHERS: Final = 0o077


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    id: str
    secret: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    keys: list[_Entry]
    search: str


def key_ring(settings: Settings) -> KeyRing:
    """The keys of this installation. A file that somebody named has to be there; our own is made on first use."""
    return open_key_ring(settings.keys) if settings.keys else open_or_create_key_ring(settings.master_key)


def open_key_ring(path: Path) -> KeyRing:
    """The keys of an existing file that nobody else may read."""
    file = _read(path)
    try:
        masters = [Key(entry.id, b64decode(entry.secret, validate=True)) for entry in file.keys]
    except ValueError as error:
        raise KeysUnusable(f"{path} holds a key that is not {KEY_BYTES} bytes in base64.") from error
    return KeyRing(masters, file.search)


def open_or_create_key_ring(path: Path) -> KeyRing:
    """As `open_key_ring`; a first use makes the file with one new key."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        first = _new_entry()
        unfinished = _written(path, _File(keys=[first], search=first.id))
        # Of two processes that start at once one makes the file, and both read that one.
        with suppress(FileExistsError):
            os.link(unfinished, path)
        unfinished.unlink()
    return open_key_ring(path)


def add_key(path: Path) -> str:
    """Add a new master key, which encrypts from now on, and say its id; the older ones still decrypt."""
    file, entry = _read(path), _new_entry()
    _written(path, _File(keys=[*file.keys, entry], search=file.search)).replace(path)
    return entry.id


def _new_entry() -> _Entry:
    # The id says when the key was made, which no business clock knows; it decides nothing.
    made_on = datetime.now(UTC).date().isoformat()
    return _Entry(
        id=f"{made_on}-{secrets.token_hex(3)}", secret=b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    )


def _read(path: Path) -> _File:
    try:
        if path.stat().st_mode & _OTHERS:
            raise KeysUnusable(f"Others may read {path}: run chmod 600 on it, and consider its keys known to them.")
        return _File.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise KeysUnusable(f"There is no key file at {path}: set YIZHAN_KEYS to where yours is.") from error
    except ValidationError as error:
        raise KeysUnusable(f"{path} is not a key file as docs/keys.md describes it.") from error


def _written(path: Path, file: _File) -> Path:
    """The file written beside its place, never readable by others, not even for a moment."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(file.model_dump(), stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    return unfinished

"""The file of a snapshot: sealed parts of some thousand people each, and at its end a sealed list of them.

    magic · part · part · … · contents · where the contents begin (8 bytes)

A part is sealed for its snapshot and its number, so none can be changed, moved, left out or put in from another file.
"""

import json
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

import numpy as np

from cases.canonical import canonical
from rules.population import Array, smallest
from rules.simulated_columns import Kept, arrays, declared, gaps, kept_of, told, type_of
from rules.simulated_people import People
from rules.types import Type
from store.aead import SealBroken, Tampered, key_id, open_bytes, seal_bytes
from store.keys import KeyRing
from store.simulation_facts import Gone

MAGIC: Final = b"YZSNAP1\n"
FORM: Final = 1
OFFICE, TRADE = "@office", "@trade"  # no fact has such a name
WORKERS, EMPLOYERS = "workers", "employers"
_LENGTH: Final = struct.Struct("<Q")
_HEAD: Final = struct.Struct("<I")
_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True)
class Part:
    subject: str
    people: int
    begins: int
    length: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """What a snapshot is of, and what its numbers mean. `offices`: a station or none, and the place whose law holds.

    `partly`, by subject: what is not known of somebody; `told`: of how many each fact is known.
    """

    id: str
    day: date
    made_at: datetime
    gone: Gone
    types: Mapping[str, Type]
    offices: tuple[tuple[str, str], ...]
    trades: tuple[str, ...]
    partly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    def people(self, subject: str) -> int:
        return sum(part.people for part in self.parts if part.subject == subject)

    @property
    def hash(self) -> str:
        """Of everything: the contents name the digest of every part."""
        return sha256(_written(self)).hexdigest()


@dataclass(frozen=True)
class Several:
    """The people of one part, with the codes of their office and trade."""

    people: People
    offices: Array
    trades: Array


class Writer:
    """Writes beside the place where the file will stand, and puts it there whole."""

    def __init__(self, path: Path, keyring: KeyRing, contents: Contents) -> None:
        self._path, self._key = path, keyring.snapshot_key()
        self._contents = contents
        self._partly: dict[str, dict[str, None]] = {WORKERS: {}, EMPLOYERS: {}}
        self._told: dict[str, dict[str, int]] = {WORKERS: {}, EMPLOYERS: {}}
        self._parts: list[Part] = []
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._unfinished = path.with_name(f".unfinished-{contents.id}")
        handle = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        self._file.write(MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def add(self, subject: str, facts: Mapping[str, Kept], offices: Array, trades: Array) -> None:
        found = {OFFICE: smallest(offices), TRADE: smallest(trades)}
        for name, kept in facts.items():
            found |= dict(arrays(name, kept))
            self._partly[subject] |= dict.fromkeys(gaps(name, kept))
            self._told[subject][name] = self._told[subject].get(name, 0) + told(kept)
        sealed = seal_bytes(self._key, _packed(found), *_place(self._contents.id, len(self._parts)))
        self._parts.append(Part(subject, len(offices), self._file.tell(), len(sealed), sha256(sealed).hexdigest()))
        self._file.write(sealed)

    def finish(self, offices: Sequence[tuple[str, str]]) -> Contents:
        """It stands on the disk, in the place of the one before, when this returns."""
        partly = {subject: tuple(sorted(names)) for subject, names in self._partly.items()}
        found = {"offices": tuple(offices), "partly": partly, "told": self._told, "parts": tuple(self._parts)}
        contents = replace(self._contents, **found)  # type: ignore[arg-type] # fields of its own
        begins = self._file.tell()
        self._file.write(seal_bytes(self._key, _written(contents), "snapshot", "contents"))
        self._file.write(_LENGTH.pack(begins))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._unfinished.replace(self._path)
        return contents


@dataclass(frozen=True)
class SnapshotFile:
    path: Path
    keyring: KeyRing
    contents: Contents

    @classmethod
    def opened(cls, path: Path, keyring: KeyRing) -> Self:
        """FileNotFoundError where there is none; SealBroken where it is not as it was written."""
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size < len(MAGIC) + _LENGTH.size:
                raise Tampered("The snapshot is cut short.")
            file.seek(-_LENGTH.size, os.SEEK_END)
            (begins,) = _LENGTH.unpack(file.read(_LENGTH.size))
            file.seek(min(begins, size))
            sealed = file.read(max(0, size - _LENGTH.size - file.tell()))
            file.seek(0)
            if file.read(len(MAGIC)) != MAGIC:
                raise Tampered("Not a snapshot of the population.")
        return cls(path, keyring, _read(_opened(keyring, sealed, "snapshot", "contents")))

    def each(self, subject: str) -> Iterator[Several]:
        """Part by part, so that memory stays what it is however many people there are."""
        types, partly = self.contents.types, frozenset(self.contents.partly.get(subject, ()))
        with self.path.open("rb") as file:
            for number, part in enumerate(self.contents.parts):
                if part.subject != subject:
                    continue
                file.seek(part.begins)
                sealed = file.read(part.length)
                if sha256(sealed).hexdigest() != part.sha256:
                    raise Tampered(f"Part {number} of the snapshot is not the one that was written.")
                found = _unpacked(_opened(self.keyring, sealed, *_place(self.contents.id, number)))
                facts = {
                    name: kept_of(name, type_, found)
                    for name, type_ in types.items()
                    if name in found or f"{name}[" in found
                }
                people = People(part.people, facts, types, partly, self.contents.day)
                yield Several(people, found[OFFICE].astype(np.int64), found[TRADE].astype(np.int64))


def _opened(keyring: KeyRing, sealed: bytes, *place: str) -> bytes:
    return open_bytes(keyring.snapshot_key(key_id(sealed)), sealed, *place)


def _place(snapshot: str, number: int) -> tuple[str, ...]:
    return ("snapshot", snapshot, "part", str(number))


def _packed(found: Mapping[str, Array]) -> bytes:
    head = json.dumps([(name, each.dtype.str, len(each)) for name, each in found.items()]).encode()
    return b"".join([_HEAD.pack(len(head)), head, *(np.ascontiguousarray(each).tobytes() for each in found.values())])


def _unpacked(content: bytes) -> dict[str, Array]:
    (length,) = _HEAD.unpack_from(content)
    begins = _HEAD.size + length
    found: dict[str, Array] = {}
    for name, kind, size in json.loads(content[_HEAD.size : begins]):
        found[name] = np.frombuffer(content, np.dtype(kind), size, begins)
        begins += found[name].nbytes
    return found


def _written(contents: Contents) -> bytes:
    plain: dict[str, Any] = {
        **asdict(replace(contents, types={})),
        "form": FORM,
        "day": contents.day.isoformat(),
        "made_at": contents.made_at.isoformat(),
        "types": {name: declared(type_) for name, type_ in contents.types.items()},
    }
    return canonical(json.loads(json.dumps(plain))).encode()


def _read(content: bytes) -> Contents:
    plain = json.loads(content)
    if plain.pop("form") != FORM:
        raise SealBroken("The snapshot was written by another version.")
    subjects: Sequence[str] = (WORKERS, EMPLOYERS)
    return Contents(
        id=plain["id"],
        day=date.fromisoformat(plain["day"]),
        made_at=datetime.fromisoformat(plain["made_at"]),
        gone=Gone(**plain["gone"]),
        types={name: type_of(written) for name, written in plain["types"].items()},
        offices=tuple((station, place) for station, place in plain["offices"]),
        trades=tuple(plain["trades"]),
        partly={subject: tuple(plain["partly"].get(subject, ())) for subject in subjects},
        told=plain["told"],
        parts=tuple(Part(**part) for part in plain["parts"]),
    )

"""Files of a case (papers, evidence), kept under the digest of their bytes, so that none can change unnoticed."""

import os
import tempfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

_DIGEST_LENGTH: Final = 64
_HEX: Final = frozenset("0123456789abcdef")


class FileMissing(LookupError):
    """The record names a file that the store does not hold."""


class FileChanged(ValueError):
    """The bytes of a file are no longer those that were put there."""


@dataclass(frozen=True)
class FileRef:
    sha256: str
    size: int

    def __post_init__(self) -> None:
        if len(self.sha256) != _DIGEST_LENGTH or not _HEX.issuperset(self.sha256):
            raise ValueError("A file is named by the 64 hexadecimal digits of its SHA-256 digest.")


class FileStore:
    """Write the file first and the row that names it second: an orphan is swept, a row never dangles."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "sha256"
        self._root.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> FileRef:
        """Keep these bytes, on the disk when this returns. The same bytes twice are one file."""
        ref = FileRef(sha256(content).hexdigest(), len(content))
        path = self._path(ref)
        if path.exists():
            path.touch()  # a row that names it is coming: it is no orphan of long ago
        else:
            _make_folders(path.parent, self._root)
            _write_durably(path, content)
        return ref

    def read(self, ref: FileRef) -> bytes:
        try:
            content = self._path(ref).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(f"File {ref.sha256} is named in the record and not in the store.") from error
        if len(content) != ref.size or sha256(content).hexdigest() != ref.sha256:
            raise FileChanged(f"File {ref.sha256} no longer has the bytes that were put there.")
        return content

    def sweep(self, named: Container[str], *, now: datetime, grace: timedelta) -> tuple[FileRef, ...]:
        """Remove the orphans, and what a crash left half written."""
        orphans = self.orphans(named, now=now, grace=grace)
        for orphan in orphans:
            self._path(orphan).unlink(missing_ok=True)
        self._sweep_unfinished((now - grace).timestamp())
        return orphans

    def orphans(self, named: Container[str], *, now: datetime, grace: timedelta) -> tuple[FileRef, ...]:
        """Files that no row names (their digests in `named`), unless so new that their row may be coming."""
        latest = (now - grace).timestamp()
        return tuple(
            FileRef(path.name, path.stat().st_size)
            for path in self._files()
            if path.name not in named and path.stat().st_mtime < latest
        )

    def digests(self) -> frozenset[str]:
        """Of every file that is there."""
        return frozenset(path.name for path in self._files())

    def _files(self) -> Iterator[Path]:
        return (path for path in self._root.glob("??/??/*") if len(path.name) == _DIGEST_LENGTH)

    def _sweep_unfinished(self, latest: float) -> None:
        for path in self._root.glob("??/??/.unfinished-*"):
            if path.stat().st_mtime < latest:
                path.unlink(missing_ok=True)

    def _path(self, ref: FileRef) -> Path:
        return self._root / ref.sha256[:2] / ref.sha256[2:4] / ref.sha256


def _make_folders(folder: Path, root: Path) -> None:
    for level in (folder.parent, folder):
        level.mkdir(exist_ok=True)
        _flush_folder(level.parent)
    _flush_folder(root)


def _write_durably(path: Path, content: bytes) -> None:
    """After a crash the file is there whole, or not at all."""
    handle, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

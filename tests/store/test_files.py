import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from store.files import FileChanged, FileMissing, FileRef, FileStore

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def aged(path: Path, age: timedelta) -> None:
    moment = (NOW - age).timestamp()
    os.utime(path, (moment, moment))


def path_of(folder: Path, ref: FileRef) -> Path:
    return folder / "sha256" / ref.sha256[:2] / ref.sha256[2:4] / ref.sha256


def test_what_was_put_is_read(tmp_path: Path) -> None:
    ref = FileStore(tmp_path).put(b"paper")
    assert ref == FileRef(sha256(b"paper").hexdigest(), 5)
    assert FileStore(tmp_path).read(ref) == b"paper"
    assert path_of(tmp_path, ref).exists()


def test_the_same_bytes_are_one_file(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    first = store.put(b"paper")
    written = path_of(tmp_path, first).stat().st_ino
    assert store.put(b"paper") == first
    assert path_of(tmp_path, first).stat().st_ino == written


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    ref = store.put(b"paper")
    path_of(tmp_path, ref).write_bytes(b"Paper")
    with pytest.raises(FileChanged):
        store.read(ref)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    ref = FileRef(sha256(b"").hexdigest(), 0)
    with pytest.raises(FileMissing, match=ref.sha256):
        FileStore(tmp_path).read(ref)


@pytest.mark.parametrize("name", ["", "a" * 63, "A" * 64, "../" + "a" * 61, "g" * 64])
def test_only_a_digest_is_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileRef(name, 0)


def test_sweeping_takes_old_orphans_only(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    named, old, new = (store.put(content) for content in (b"named", b"old", b"new"))
    for ref, age in ((named, 3 * HOUR), (old, HOUR + timedelta(seconds=1)), (new, HOUR)):
        aged(path_of(tmp_path, ref), age)
    assert store.sweep({named.sha256}, now=NOW, grace=HOUR) == (old,)
    assert store.read(named) == b"named"
    assert store.read(new) == b"new"
    with pytest.raises(FileMissing):
        store.read(old)


def test_a_file_cut_off_by_a_crash_is_no_file_and_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore(tmp_path)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", crash)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            store.put(b"paper")
    ref = FileRef(sha256(b"paper").hexdigest(), 5)
    with pytest.raises(FileMissing):
        store.read(ref)
    left = list(tmp_path.glob("sha256/*/*/.unfinished-*"))
    assert len(left) == 1
    aged(left[0], 2 * HOUR)
    store.sweep(set(), now=NOW, grace=HOUR)
    assert list(tmp_path.glob("sha256/*/*/.unfinished-*")) == []


def test_bytes_and_folders_are_flushed_before_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(os.fstat(handle).st_ino))
    ref = FileStore(tmp_path).put(b"paper")
    path = path_of(tmp_path, ref)
    assert {path.stat().st_ino, path.parent.stat().st_ino, path.parent.parent.stat().st_ino} <= set(flushed)

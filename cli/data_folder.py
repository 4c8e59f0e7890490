"""The data folder: one station at a time, and never one that a newer Yizhan has written."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from cases.refusals import Refused, refusal

VERSION_FILE, LOCK_FILE = "version", "lock"


@contextmanager
def locked_data_folder(folder: Path) -> Iterator[None]:
    """Ours alone while the block lasts; the kernel gives it up when we end, however we end."""
    _must_be_writable(folder)
    with (folder / LOCK_FILE).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise _in_use(folder, lock.read().strip()) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        _must_not_be_newer(folder)
        yield


def _must_be_writable(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / LOCK_FILE).open("a"):
            pass
    except OSError as failure:
        raise Refused(
            (
                refusal(
                    "data-folder-not-writable",
                    f"不能写入数据文件夹 {folder}（{failure.strerror}）。请改正权限，或用 YIZHAN_DATA 指定另一个。",
                    f"The data folder {folder} cannot be written ({failure.strerror}). "
                    "Correct its permissions, or name another with YIZHAN_DATA.",
                ),
            )
        ) from failure


def _in_use(folder: Path, pid: str) -> Refused:
    return Refused(
        (
            refusal(
                "already-running",
                f"驿站已在运行（进程 {pid}），数据文件夹 {folder} 正被使用。请先停止它，或用 YIZHAN_DATA 指定另一个。",
                f"A station is already running (process {pid}) on the data folder {folder}. "
                "Stop it first, or name another folder with YIZHAN_DATA.",
            ),
        )
    )


def _must_not_be_newer(folder: Path) -> None:
    """An older program would not understand what a newer one has kept."""
    ours, file = version("yizhan"), folder / VERSION_FILE
    theirs = file.read_text(encoding="ascii").strip() if file.exists() else ours
    if _parts(theirs) > _parts(ours):
        raise Refused(
            (
                refusal(
                    "data-folder-newer",
                    f"数据文件夹 {folder} 由更新的版本 {theirs} 写成，本程序是 {ours}。请升级驿站。",
                    f"The data folder {folder} was written by version {theirs}; this is {ours}. Update Yizhan.",
                ),
            )
        )
    file.write_text(f"{ours}\n", encoding="ascii")


def _parts(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdigit())

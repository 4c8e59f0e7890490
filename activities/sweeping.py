"""Sweeping the files (清理无主文件): what no row names any more is found first, and removed only when that is said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from activities.bootstrap import Station
from cases.refusals import Refusal, Refused, refusal
from store.audit import AuditEvent, record_audit
from store.engine import read, write
from store.file_names import named_files
from store.files import FileRef

SWEPT: Final = "sweep-files"
GRACE: Final = timedelta(days=1)  # a file is written before the row that names it
BY: Final = "operator"  # whoever has the machine; nobody of the staff


@dataclass(frozen=True)
class Sweep:
    """`orphans` are named nowhere; `missing` are named and not there, which only a backup can mend."""

    kept: int
    orphans: tuple[FileRef, ...]
    missing: tuple[str, ...]
    removed: bool = False

    @property
    def size(self) -> int:
        return sum(orphan.size for orphan in self.orphans)


def look(station: Station, now: datetime) -> Sweep:
    """What would be removed."""
    with read(station.engine) as connection:
        named = named_files(connection)
    there = station.files.digests()
    return Sweep(len(there & named), station.files.orphans(named, now=now, grace=GRACE), tuple(sorted(named - there)))


def sweep(station: Station, now: datetime) -> Sweep:
    """Remove it. Raises Refused where the record names none of the files: it is hardly the record of this folder."""
    found = look(station, now)
    if found.orphans and not found.kept:
        raise Refused((_another_record(len(found.orphans)),))
    with write(station.engine) as connection:  # what is about to be named waits until this is done
        orphans = station.files.sweep(named_files(connection), now=now, grace=GRACE)
        record_audit(connection, station.keyring, AuditEvent(SWEPT, BY, now, "files", f"{len(orphans)}"))
    return replace(found, orphans=orphans, removed=True)


def _another_record(files: int) -> Refusal:
    return refusal(
        "another-record",
        f"文件夹里的{files}个文件，这个数据库一个也没有提到：请先核对 YIZHAN_DATA 和 DATABASE_URL 是否属于同一个驿站。",
        f"Of the {files} files in the folder this record names none: look first whether YIZHAN_DATA and DATABASE_URL "
        "belong together.",
    )

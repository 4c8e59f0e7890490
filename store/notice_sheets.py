"""The sheets that were printed of public-notice lists: kept sealed, edition by edition."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, insert, select

from store.aead import key_id, open_bytes, seal_bytes
from store.files import FileRef, FileStore
from store.keys import KeyRing
from store.rows import filled
from store.tables.subsidy_notices import subsidy_notice_sheet as table

PLACE: Final = "subsidy_notice_sheet"


@dataclass(frozen=True)
class Sheet:
    notice_id: str
    edition: int
    sheet: int
    sheets: int
    printed_on: date
    sha256: str
    file_sha256: str
    file_size: int

    @property
    def place(self) -> tuple[str, ...]:
        return PLACE, self.notice_id, str(self.edition), str(self.sheet)


def edition_to_print(connection: Connection, notice_id: str) -> tuple[int, int]:
    """Which edition is to be printed, and how many sheets of it are kept already."""
    of = table.c.notice_id == notice_id
    last = connection.scalar(select(func.max(table.c.edition)).where(of))
    if last is None:
        return 1, 0
    query = select(func.count(), func.max(table.c.sheets)).where(of, table.c.edition == last)
    kept, wanted = connection.execute(query).one()
    return (last, kept) if kept < wanted else (last + 1, 0)


def put_file(files: FileStore, keyring: KeyRing, place: tuple[str, ...], content: bytes) -> FileRef:
    return files.put(seal_bytes(keyring.list_key(), content, *place))


def keep_sheet(connection: Connection, sheet: Sheet) -> None:
    connection.execute(insert(table).values(**vars(sheet)))


def sheets(connection: Connection, notice_id: str) -> tuple[Sheet, ...]:
    """All that were printed, in order."""
    query = select(table).where(table.c.notice_id == notice_id).order_by(table.c.edition, table.c.sheet)
    return tuple(filled(Sheet, row) for row in connection.execute(query).mappings())


def opened(files: FileStore, keyring: KeyRing, place: tuple[str, ...], ref: FileRef) -> bytes:
    sealed = files.read(ref)
    return open_bytes(keyring.list_key(key_id(sealed)), sealed, *place)

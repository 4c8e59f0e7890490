"""Printing a public-notice list: sheet by sheet, each kept; and the same list as a table, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

from activities.bootstrap import Station
from activities.composing.ledger import Ledger
from activities.composing.subsidy_lists import ROWS, how_shown, listed, sheet, sheets_of
from activities.papers_desk import Print
from activities.progress import Progress, Tell, tell_nobody
from cases.bank_files import plain_yuan, table_line
from cases.days import day_of
from cases.papers import check
from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording
from store import notice_sheets, subsidy_notices
from store.engine import read, write
from store.files import FileRef
from store.notice_sheets import Sheet

PRINTED: Final = Wording("名单已打印", "sheets printed")
COLUMNS: Final = (
    "序号",
    "姓名（名称）",
    "证件号码或代码",
    "金额（元）",
    "补贴期间",
    "标准",
    "撤出公示日期",
    "招用人员",
)


@dataclass(frozen=True)
class Prints:
    station: Station
    print: Print
    tell: Tell = tell_nobody

    def print_list(self, notice_id: str, at: datetime) -> int:
        """Print the list as it stands, withdrawn entries told as withdrawn; the number of the edition.

        Broken off, the same edition is gone on with.
        """
        with read(self.station.engine) as connection:
            notice = whole(connection, notice_id)
            ledger = self._ledger(connection)
            shown, total = how_shown(ledger, notice), subsidy_notices.how_many(connection, notice_id)
            edition, kept = notice_sheets.edition_to_print(connection, notice_id)
        for number in range(kept + 1, sheets_of(total) + 1):
            with read(self.station.engine) as connection:
                paper = sheet(self._ledger(connection), notice, shown, number, total, day_of(at))
            check(paper)
            pdf = self.print(paper)
            made = Sheet(notice_id, edition, number, paper.sheets, day_of(at), sha256(pdf).hexdigest(), "", 0)
            file = notice_sheets.put_file(self.station.files, self.station.keyring, made.place, pdf)
            with write(self.station.engine) as connection:
                notice_sheets.keep_sheet(
                    connection, Sheet(**{**vars(made), "file_sha256": file.sha256, "file_size": file.size})
                )
            self.tell(Progress(PRINTED, number, paper.sheets))
        return edition

    def kept(self, notice_id: str, edition: int, number: int) -> bytes:
        """The bytes of a sheet that was printed."""
        with read(self.station.engine) as connection:
            found = [
                s for s in notice_sheets.sheets(connection, notice_id) if (s.edition, s.sheet) == (edition, number)
            ]
        if not found:
            raise Refused((_not_printed(notice_id),))
        ref = FileRef(found[0].file_sha256, found[0].file_size)
        return notice_sheets.opened(self.station.files, self.station.keyring, found[0].place, ref)

    def table(self, notice_id: str) -> Iterator[bytes]:
        """As CSV, masked as the sheets are."""
        with read(self.station.engine) as connection:
            total = sheets_of(subsidy_notices.how_many(connection, whole(connection, notice_id).id))
        # So that a spreadsheet takes it for UTF-8.
        yield b"\xef\xbb\xbf" + table_line(COLUMNS)
        for number in range(total):
            with read(self.station.engine) as connection:
                entries = subsidy_notices.entries(connection, notice_id, number * ROWS, ROWS)
                shown = listed(self._ledger(connection), entries)
            for each in shown:
                yield table_line(
                    [
                        str(each.position),
                        each.name,
                        each.identity,
                        plain_yuan(each.amount_fen),
                        each.periods,
                        each.standard,
                        each.withdrawn_on.isoformat() if each.withdrawn_on else "",
                        each.hired or "",
                    ]
                )

    def _ledger(self, connection: Connection) -> Ledger:
        return Ledger(connection, self.station.keyring, self.station.policies)


def whole(connection: Connection, notice_id: str) -> subsidy_notices.NoticeList:
    """Raises Refused for a list that there is not, or that is still being made."""
    try:
        notice = subsidy_notices.found(connection, notice_id)
    except NoResultFound:
        raise Refused((_no_list(notice_id),)) from None
    if notice.published_at is None:
        raise Refused(
            (
                refusal(
                    "list-being-made",
                    f"名单{notice_id}还没有做完，请先继续公示（yizhan subsidy notice）。",
                    f"The list {notice_id} is not whole yet: go on with it first (yizhan subsidy notice).",
                ),
            )
        )
    return notice


def _no_list(notice_id: str) -> Refusal:
    return refusal("no-such-list", f"没有公示名单{notice_id}。", f"There is no public list {notice_id}.")


def _not_printed(notice_id: str) -> Refusal:
    return refusal("not-printed", f"名单{notice_id}没有这一册。", f"No such sheet of {notice_id} was printed.")

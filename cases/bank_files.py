"""The file for a bank and its answer (银行文件): columns in a fixed order, sums in yuan made of whole fen, totals.

No real money moves by it: whoever hands it to a bank does that by the bank's own means, outside of this system.

    H,yizhan-bank-file-1,<batch>,<station>,<day>,CNY,<that no real money moves>
    D,<no.>,<reference>,<holder>,<bank>,<account>,<yuan>,<subsidy>,<periods>
    T,<payments>,<yuan in all>,<SHA-256 of all D lines>

An answer has one line for each payment: reference, yuan, `paid` or `returned`, the day, and the code of a return.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Final

FORMAT: Final = "yizhan-bank-file-1"
NO_MONEY: Final = "不发生真实资金划转 no real money moves by this file"
PAID_WORDS: Final = {"paid": True, "成功": True, "returned": False, "退回": False}
ANSWER_COLUMNS: Final = 5
LONGEST_LINE: Final = 1_000
_YUAN: Final = re.compile(r"(0|[1-9][0-9]{0,12})\.([0-9]{2})")
_CODE: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
_REFERENCE: Final = re.compile(r"(case-[0-9A-Z]+)/(payment-[0-9]+)")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PaymentLine:
    """One payment as the bank is told of it."""

    position: int
    reference: str
    holder: str
    bank: str
    account: str
    amount_fen: int
    subsidy: str
    periods: str


@dataclass(frozen=True)
class BankLine:
    """One answer of the bank."""

    case_id: str
    payment_id: str
    amount_fen: int
    paid: bool
    settled_on: date
    code: str


def reference_of(case_id: str, payment_id: str) -> str:
    """Under which a payment is known to the bank; it names nobody."""
    return f"{case_id}/{payment_id}"


def plain_yuan(amount_fen: int) -> str:
    """1409.50 for 140950 fen, for programs."""
    if amount_fen < 0:
        raise ValueError("A file for a bank states no sum below nothing.")
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def fen_of(yuan: str) -> int | None:
    """None for what is no sum with two decimals."""
    found = _YUAN.fullmatch(yuan)
    return int(found[1]) * 100 + int(found[2]) if found else None


def header(batch_id: str, station: str, made_on: date) -> bytes:
    return _line(["H", FORMAT, batch_id, station, made_on.isoformat(), "CNY", NO_MONEY])


def payment_line(line: PaymentLine) -> bytes:
    return _line(
        [
            "D",
            str(line.position),
            line.reference,
            line.holder,
            line.bank,
            line.account,
            plain_yuan(line.amount_fen),
            line.subsidy,
            line.periods,
        ]
    )


def trailer(payments: int, total_fen: int, checksum: str) -> bytes:
    return _line(["T", str(payments), plain_yuan(total_fen), checksum])


def read_answer(text: str) -> BankLine | None:
    """A line of the bank's answer; None for one that is not as agreed."""
    if len(text) > LONGEST_LINE:
        return None
    try:
        cells = [cell.strip() for cell in next(csv.reader([text], strict=True), [])]
    except csv.Error:
        return None
    if len(cells) != ANSWER_COLUMNS:
        return None
    reference, yuan, said, day, code = cells
    named, amount_fen, paid = _REFERENCE.fullmatch(reference), fen_of(yuan), PAID_WORDS.get(said)
    if named is None or amount_fen is None or paid is None or (not paid and not _CODE.fullmatch(code)):
        return None
    try:
        settled_on = date.fromisoformat(day)
    except ValueError:
        return None
    return BankLine(named[1], named[2], amount_fen, paid, settled_on, "" if paid else code)


def guarded(cell: str) -> str:
    """A cell for a table that people open: no name becomes a formula there."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def table_line(cells: Sequence[str]) -> bytes:
    return _line([guarded(each) for each in cells])


def _line(cells: Sequence[str]) -> bytes:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([" ".join(cell.split()) for cell in cells])
    return written.getvalue().encode()

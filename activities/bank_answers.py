"""What the bank answered (银行回盘): read line by line, held against what was sent, and written on each case once.

A file that is read again changes nothing. Whatever does not fit is named with its line, and nothing is done by it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy.exc import IntegrityError

from activities.bank_files import whole
from activities.bank_parts import ABOUT
from activities.bootstrap import Station
from activities.errands import Do, Errand
from activities.gathering import CHUNK, Gathering, parted, require_officer
from activities.progress import Tell, tell_nobody
from cases.bank_files import BankLine, read_answer
from cases.commands import command
from cases.subsidy.paying import SettlePayment
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.stages import PaymentStatus
from cases.wording import Wording
from store import bank_answers
from store.audit import AuditEvent, record_audit
from store.bank_answers import Answered, Deviation, OurLine
from store.bank_batches import Batch
from store.engine import read, write
from store.tables.bank_batches import BankAnswer

READ: Final = "read-bank-answers"
SETTLED, LATE, AGAIN, UNREADABLE, TWICE = "settled", "late", "again", "unreadable", "twice"
UNKNOWN, OTHER_AMOUNT, CONTRARY, OTHERWISE = "unknown", "other-amount", "contrary", "otherwise"
REFUSED: Final = "refused "
FITS: Final = (SETTLED, LATE, AGAIN)
WORDS: Final[Mapping[str, Wording]] = {
    SETTLED: Wording("已登记", "recorded"),
    LATE: Wording("到账后退汇，已登记，须重新拨付", "came back after it was paid: recorded, and due again"),
    AGAIN: Wording("以前已登记过，相同", "recorded before, and the same"),
    UNREADABLE: Wording("这一行不符合约定格式", "the line is not as agreed"),
    TWICE: Wording("同一拨付编号在文件中重复，内容相同，只登记一次", "a reference stands twice, alike: recorded once"),
    CONTRARY: Wording(
        "同一拨付编号在文件中出现多次且内容不一致，均未登记", "a reference stands twice and differs: nothing done"
    ),
    UNKNOWN: Wording("该银行文件中没有这一拨付编号", "the file that was sent has no such payment"),
    OTHER_AMOUNT: Wording("金额与发出的不一致，未登记", "another amount than was sent: nothing done"),
    OTHERWISE: Wording("与以前登记的银行结果不一致，未登记", "the bank said otherwise before: nothing done"),
}
HEADINGS: Final = ("#", "reference", "拨付编号")


@dataclass(frozen=True)
class ReadBack:
    """What came of a file: how many lines fit, what did not and why, and what the bank has not answered yet."""

    counts: Mapping[str, int]
    deviations: tuple[Deviation, ...]
    unanswered: tuple[tuple[str, str], ...]


def found_words(found: str) -> Wording:
    if found.startswith(REFUSED):
        reasons = found.removeprefix(REFUSED)
        return Wording(f"个案不予办理：{reasons}", f"refused by the case: {reasons}")
    return WORDS[found]


@dataclass(frozen=True)
class BankAnswers:
    station: Station
    do: Do
    tell: Tell = tell_nobody
    chunk: int = CHUNK

    def settle(self, batch_id: str, file: Path, actor: str, at: datetime) -> ReadBack:
        """Read the bank's file of answers to one of ours. Raises Refused for a file that there is not."""
        with read(self.station.engine) as connection:
            batch = whole(connection, batch_id)
            require_officer(connection, batch.station_id, actor, at)
        digest = _digest(file)
        self._take_down(batch, file, digest)
        Gathering(self.station.engine, self.tell, self.chunk).dealt_with(
            lambda connection, after, most: bank_answers.not_dealt_with(connection, digest, batch.id, after, most),
            lambda chunk: self._deal_with(batch, digest, chunk, actor),
            lambda line: line.number,
            WORDS[SETTLED],
        )
        with write(self.station.engine) as connection:
            event = AuditEvent(READ, actor, at, ABOUT, batch.id, station_id=batch.station_id, reason=digest)
            record_audit(connection, self.station.keyring, event)
            return ReadBack(
                bank_answers.counts(connection, digest, batch.id),
                bank_answers.deviations(connection, digest, batch.id, FITS),
                bank_answers.unanswered(connection, batch.id),
            )

    def _take_down(self, batch: Batch, file: Path, digest: str) -> None:
        """Line after line, so that the last one that is kept tells where to go on."""
        whole = False
        while not whole:
            with suppress(IntegrityError):  # somebody else reads the same file, and has taken these lines down
                self._take_down_the_rest(batch, file, digest)
                whole = True

    def _take_down_the_rest(self, batch: Batch, file: Path, digest: str) -> None:
        with read(self.station.engine) as connection:
            kept = bank_answers.lines_kept(connection, digest, batch.id)
        lines = (line for line in _lines(file) if line[0] > kept)
        while chunk := list(islice(lines, self.chunk)):
            with write(self.station.engine) as connection:
                bank_answers.keep_lines(connection, digest, batch.id, chunk, UNREADABLE)

    def _deal_with(self, batch: Batch, digest: str, chunk: Sequence[Answered], actor: str) -> None:
        cases = {each.case_id for each in chunk}
        with read(self.station.engine) as connection:
            said = bank_answers.said_of(connection, digest, batch.id, cases)
            ours = bank_answers.our_lines(connection, batch.id, cases)
        found = {each.number: _judged(each, said, ours) for each in chunk}
        with write(self.station.engine) as connection:
            bank_answers.deal_with(connection, digest, batch.id, {n: what for n, what in found.items() if what})
        late = {each.number for each in chunk if found[each.number] is None and _late(each, ours)}
        self._settle(batch, digest, [each for each in chunk if found[each.number] is None], late, actor)

    def _settle(
        self, batch: Batch, digest: str, answers: Sequence[Answered], late: Collection[int], actor: str
    ) -> None:
        given = self.do([_errand(batch, each, actor, late=each.number in late) for each in answers])
        _, refused = parted([each.number for each in answers], given)
        with write(self.station.engine) as connection:
            # Somebody may have recorded the same by hand, or another one read the file: it stands all the same.
            stands = bank_answers.stands_so(connection, [each for each in answers if each.number in refused])
            done = [each for each in answers if each.number not in refused or each.number in stands]
            bank_answers.settle(connection, batch.id, done)
            found = {each.number: LATE if each.number in late else SETTLED for each in done}
            found |= {n: f"{REFUSED}{codes}" for n, codes in refused.items() if n not in stands}
            bank_answers.deal_with(connection, digest, batch.id, found)


def _judged(
    each: Answered, said: Mapping[tuple[str, str], list[Answered]], ours: Mapping[tuple[str, str], OurLine]
) -> str | None:
    """Why nothing is done by a line; None: it is settled."""
    place = each.case_id, each.payment_id
    line, of_it = ours.get(place), said[place]
    if line is None:
        return UNKNOWN
    if len({_meaning(other) for other in of_it}) > 1:
        return CONTRARY
    if of_it[0].number != each.number:
        return TWICE
    if line.amount_fen != each.amount_fen:
        return OTHER_AMOUNT
    if line.answer is not None and not _late(each, ours):
        before = line.amount_fen, line.answer, line.code or "", line.settled_on
        return AGAIN if before == _meaning(each) else OTHERWISE
    return None


def _late(each: Answered, ours: Mapping[tuple[str, str], OurLine]) -> bool:
    """Whether the bank returns what it had paid."""
    line = ours[each.case_id, each.payment_id]
    return line.status is PaymentStatus.PAID and each.answer is BankAnswer.RETURNED


def _meaning(each: Answered) -> tuple[object, ...]:
    return each.amount_fen, each.answer, each.code, each.settled_on


def _errand(batch: Batch, each: Answered, actor: str, *, late: bool) -> Errand:
    if late:
        named = f"银行文件{batch.id} / bank file {batch.id}"
        came_back = ReturnPayment(each.payment_id, each.settled_on, each.code, named)
        key = f"{batch.id}/{each.payment_id}/late/{each.settled_on}/{actor}"
        return Errand(each.case_id, command(key, came_back, actor))
    paid = each.answer is BankAnswer.PAID
    act = SettlePayment(each.payment_id, paid, each.settled_on, each.code)
    return Errand(each.case_id, command(f"{batch.id}/{each.payment_id}/{each.answer}/{actor}", act, actor))


def _lines(file: Path) -> Iterator[tuple[int, BankLine | None]]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        for number, text in enumerate(opened, start=1):
            line = text.strip()
            if line and not line.startswith(HEADINGS):
                yield number, read_answer(line)


def _digest(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()

"""Files for the bank: a payment is in one file and once in it, whatever is killed; totals that anybody can reckon."""

import csv
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from activities.bank_answers import AGAIN, LATE, SETTLED, BankAnswers, ReadBack
from activities.bank_files import SENT as SENT_WORDS
from activities.bank_files import BankFiles, Made, hand_out
from activities.bootstrap import Station
from activities.errands import Unanswered, through_record
from activities.progress import Progress
from cases.bank_files import fen_of
from cases.payees import PayeeAccount
from cases.refusals import Refused
from cases.subsidy.paying import SendPayment, SettlePayment
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.stages import Applicant, PaymentStatus, Stage
from store import bank_batches
from store.cases import load_subsidy
from store.engine import read, write
from store.payees import keep_account
from store.person_keys import destroy_person_key
from store.tables.bank_batches import subsidy_batch_line
from store.tables.cases import audit_event, case_step
from tests.activities.both import Crashed, both
from tests.activities.office import Office
from tests.activities.subsidy_crowd import (
    OFFICER,
    OTHER_OFFICER,
    STATION,
    Person,
    amount_of,
    case_of,
    killed_at_commit,
    people,
    plant,
    statuses,
)
from tests.activities.unwilling import without
from tests.builders import OPENED_AT

__all__ = ["both"]

LATER = OPENED_AT + timedelta(days=1)
PAID, RETURNED, SENT = PaymentStatus.PAID, PaymentStatus.RETURNED, PaymentStatus.SENT


def make(station: Station, actor: str = OFFICER, chunk: int = 2) -> Made:
    return BankFiles(station, through_record(station, OPENED_AT), chunk=chunk).make(STATION, actor, OPENED_AT)


def rows_of(station: Station, made: Made, reader: str = OFFICER) -> list[list[str]]:
    whole = b"".join(hand_out(station, made.batch.id, reader, LATER))
    assert sha256(whole).hexdigest() == made.batch.sha256
    return list(csv.reader(StringIO(whole.decode(), newline=""), strict=True))


def times(station: Station, kind: str) -> list[str]:
    with read(station.engine) as connection:
        return sorted(connection.scalars(select(case_step.c.case_id).where(case_step.c.kind == kind)))


def test_a_file_has_every_payment_once_and_the_totals_of_its_lines(both: Office) -> None:
    station, crowd = both.station, people(5)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station)
    head, *lines, end = rows_of(station, made)
    assert (head[0], head[2], "no real money moves" in head[-1]) == ("H", made.batch.id, True)
    assert [(row[2], row[3], row[5], fen_of(row[6])) for row in lines] == [
        (f"{person.case_id}/payment-1", person.name, person.account, amount_of(person)) for person in crowd
    ]
    total = sum(map(amount_of, crowd))
    assert (end[1], fen_of(end[2])) == ("5", total)
    assert (made.batch.payments, made.batch.total_fen, made.left_out) == (5, total, ())
    assert set(statuses(station, crowd)) == {SENT}


def test_on_disk_the_file_names_nobody(office: Office, tmp_path: Path) -> None:
    crowd = people(3)
    plant(office.station, crowd, Stage.PAYMENT)
    make(office.station)
    kept = [file.read_bytes() for file in (tmp_path / "papers").rglob("*") if file.is_file()]
    assert kept
    for person in crowd:
        for whole in (person.name, person.account, person.case_id):
            assert not any(whole.encode() in content for content in kept)


def test_killed_at_any_commit_and_begun_again_each_payment_is_sent_once_and_written_once(both: Office) -> None:
    station, crowd = both.station, people(3)
    plant(station, crowd, Stage.PAYMENT)
    for number in count(1):
        with suppress(Crashed), killed_at_commit(station.engine, number):
            made = make(station, (OFFICER, OTHER_OFFICER)[number % 2])
            break
    assert number > 7
    assert times(station, SendPayment.KIND) == [person.case_id for person in crowd]
    _, *lines, end = rows_of(station, made)
    assert [row[2] for row in lines] == [f"{person.case_id}/payment-1" for person in crowd]
    assert end[1] == "3"
    with read(station.engine) as connection:
        assert [batch.id for batch in bank_batches.batches(connection, [STATION])] == [made.batch.id]


def test_a_payment_whose_workflow_has_not_begun_is_left_for_the_next_file(both: Office) -> None:
    station, crowd = both.station, people(3)
    plant(station, crowd, Stage.PAYMENT)
    late = crowd[0].case_id
    by_desk = without(through_record(station, OPENED_AT), not_begun_yet=[late])
    first = BankFiles(station, by_desk, chunk=2).make(STATION, OFFICER, OPENED_AT)
    assert (first.batch.payments, first.left_out) == (2, ((late, "payment-1", "workflow-not-begun"),))
    second = make(station)
    assert (second.batch.payments, second.left_out) == (1, ())
    assert [row[2] for row in rows_of(station, second)[1:-1]] == [f"{late}/payment-1"]
    assert times(station, SendPayment.KIND) == [person.case_id for person in crowd]


def test_a_payment_that_does_not_answer_holds_up_no_other_and_the_file_waits_for_it(both: Office) -> None:
    station, crowd = both.station, people(4)
    plant(station, crowd, Stage.PAYMENT)
    silent = crowd[0].case_id
    by_desk = without(through_record(station, OPENED_AT), silent=[silent])
    with pytest.raises(Unanswered, match=silent):
        BankFiles(station, by_desk, chunk=2).make(STATION, OFFICER, OPENED_AT)
    assert times(station, SendPayment.KIND) == [person.case_id for person in crowd[1:]]
    made = make(station)
    assert (made.batch.payments, made.left_out) == (4, ())
    assert times(station, SendPayment.KIND) == [person.case_id for person in crowd]


def test_two_who_make_the_file_at_once_make_one(both: Office) -> None:
    station, crowd = both.station, people(6)
    plant(station, crowd, Stage.PAYMENT)
    together = Barrier(2)

    def makes(actor: str) -> Made:
        together.wait()
        return make(station, actor, chunk=1)

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(makes, (OFFICER, OTHER_OFFICER))
    assert (one.batch.id, one.batch.sha256) == (other.batch.id, other.batch.sha256)
    assert one.left_out == other.left_out == ()
    assert times(station, SendPayment.KIND) == [person.case_id for person in crowd]
    assert [row[2] for row in rows_of(station, one)[1:-1]] == [f"{person.case_id}/payment-1" for person in crowd]


def test_the_database_knows_a_payment_in_one_file_only(both: Office) -> None:
    station = both.station
    plant(station, people(1), Stage.PAYMENT)
    made = make(station)
    (line,) = _lines(station)
    with write(station.engine) as connection:
        other = bank_batches.begin(connection, STATION, OFFICER, LATER)
    twice = insert(subsidy_batch_line).values(**{**line, "batch_id": other.id})
    with write(station.engine) as connection, pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(twice)
    assert [each["batch_id"] for each in _lines(station)] == [made.batch.id]


def _lines(station: Station) -> list[dict[str, object]]:
    with read(station.engine) as connection:
        return [dict(row) for row in connection.execute(select(subsidy_batch_line)).mappings()]


def test_without_an_account_nothing_is_sent_and_the_next_file_has_it(both: Office) -> None:
    station, crowd = both.station, people(2)
    plant(station, crowd[:1], Stage.PAYMENT)
    plant(station, crowd[1:], Stage.PAYMENT, accounts=False)
    made = make(station)
    assert made.left_out == ((crowd[1].case_id, "payment-1", "no-account"),)
    assert statuses(station, crowd) == [SENT, PaymentStatus.ORDERED]
    with pytest.raises(Refused, match=r"nothing-ordered.*no-account"):
        make(station)
    worker = case_of(station, crowd[1]).applicant_id
    account = PayeeAccount(crowd[1].name, "示例银行", crowd[1].account)
    with write(station.engine) as connection:
        keep_account(connection, station.keyring, Applicant.WORKER, worker, account, "caseworker-1", LATER)
    assert [row[2] for row in rows_of(station, make(station))[1:-1]] == [f"{crowd[1].case_id}/payment-1"]


def test_who_is_erased_between_sending_and_writing_is_named_and_in_no_total(both: Office) -> None:
    station, crowd = both.station, people(3)
    plant(station, crowd, Stage.PAYMENT)

    def erase(progress: Progress) -> None:
        if progress.what is SENT_WORDS:
            with write(station.engine) as connection:
                destroy_person_key(connection, case_of(station, crowd[1]).applicant_id)

    made = BankFiles(station, through_record(station, OPENED_AT), erase).make(STATION, OFFICER, OPENED_AT)
    assert made.left_out == ((crowd[1].case_id, "payment-1", "no-account"),)
    _, *lines, end = rows_of(station, made)
    assert [fen_of(row[6]) for row in lines] == [amount_of(crowd[0]), amount_of(crowd[2])]
    assert (end[1], fen_of(end[2])) == ("2", amount_of(crowd[0]) + amount_of(crowd[2]))


def test_a_file_is_given_once_to_each_who_may_have_it(both: Office) -> None:
    station = both.station
    plant(station, people(1), Stage.PAYMENT)
    made = make(station)
    with pytest.raises(Refused, match="not-your-role"):
        hand_out(station, made.batch.id, "caseworker-1", LATER)
    rows_of(station, made)
    with pytest.raises(Refused, match="handed-out"):
        hand_out(station, made.batch.id, OFFICER, LATER)
    rows_of(station, made, OTHER_OFFICER)
    with read(station.engine) as connection:
        given = connection.execute(select(audit_event).where(audit_event.c.kind == "fetch-bank-file")).all()
    assert [(event.actor, event.about_id) for event in given] == [
        (OFFICER, made.batch.id),
        (OTHER_OFFICER, made.batch.id),
    ]


def test_what_the_bank_answers_is_recorded_once_and_what_does_not_fit_is_named(both: Office, tmp_path: Path) -> None:
    station, crowd = both.station, people(6)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station, chunk=4)
    answers = tmp_path / "answers.csv"
    lines = [
        "reference,amount,result,day,code",
        _answer(crowd[0]),
        _answer(crowd[1], result="returned", code="R03"),
        _answer(crowd[2], fen=1),
        _answer(crowd[3]),
        _answer(crowd[3]),
        _answer(crowd[4]),
        _answer(crowd[4], result="returned", code="R01"),
        f"case-01KJ9999999999999999999999/payment-1,1.00,paid,{LATER.date()},",
        "nonsense",
    ]
    answers.write_text("\r\n".join(lines), encoding="utf-8")
    said = _read_back(station, made, answers)
    assert [(each.number, each.found) for each in said.deviations] == [
        (4, "other-amount"),
        (6, "twice"),
        (7, "contrary"),
        (8, "contrary"),
        (9, "unknown"),
        (10, "unreadable"),
    ]
    assert said.counts[SETTLED] == 3
    assert statuses(station, crowd) == [PAID, RETURNED, SENT, PAID, SENT, SENT]
    assert [case for case, _ in said.unanswered] == [crowd[n].case_id for n in (2, 4, 5)]
    assert case_of(station, crowd[1]).payments[0].return_code == "R03"
    assert _read_back(station, made, answers) == said  # read again, nothing is new
    assert len(times(station, SettlePayment.KIND)) == 3


def test_a_later_file_that_says_otherwise_is_not_believed(both: Office, tmp_path: Path) -> None:
    station, crowd = both.station, people(2)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("\n".join([_answer(crowd[0]), _answer(crowd[1], result="退回", code="R03")]), encoding="utf-8")
    second.write_text("\n".join(map(_answer, crowd)), encoding="utf-8")
    assert _read_back(station, made, first).deviations == ()
    said = _read_back(station, made, second)
    assert said.counts == {AGAIN: 1, "otherwise": 1}
    assert statuses(station, crowd) == [PAID, RETURNED]


def test_a_later_file_brings_back_what_the_bank_had_paid(both: Office, tmp_path: Path) -> None:
    """Read once more, or in another file, it changes nothing; and what came back is due again."""
    station, crowd = both.station, people(2)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station)
    first, second, third = (tmp_path / f"{name}.csv" for name in ("first", "second", "third"))
    late = _answer(crowd[1], result="退回", code="R03")
    first.write_text("\n".join(map(_answer, crowd)), encoding="utf-8")
    second.write_text("\n".join([_answer(crowd[0]), late]), encoding="utf-8")
    third.write_text(late, encoding="utf-8")
    _read_back(station, made, first)
    for _ in range(2):
        said = _read_back(station, made, second)
        assert (said.counts, said.deviations) == ({AGAIN: 1, LATE: 1}, ())
    assert _read_back(station, made, third).counts == {AGAIN: 1}
    assert statuses(station, crowd) == [PAID, RETURNED]
    assert times(station, ReturnPayment.KIND) == [crowd[1].case_id]
    with read(station.engine) as connection:
        case = load_subsidy(connection, crowd[1].case_id)
    (payment,) = case.payments
    assert (payment.returned_by, payment.return_code) == (OFFICER, "R03")
    assert (case.stage, case.due_fen) == (Stage.PAYMENT, amount_of(crowd[1]))


def test_answers_are_read_on_wherever_reading_was_killed(both: Office, tmp_path: Path) -> None:
    station, crowd = both.station, people(3)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station)
    answers = tmp_path / "answers.csv"
    answers.write_text("\n".join(map(_answer, crowd)), encoding="utf-8")
    for number in count(1):
        with suppress(Crashed), killed_at_commit(station.engine, number):
            said = _read_back(station, made, answers, (OFFICER, OTHER_OFFICER)[number % 2])
            break
    assert said.counts == {SETTLED: 3}
    assert (said.deviations, said.unanswered) == ((), ())
    assert times(station, SettlePayment.KIND) == [person.case_id for person in crowd]


def test_two_who_read_the_same_answers_at_once_lose_no_line(both: Office, tmp_path: Path) -> None:
    station, crowd = both.station, people(6)
    plant(station, crowd, Stage.PAYMENT)
    made = make(station)
    answers = tmp_path / "answers.csv"
    answers.write_text("\n".join(map(_answer, crowd)), encoding="utf-8")
    together = Barrier(2)

    def reads(actor: str, chunk: int) -> ReadBack:
        together.wait()
        return _read_back(station, made, answers, actor, chunk)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(reads, (OFFICER, OTHER_OFFICER), (2, 3)))
    assert _read_back(station, made, answers).counts == {SETTLED: 6}
    assert set(statuses(station, crowd)) == {PAID}
    assert times(station, SettlePayment.KIND) == [person.case_id for person in crowd]


def _read_back(station: Station, made: Made, file: Path, actor: str = OFFICER, chunk: int = 2) -> ReadBack:
    do = through_record(station, LATER)
    return BankAnswers(station, do, chunk=chunk).settle(made.batch.id, file, actor, LATER)


def _answer(person: Person, *, result: str = "paid", code: str = "", fen: int = 0) -> str:
    amount = amount_of(person) + fen
    return f"{person.case_id}/payment-1,{amount // 100}.{amount % 100:02d},{result},{LATER.date()},{code}"

"""The file for a bank: sums of whole fen, columns in their order, totals that can be reckoned again."""

import csv
from datetime import date
from hashlib import sha256
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.bank_files import (
    BankLine,
    PaymentLine,
    fen_of,
    guarded,
    header,
    payment_line,
    plain_yuan,
    read_answer,
    reference_of,
    trailer,
)

CASE = "case-01KJ0000000000000000000001"
PAID, RETURNED = True, False
SUMS = st.integers(0, 10**13)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(SUMS)
def test_a_sum_is_written_and_read_to_the_fen(fen: int) -> None:
    assert fen_of(plain_yuan(fen)) == fen
    assert plain_yuan(fen).partition(".")[2] == f"{fen % 100:02d}"


@pytest.mark.parametrize("written", ["1", "1.5", "1.500", "-1.00", "01.00", "1,000.00", " 1.00", "１.００", ""])
def test_what_is_no_sum_is_not_guessed(written: str) -> None:
    assert fen_of(written) is None


def test_no_file_states_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        plain_yuan(-1)


@given(st.lists(st.tuples(TEXTS, TEXTS, SUMS), max_size=8))
def test_whoever_reads_the_file_reckons_the_same_totals(said: list[tuple[str, str, int]]) -> None:
    lines = [
        payment_line(
            PaymentLine(n, reference_of(CASE, f"payment-{n}"), holder, bank, "62009900", fen, "补贴", "2026年2月")
        )
        for n, (holder, bank, fen) in enumerate(said, 1)
    ]
    total = sum(fen for _, _, fen in said)
    digest = sha256(b"".join(lines)).hexdigest()
    whole = header("01KJ", "示例驿站", date(2026, 3, 2)) + b"".join(lines) + trailer(len(lines), total, digest)
    rows = list(csv.reader(StringIO(whole.decode(), newline=""), strict=True))
    assert [row[0] for row in rows] == ["H", *"D" * len(said), "T"]
    assert [len(row) for row in rows] == [7, *[9] * len(said), 4]
    assert sum(fen_of(row[6]) or 0 for row in rows[1:-1]) == fen_of(rows[-1][2]) == total
    assert rows[-1][1] == str(len(said))
    details = [line for line in whole.splitlines(keepends=True) if line.startswith(b"D")]
    assert sha256(b"".join(details)).hexdigest() == rows[-1][3]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (f"{CASE}/payment-1,600.01,paid,2026-03-20,", BankLine(CASE, "payment-1", 60_001, PAID, date(2026, 3, 20), "")),
        (
            f"{CASE}/payment-1,600.01,成功,2026-03-20,x",
            BankLine(CASE, "payment-1", 60_001, PAID, date(2026, 3, 20), ""),
        ),
        (
            f"{CASE}/payment-2,600.01,退回,2026-03-20,R03",
            BankLine(CASE, "payment-2", 60_001, RETURNED, date(2026, 3, 20), "R03"),
        ),
    ],
    ids=["paid", "a code of a payment means nothing", "returned"],
)
def test_an_answer_is_read(line: str, read: BankLine) -> None:
    assert read_answer(line) == read


@pytest.mark.parametrize(
    "line",
    [
        f"{CASE}/payment-1,600.01,paid,2026-03-20",
        f"{CASE}/payment-1,600.01,perhaps,2026-03-20,",
        f"{CASE}/payment-1,600.01,paid,2026-02-30,",
        f"{CASE}/payment-1,600.1,paid,2026-03-20,",
        f"{CASE}/payment-1,600.01,returned,2026-03-20,",
        f"{CASE}/payment-1,600.01,returned,2026-03-20,{'R' * 41}",
        "payment-1,600.01,paid,2026-03-20,",
        f'"{CASE}/payment-1,600.01,paid,2026-03-20,',
        "x" * 2_000,
    ],
    ids=["a cell short", "no such word", "no such day", "no sum", "no code", "a long code", "no case", "torn", "long"],
)
def test_what_is_not_as_agreed_is_no_answer(line: str) -> None:
    assert read_answer(line) is None


@given(st.text(max_size=200))
def test_anything_at_all_is_read_or_refused(line: str) -> None:
    assert read_answer(line) is None or line.startswith("case-")


@pytest.mark.parametrize("name", ["=1+1", "+8613", "-1", "@x"])
def test_no_name_is_a_formula_where_people_open_a_table(name: str) -> None:
    assert guarded(name) == f"'{name}"
    assert guarded("赵例") == "赵例"

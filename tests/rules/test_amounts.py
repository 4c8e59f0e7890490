"""Tables of amounts in files of their own: several policies look them up, by the rows known when it is decided."""

from datetime import date

import pytest

from rules.content import from_content
from rules.errors import PolicyRefused
from rules.policies import NoPolicyInForce, PolicyBook, ValuesLeftOpen
from tests.rules.books import a_book, a_policy, indented, rule

READS = a_policy(
    "2024-01-01:\n  rules:\n" + indented(rule("low", "paid < wage[sex, started]"), 4), id="reader"
).replace("selected_by", "reads: [wages]\nselected_by")
ON = date(2024, 6, 1)


def rows(*rows_: str) -> str:
    listed = "".join(f"          - {{{row}, authority: 标准, tag: ES}}\n" for row in rows_)
    head = "tables:\n      wage:\n        keys: {sex: [female, male], when: month}\n        unit: yuan\n        rows:\n"
    return head + listed


def wages(first: str, later: str = "", place: str = "cn") -> str:
    text = a_policy("2024-01-01:\n  " + first.replace("\n", "\n  ").rstrip(), id="wages", place=place, kind="amounts")
    text = text.replace("selected_by: applied_on\n", "")
    return text + ("  2025-01-01:\n    published: 2024-12-10\n    " + later if later else "")


TWO = rows("sex: female, from: 2024-01, value: 2000", "sex: male, from: 2024-01, value: 2100")
MORE = rows("sex: female, from: 2024-01, until: 2024-12, value: 2000", "sex: female, from: 2025-01, value: 2200")


def values(book: PolicyBook, decided_on: date | None = None) -> list[object]:
    return [row.value for row in book.resolve("reader", "cn", ON, decided_on).rules.tables["wage"].rows]


def test_the_table_is_read_as_if_it_stood_in_the_policy() -> None:
    book = a_book(READS, wages(TWO))
    assert values(book) == [200000, 210000]
    with pytest.raises(NoPolicyInForce, match="nothing is decided by it alone"):
        book.resolve("wages", "cn", ON)


def test_rows_are_known_from_their_publication_on_whatever_day_selects_the_policy() -> None:
    book = a_book(READS, wages(TWO, MORE))
    assert values(book, date(2024, 12, 9)) == [200000, 210000]
    assert values(book, date(2024, 12, 10)) == [200000, 220000]
    assert values(book) == [200000, 220000]


def test_the_hash_covers_the_rows_that_are_read_and_the_content_builds_them_again() -> None:
    one, other = (a_book(READS, wages(text)).resolve("reader", "cn", ON) for text in (TWO, TWO.replace("2100", "2101")))
    assert one.hash != other.hash
    assert from_content(one.content).rules.tables["wage"].rows[1].value == 210000


def test_a_place_may_have_to_set_its_rows() -> None:
    frame = "tables:\n      wage: {left_to: province, keys: {sex: [female, male], when: month}, unit: yuan, "
    frame += "authority: 最低工资由省定, tag: T}\n"
    with pytest.raises(ValuesLeftOpen, match="leaves wage to the place"):
        a_book(READS, wages(frame)).resolve("reader", "cn", ON)
    book = a_book(READS, wages(frame), wages(TWO, place="cn-50"))
    assert book.resolve("reader", "cn-50", ON).rules.tables["wage"].rows[0].value == 200000


@pytest.mark.parametrize(
    ("policies", "says"),
    [
        pytest.param((READS.replace("wages", "wage"), wages(TWO)), "Did you mean 'wages'", id="no such amounts"),
        pytest.param((READS.replace("wage[sex, started]", "3 yuan"), wages(TWO)), "none of its tables", id="unread"),
        pytest.param(
            (READS, wages(TWO).replace(", when: month", "").replace("from: 2024-01, ", "")), "not dated", id="d"
        ),
        pytest.param((READS, wages(TWO).replace("kind", "selected_by: applied_on\nkind")), "each row says", id="dated"),
        pytest.param(
            (READS, wages(TWO).replace("    tables", "    ends: 2025-01-01\n    tables")), "do not end", id="e"
        ),
        pytest.param((READS, wages(TWO), wages(TWO)), "also said by another file", id="two files"),
    ],
)
def test_amounts_that_cannot_be_read_are_refused(policies: tuple[str, ...], says: str) -> None:
    with pytest.raises(PolicyRefused, match=says):
        a_book(*policies)

"""Words that include their number beside a sign that does not are pointed out, and so are values long unchecked."""

from datetime import date
from pathlib import Path

import pytest

from cases.authorities import Tag
from rules.lint import remarks, tag_counts
from rules.policies import PolicyBook
from tests.rules.books import a_book, a_policy

TODAY = date(2026, 11, 26)
ONE = """
2024-01-01:
  rules:
    waited: {{when: "{when}", reason: {{zh: "{words}", en: Waited}}, authority: 甲第一条, tag: ES{more}}}
"""


def said(when: str, words: str, more: str = "") -> list[str]:
    return [each.wording.zh for each in remarks(a_book(a_policy(ONE.format(when=when, words=words, more=more))), TODAY)]


@pytest.mark.parametrize(
    ("when", "words", "word"),
    [
        pytest.param("waited >= 90 days", "九十日以上", "", id="以上 includes"),
        pytest.param("waited > 90 days", "九十日以上", "以上", id="以上 and a strict sign"),
        pytest.param("waited < 90 days", "不满九十日", "", id="不满 excludes"),
        pytest.param("waited <= 90 days", "不满九十日", "不满", id="不满 and an inclusive sign"),
        pytest.param("waited <= 90 days", "不超过九十日", "", id="不超过 includes"),
        pytest.param("waited < 90 days", "不超过九十日", "不超过", id="不超过 and a strict sign"),
        pytest.param("waited >= 90 days", "超过九十日", "超过", id="超过 and an inclusive sign"),
        pytest.param("not waited < 90 days", "满九十日", "", id="a negation turns the sign"),
        pytest.param("not waited <= 90 days", "满九十日", "满", id="and so does this one"),
        pytest.param("waited > 90 days or waited <= 10 days", "超过九十日或者十日以内", "", id="both kinds"),
        pytest.param("waited == 90 days", "九十日以上", "", id="no sign of order"),
    ],
)
def test_words_and_signs(when: str, words: str, word: str) -> None:
    found = said(when, words)
    assert len(found) == bool(word)
    assert all(f"“{word}”" in each for each in found)


def test_a_note_answers_and_the_laws_own_words_come_before_the_reason() -> None:
    assert said("waited > 90 days", "九十日以上", ", note: 该文件第九条规定以上不含本数") == []
    assert said("waited > 90 days", "九十日以上", ", words: 超过九十日") == []


def test_a_file_that_was_not_compared_for_more_than_a_year_is_named() -> None:
    book = a_book(a_policy(ONE.format(when="waited >= 90 days", words="九十日以上", more="")))
    (file,) = book.files["example"]
    assert list(remarks(book, date(2027, 11, 24))) == []
    (remark,) = remarks(book, date(2027, 11, 25))
    assert "2026-11-23" in remark.wording.zh
    assert (remark.place.file, remark.place.line) == ("p1.yaml", file.header["reviewed_on"].place.line)


def test_tags_are_counted_and_those_nobody_checked_add_up() -> None:
    rules = "2024-01-01:\n  rules:\n" + "".join(
        f"    r{tag.value}: {{when: disabled, reason: {{zh: 甲, en: A}}, authority: 甲, tag: {tag.value}}}\n"
        for tag in (Tag.MEMORY, Tag.FULL_TEXT, Tag.NOT_LOCATED)
    )
    counted = tag_counts(a_book(a_policy(rules)).files["example"][0])
    assert dict(counted.counts) == {Tag.FULL_TEXT: 1, Tag.MEMORY: 1, Tag.NOT_LOCATED: 1}
    assert counted.unchecked == 2


def test_nothing_is_remarked_on_what_ships() -> None:
    assert list(remarks(PolicyBook.load(Path(__file__).parents[2] / "policies"), TODAY)) == []

"""The reference page names what the language has, and nothing else."""

import re
from pathlib import Path

import pytest

from rules.cursor import DEEPEST
from rules.functions import FUNCTIONS
from rules.kinds import SECTIONS
from rules.parser import parse
from rules.questions import MOST_COMBINATIONS
from rules.tokens import LONGEST
from rules.tree import KEYWORDS, QUANTIFIERS
from rules.units import SPELLINGS

PAGE = (Path(__file__).parents[2] / "docs" / "policy-language.md").read_text(encoding="utf-8")
EBNF = PAGE.partition("```ebnf")[2].partition("```")[0]
LINES = dict(line.split(" = ") for line in re.sub(r" +=", " =", EBNF).replace("\n        |", " |").strip().split("\n"))


def quoted(line: str) -> set[str]:
    return set(re.findall(r'"(\w+)"', LINES[line]))


def test_the_words_of_the_grammar() -> None:
    assert quoted("QUANT") == set(QUANTIFIERS)
    assert quoted("UNIT") == set(SPELLINGS)
    words = set(re.findall(r'"(\w+)"', EBNF)) - set(QUANTIFIERS) - set(SPELLINGS) - {"_"}
    assert words == {*KEYWORDS, "it"}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_a_version_is_shown(section: str) -> None:
    table = PAGE.partition("## The sections of a version")[2].partition("##")[0]
    assert f"`{section}`" in table


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_explained(name: str) -> None:
    section = PAGE.partition("## Functions")[2].partition("## Questions")[0]
    assert re.search(rf"`{name}[(`]", section)


def test_the_limits() -> None:
    assert f"{LONGEST:,} characters" in PAGE
    assert f"at most {DEEPEST} deep" in PAGE
    assert f"{MOST_COMBINATIONS:,} combinations" in PAGE


@pytest.mark.parametrize("quantifier", QUANTIFIERS)
def test_every_question_about_lists_is_shown_and_parses(quantifier: str) -> None:
    section = PAGE.partition("## Questions about lists")[2]
    shown = re.findall(rf"`({quantifier}\(m in list[^`]*\))`", section)
    if quantifier in ("all", "most"):  # shown beside any and least
        assert f"`{quantifier}(…)`" in section
    for text in shown:
        assert parse(text)
    assert shown or quantifier in ("all", "most")

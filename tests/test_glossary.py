"""Every English word of the glossary has its Chinese, and the closed lists of the code are in it."""

import re
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest

from cases.determinations import Conclusion
from cases.hardship.stages import Outcome, Stage
from cases.plans import ServiceKind
from cases.roles import Role

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Entry(NamedTuple):
    word: str
    chinese: str
    meaning: str
    misleading: str


def entries() -> list[Entry]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [Entry(*row) for row in rows if row[0] != "word" and set(row[0]) != {"-"}]


ENTRIES = entries()
WORDS = {entry.word: entry.chinese for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.word)
def test_a_word_has_its_chinese_and_its_meaning(entry: Entry) -> None:
    assert CHINESE.search(entry.chinese), f"{entry.word} has no Chinese"
    assert not CHINESE.search(entry.word)
    assert entry.meaning
    assert entry.misleading


def test_one_word_stands_for_one_thing_in_both_languages() -> None:
    words = [entry.word for entry in ENTRIES]
    chinese = [entry.chinese for entry in ENTRIES]
    assert sorted(words) == sorted(set(words))
    assert sorted(chinese) == sorted(set(chinese))


@pytest.mark.parametrize("member", [*Role, *Conclusion, *(s for s in ServiceKind if s is not ServiceKind.OTHER)])
def test_a_member_of_a_closed_list_is_a_word(member: StrEnum) -> None:
    assert WORDS.keys() & {member.value, member.value.replace("-", " ")}


@pytest.mark.parametrize("member", [*Stage, *Outcome])
def test_a_stage_or_an_outcome_is_called_by_its_word(member: Stage | Outcome) -> None:
    english = member.label.en[0].lower() + member.label.en[1:]
    assert english in WORDS
    assert CHINESE.search(member.label.zh)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_called_by_its_word(role: Role) -> None:
    assert WORDS[role.label.en] == role.label.zh


@pytest.mark.parametrize("conclusion", Conclusion)
def test_a_conclusion_is_called_by_its_chinese_word(conclusion: Conclusion) -> None:
    assert WORDS[conclusion.value.replace("-", " ")] == conclusion.label.zh
    assert conclusion.label.en

"""Facts in words: their labels and values, as the policies declare them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from cases.canonical import Json, canonical
from cases.wording import Wording
from rules.reading import DAY
from rules.schema import Fact
from rules.shown import shown_fact
from rules.types import TRUTH, Day
from web.acts.subsidy_words import SUBSIDY_MEMBERS
from web.case.opened_any import Opened

# What the policies do not declare a word for.
MEMBERS: Final[Mapping[str, Wording]] = {
    **SUBSIDY_MEMBERS,
    "female": Wording("女", "female"),
    "male": Wording("男", "male"),
    "man": Wording("男六十岁", "man, sixty"),
    "woman55": Wording("女五十五岁", "woman, fifty-five"),
    "woman50": Wording("女五十岁", "woman, fifty"),
}
UNKNOWN: Final = Wording("未知", "unknown")


def declared(opened: Opened, name: str) -> Fact | None:
    return opened.station.policies.book.facts.get(name)


def fact_label(opened: Opened, name: str) -> Wording:
    fact = declared(opened, name)
    return fact.label if fact else Wording(name, name)


def fact_words(opened: Opened, name: str, value: object) -> str:
    """A kept value as a person would say it."""
    if value is None:
        return opened.speech.w(UNKNOWN)
    return text_words(opened, declared(opened, name), _text(value))


def text_words(opened: Opened, fact: Fact | None, text: str) -> str:
    """A value's canonical text (`true`, `2026-03-01`, fen) as a person would say it."""
    if fact is None:
        return text
    if isinstance(fact.type, Day) and DAY.fullmatch(text):
        return opened.speech.day(date.fromisoformat(text))
    if text in MEMBERS and fact.type != TRUTH:
        return opened.speech.w(MEMBERS[text])
    return opened.speech.w(shown_fact(fact, text))


def members_words(opened: Opened, words: str) -> str:
    """A set of members of a closed list, as people call them; other words of a policy stay."""
    members = re.split("、|, ", words)
    if not all(member in MEMBERS for member in members):
        return words
    return opened.speech.list([opened.speech.w(MEMBERS[member]) for member in members])


def detail_words(opened: Opened, detail: str) -> str:
    """What a fact was seen in; the engine's own words hold both languages, Chinese first."""
    zh, slash, en = detail.partition(" / ")
    return opened.speech(zh, en) if slash else detail


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    items = value.get("items") if isinstance(value, Mapping) else value
    if isinstance(items, list | tuple):
        complete = not isinstance(value, Mapping) or value.get("complete") is True
        return f"{len(items)}{'' if complete else '+'}"
    return canonical(_json(value))


def _json(value: object) -> Json:
    return str(value)

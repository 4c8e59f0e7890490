"""From the English of a message to its Chinese, by the list in `rules.error_words`."""

import re
from collections.abc import Mapping
from functools import cache

from cases.wording import Wording
from rules.error_expectations import EXPECTATIONS, WORDS
from rules.error_words import PROBLEMS

SLOT = "{}"
NUMBERED = re.compile(r"\{(\d?)\}")


def in_chinese(sentence: str) -> str:
    """The sentence in Chinese; what the list does not know (`round_down, round_half_up …`) stands as it is."""
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(sentence):
            return _filled(chinese, [in_chinese(each) for each in found.groups()])
    return sentence


def in_both(sentence: str) -> Wording:
    return Wording(in_chinese(sentence), sentence)


def _filled(chinese: str, filling: list[str]) -> str:
    slots = iter(range(len(filling)))

    def fill(slot: re.Match[str]) -> str:
        return filling[int(slot[1]) if slot[1] else next(slots)]

    return NUMBERED.sub(fill, chinese)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with the most letters of their own first: `'{}' is {}` matches what is meant by many others."""
    known: Mapping[str, str] = {**WORDS, **EXPECTATIONS, **PROBLEMS}
    longest = sorted(known, key=lambda english: (-len(english.replace(SLOT, "")), english))
    return tuple((pattern_of(english), known[english]) for english in longest)


def pattern_of(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, english.split(SLOT))), re.DOTALL)

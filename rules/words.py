"""The words that a policy cannot use as names of its own."""

import unicodedata

from rules.functions import FUNCTIONS
from rules.tree import KEYWORDS, QUANTIFIERS
from rules.units import SPELLINGS

ITEM = "it"  # the item whose columns are computed
RESERVED = frozenset(KEYWORDS) | frozenset(QUANTIFIERS) | frozenset(SPELLINGS) | frozenset(FUNCTIONS) | {ITEM}


def kind_of(word: str) -> str:
    """What a reserved word is, for a message."""
    if word in KEYWORDS:
        return "a keyword"
    if word in SPELLINGS:
        return "a unit"
    return "the item of a column" if word == ITEM else "a function"


def is_name(word: str) -> bool:
    """Letters of any script, digits and _, beginning with a letter, the same after Unicode's compatibility folding."""
    letters = word.replace("_", "a")
    plain = word[:1].isalpha() and all(c.isalpha() or c in "0123456789" for c in letters)
    return plain and unicodedata.normalize("NFKC", word) == word

"""What made two outcomes differ, in the words of a page: facts, law or both, and the clauses that are others."""

from typing import Final

from cases.wording import Wording
from rules.comparing import Cause, ClauseSaid, Comparison, Difference
from rules.comparing_text import CAUSES, NO_SUCH_CLAUSE, effect
from rules.differences import SECTIONS
from web.case.marking import code
from web.case.speech import Shown, Speech

SIGNS: Final = {Cause.NONE: "overall", Cause.UNKNOWN: "unknown"}


def cause(comparison: Comparison, speech: Speech) -> Shown:
    return {"look": SIGNS.get(comparison.cause, "differs"), "words": speech.w(CAUSES[comparison.cause])}


def law_rows(comparison: Comparison, speech: Speech) -> list[Shown]:
    """Each clause that is another one: what the two say, by which authority, and whether that changed the outcome."""
    ordered = sorted(comparison.law, key=lambda each: not each.changed_the_outcome)
    return [
        {
            "kind": speech.w(SECTIONS[each.section]),
            "id": code(each.id),
            "a": _clause(each.first, speech),
            "b": _clause(each.second, speech),
            "effect": effect_words(each, speech),
        }
        for each in ordered
    ]


def _clause(said: ClauseSaid | None, speech: Speech) -> Shown:
    if said is None:
        return {"words": speech.w(NO_SUCH_CLAUSE), "authority": None, "tag": None}
    words = said.words
    by = said.authority
    return {
        # What is written the same in both languages is an expression or a number.
        "words": code(words.zh) if words.zh == words.en else speech.w(words),
        "authority": by.clause if by else None,
        "tag": by.tag.value if by else None,
    }


def effect_words(of: Difference, speech: Speech) -> Shown | None:
    said: Wording | None = effect(of)
    return {"changed": of.changed_the_outcome, "words": speech.w(said)} if said else None

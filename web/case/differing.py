"""What made two outcomes differ, in the words of a page: facts, law or both, and the clauses that are others."""

from typing import Final

from cases.wording import Wording
from rules.comparing import Cause, Comparison, Difference
from rules.comparing_text import CAUSES, effect
from web.case.speech import Shown, Speech

SIGNS: Final = {Cause.NONE: "overall", Cause.UNKNOWN: "unknown"}


def cause(comparison: Comparison, speech: Speech) -> Shown:
    return {"look": SIGNS.get(comparison.cause, "differs"), "words": speech.w(CAUSES[comparison.cause])}


def law_rows(comparison: Comparison, speech: Speech) -> list[Shown]:
    """Each clause that is another one: what the two say, and whether that changed the outcome. That did first."""
    ordered = sorted(comparison.law, key=lambda each: not each.changed_the_outcome)
    return [{"words": speech.w(each.words), "effect": effect_words(each, speech)} for each in ordered]


def effect_words(of: Difference, speech: Speech) -> Shown | None:
    said: Wording | None = effect(of)
    return {"changed": of.changed_the_outcome, "words": speech.w(said)} if said else None

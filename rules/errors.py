"""What is wrong with a policy's text, said to the person who wrote it.

PolicyError      one thing, at one place
PolicyRefused    everything found wrong with one policy, in the order of its text
"""

from collections.abc import Iterable
from difflib import get_close_matches

from cases.wording import Wording
from rules.in_chinese import in_chinese
from rules.places import NOWHERE, Place


class PolicyError(ValueError):
    """Says what is wrong, where, what was expected there, and what may have been meant.

    Its text is the English sentence; `wording` has both languages, without the place.
    """

    def __init__(self, problem: str, place: Place = NOWHERE, *, expected: str = "", suggestion: str = "") -> None:
        self.problem = problem
        self.place = place
        self.expected = expected
        self.suggestion = suggestion
        super().__init__(f"{place}: {self._english()}")

    @property
    def wording(self) -> Wording:
        expected = f"应为：{in_chinese(self.expected)}。" if self.expected else ""
        suggestion = f"是否指“{self.suggestion}”？" if self.suggestion else ""
        return Wording(f"{in_chinese(self.problem)}。{expected}{suggestion}", self._english())

    @property
    def located(self) -> Wording:
        """The same, with file, line and column before it."""
        return Wording(f"{self.place}：{self.wording.zh}", str(self))

    def _english(self) -> str:
        expected = f" Expected: {self.expected}." if self.expected else ""
        suggestion = f" Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"{self.problem}.{expected}{suggestion}"


class PolicyRefused(ValueError):
    """A policy with any error decides nothing."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.place.file, error.place)))
        super().__init__("\n".join(map(str, self.errors)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant, or nothing."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")

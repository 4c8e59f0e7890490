"""A paper owed in any case can be waived with a reason, so that none is held open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from cases.acts import Act, blank
from cases.case import Case
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.setting import Setting
from cases.wording import Wording

C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=Setting)


@dataclass(frozen=True)
class WaivePaper(Act[C, S]):
    """A paper that cannot be made is given up, by a supervisor and never of their own case, so that none is held open.

    Also of a closed case, which may owe its last paper.
    """

    KIND: ClassVar = "waive-paper"
    TITLE: ClassVar = Wording("不再出具文书", "Waive a paper")
    BY: ClassVar = frozenset({Role.SUPERVISOR})
    WHILE_PAUSED: ClassVar = True

    paper: str
    reason: str  # and how the person is told instead

    def refusals(self, case: C) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        found = find(case.papers, self.paper)
        if found is None or not found.owed:
            owed = ", ".join(paper.id for paper in case.papers if paper.owed) or "—"
            yield refusal(
                "not-owed",
                f"本案没有尚未出具的文书{self.paper}；尚未出具的有：{owed}。",
                f"This case owes no paper {self.paper}; owed are: {owed}.",
            )

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        if seen.actor == case.caseworker:
            yield refusal(
                "own-case", "不能免除自己经办个案的文书。", "Nobody waives a paper of a case that is their own."
            )

    def apply(self, case: C, seen: S) -> C:
        found = find(case.papers, self.paper)
        if found is None:
            raise LookupError(self.paper)
        return replace(case, papers=put(case.papers, replace(found, waived_on=seen.on)))

"""When a paper or a determination cannot be had: a person is told, and a paper owed can be waived with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.engine import EVERY_STAGE, ByEngine
from cases.hardship.record import Seen
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class PutOff(ByEngine):
    """The engine could not do its own work and goes on trying; written once for each cause."""

    KIND: ClassVar = "put-off"
    TITLE: ClassVar = Wording("暂缓", "Put off")

    what: str  # a paper's id, or a policy
    cause: str  # a code, never a text

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return case


@dataclass(frozen=True)
class WaivePaper(Act):
    """A paper that cannot be made is given up, by a supervisor and never of their own case, so that none is held open.

    Also of a closed case, which may owe its last paper.
    """

    KIND: ClassVar = "waive-paper"
    TITLE: ClassVar = Wording("不再出具文书", "Waive a paper")
    BY: ClassVar = frozenset({Role.SUPERVISOR})
    DURING: ClassVar = EVERY_STAGE
    WHILE_PAUSED: ClassVar = True

    paper: str
    reason: str  # and how the person is told instead

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        found = find(case.papers, self.paper)
        if found is None or not found.owed:
            owed = ", ".join(paper.id for paper in case.papers if paper.owed) or "—"
            yield refusal(
                "not-owed",
                f"本案没有尚未出具的文书{self.paper}；尚未出具的有：{owed}。",
                f"This case owes no paper {self.paper}; owed are: {owed}.",
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if seen.actor == case.caseworker:
            yield refusal(
                "own-case", "不能免除自己经办个案的文书。", "Nobody waives a paper of a case that is their own."
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.papers, self.paper)
        if found is None:
            raise LookupError(self.paper)
        return replace(case, papers=put(case.papers, replace(found, waived_on=seen.on)))

"""The public notice (公示): the case stands on a list for the policy's days, and anybody may object."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank, unknown
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import ObjectionState, SubsidyCase
from cases.subsidy.chosen import LIST, against
from cases.subsidy.moves import anew, noticed, objected, settled, started
from cases.subsidy.record import Seen
from cases.subsidy.stages import Stage
from cases.timing import stop
from cases.wording import Wording


@dataclass(frozen=True)
class PublishNotice(Act):
    KIND: ClassVar = "publish-notice"
    TITLE: ClassVar = Wording("列入公示名单", "Put on a public-notice list")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.NOTICE})

    notice: str  # the list's number

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("名单编号 notice", self.notice)
        if case.noticed_on is not None:
            yield refusal(
                "noticed", f"已列入公示名单{case.notice_id}。", f"It is on the list {case.notice_id} already."
            )

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from against(seen.record.on_list(case, self.notice), LIST, self.notice, case)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return started(replace(case, notice_id=self.notice, noticed_on=seen.on), "public-notice", seen)


@dataclass(frozen=True)
class RaiseObjection(Act):
    """By whoever saw the list; who it was is sealed with the act."""

    KIND: ClassVar = "raise-objection"
    TITLE: ClassVar = Wording("登记公示异议", "Record an objection")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.NOTICE})

    what: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("异议内容 what", self.what)
        if case.noticed_on is None:
            yield refusal("not-noticed", "还没有公示。", "It is on no public list yet.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        raised = ObjectionState(numbered("objection", case.objections), seen.on)
        case = replace(case, objections=(*case.objections, raised))
        return started(case, f"objection/{raised.id}", seen, "objection")


@dataclass(frozen=True)
class SettleObjection(Act):
    """Upheld, the case is determined anew. Not upheld, payment follows once the days of the notice are over."""

    KIND: ClassVar = "settle-objection"
    TITLE: ClassVar = Wording("处理公示异议", "Settle an objection")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = OPEN_STAGES

    objection: str
    upheld: bool
    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        found = find(case.objections, self.objection)
        if found is None:
            yield unknown(Wording("异议", "objection"), self.objection)
        elif found.upheld is not None:
            yield refusal("settled", f"{self.objection}已处理。", f"{self.objection} is settled already.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        found = find(case.objections, self.objection)
        if found is None:
            raise LookupError(self.objection)
        answered = replace(found, upheld=self.upheld, settled_on=seen.on)
        case = replace(case, objections=put(case.objections, answered))
        case = stop(case, f"objection/{self.objection}", seen.at)
        return anew(case, seen) if self.upheld else notice_over(case, seen)


def notice_over(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """On to payment, once the days are over and no objection is open."""
    ready = case.stage is Stage.NOTICE and noticed(case) and not objected(case)
    return settled(case, seen) if ready else case

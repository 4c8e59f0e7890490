"""The living list of a worker's needs and problems: opened, answered by services, solved or given up with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank, unknown
from cases.hardship.acts import WORKING_STAGES, Act
from cases.hardship.case import HardshipCase, NeedState
from cases.hardship.record import Seen
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class OpenNeed(Act):
    KIND: ClassVar = "open-need"
    TITLE: ClassVar = Wording("登记需求或困难", "Open a need")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})
    WHILE_PAUSED: ClassVar = True

    what: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("需求或困难 what", self.what)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return replace(case, needs=(*case.needs, NeedState(numbered("need", case.needs), seen.on)))


@dataclass(frozen=True)
class OnNeed(Act):
    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.GUIDE})
    DURING: ClassVar = WORKING_STAGES

    need: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.needs, self.need)
        if found is None:
            yield unknown(Wording("需求", "need"), self.need)
        elif found.solved is not None:
            yield refusal("settled", f"{self.need}已有结论。", f"{self.need} is settled already.")

    def found(self, case: HardshipCase) -> NeedState:
        need = find(case.needs, self.need)
        if need is None:
            raise LookupError(self.need)
        return need


@dataclass(frozen=True)
class AnswerNeed(OnNeed):
    """Which service, referral or training answers it."""

    KIND: ClassVar = "answer-need"
    TITLE: ClassVar = Wording("以服务回应需求", "Answer a need")

    by: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if all(find(parts, self.by) is None for parts in (case.services, case.referrals, case.trainings, case.talks)):
            yield unknown(Wording("服务", "service"), self.by)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        need = self.found(case)
        answered = replace(need, answered_by=(*need.answered_by, self.by))
        return replace(case, needs=put(case.needs, answered))


@dataclass(frozen=True)
class SettleNeed(OnNeed):
    KIND: ClassVar = "settle-need"
    TITLE: ClassVar = Wording("需求办结", "Settle a need")

    solved: bool
    reason: str = ""

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if not self.solved:
            yield from blank("未解决的原因 reason", self.reason)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        settled = replace(self.found(case), solved=self.solved, settled_on=seen.on)
        return replace(case, needs=put(case.needs, settled))

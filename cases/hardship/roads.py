"""The road of a plan (方案进度): of each item owed, what counts, is under way, is still to begin, or past doing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cases.hardship.case import HardshipCase
from cases.hardship.next_step import BY_KIND
from cases.hardship.progress import ACTS
from cases.hardship.proofs import ItemProof
from cases.hardship.stages import Stage
from cases.plans import ServiceKind
from cases.wording import Wording


class StopState(StrEnum):
    COUNTED = "counted"  # 已计入
    UNDER_WAY = "under-way"  # 进行中
    NOT_BEGUN = "not-begun"  # 未开始
    NOT_YET = "not-yet"  # 还不能开始
    CANNOT = "cannot"  # 无法完成


@dataclass(frozen=True)
class Stop:
    """One item of the plan, with the state of each service that it owes."""

    item: str
    kind: ServiceKind
    title: Wording
    states: tuple[StopState, ...]

    @property
    def counted(self) -> int:
        return self.states.count(StopState.COUNTED)


def road(proofs: Iterable[ItemProof], case: HardshipCase) -> tuple[Stop, ...]:
    """Empty until help begins: before that nothing is owed."""
    if case.help_began_at is None:
        return ()
    return tuple(Stop(p.item.id, p.item.kind, p.item.title, tuple(_states(p, case))) for p in proofs)


def _states(proof: ItemProof, case: HardshipCase) -> Iterator[StopState]:
    counted = min(proof.counted, proof.item.count)
    under_way = min(sum(service.pending for service in proof.services), proof.item.count - counted)
    yield from (StopState.COUNTED for _ in range(counted))
    yield from (StopState.UNDER_WAY for _ in range(under_way))
    rest = _rest(proof, case)
    yield from (rest for _ in range(proof.item.count - counted - under_way))


def _rest(proof: ItemProof, case: HardshipCase) -> StopState:
    """What has not begun: it can begin, it must wait until the case comes back, or its time is past."""
    during = ACTS[BY_KIND[proof.item.kind]].DURING
    if case.stage in during:
        return StopState.NOT_YET if case.paused else StopState.NOT_BEGUN
    going = case.exit.back_to if case.stage is Stage.EXIT_NOTICE and case.exit else case.stage
    return StopState.NOT_YET if going in during else StopState.CANNOT

"""Whose turn it is in a case (待办): the rows of the queue, told from the case alone, one per role with a part in it.

A row holds no personal data: what is done next, about which part, why, for whom one waits, and until when.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cases.case_parts import ClockState
from cases.hardship.case import HardshipCase
from cases.hardship.next_step import NextStep, asking, next_steps
from cases.hardship.progress import ACTS
from cases.hardship.proofs import ItemProof, prove
from cases.hardship.roads import Stop, road
from cases.hardship.stages import Stage
from cases.hardship.turns import found_later
from cases.parts import find
from cases.plans import ServicePlan
from cases.roles import Role
from cases.wording import Wording


class Turn(StrEnum):
    """Whose turn it is, as the holder of the row sees it."""

    TO_DO = "to-do"  # 待办
    WAITING = "waiting"  # 等待对方
    RETURNED = "returned"  # 退回
    PAUSED = "paused"  # 已暂停


EMPLOYER: Final = Wording("等用工主体答复", "Employer’s answer")
WORKER: Final = Wording("等本人答复", "Worker’s word")
COURSE: Final = Wording("培训进行中", "Course in progress")
OFFICER: Final = Wording("等审批人决定", "Officer’s decision")
SECOND_OFFICER: Final = Wording("等第二人复核", "Second officer’s word")
SUPERVISOR: Final = Wording("等主管批准", "Supervisor’s approval")
OTHER_STATION: Final = Wording("等对方驿站接收", "Other station’s acceptance")
RULES: Final = Wording("等规则认定", "Determination by rules")
TERM: Final = Wording("等帮扶期满或就业", "A placement, or the end of the term")

WHOLE: Final = 100  # per cent of a clock


@dataclass(frozen=True)
class QueueRow:
    """One case as one role sees it. `held_by` is the caseworker; the other roles take a row themselves."""

    case_id: str
    role: Role
    worker_id: str
    station_id: str
    stage: Stage
    turn: Turn
    held_by: str | None
    act: str | None
    about: str | None
    why: Wording
    waiting_for: Wording | None
    due_at: datetime | None
    due_counts: str | None
    clock: str | None
    progress: tuple[Stop, ...]
    opened_at: datetime
    revision: int


@dataclass(frozen=True)
class _Candidate:
    """One thing a role could be busy with, and the clock that it serves."""

    act: str | None
    about: str | None
    why: Wording
    clock: ClockState | None = None
    waiting_for: Wording | None = None
    on_its_day: datetime | None = None  # the end of it, of what no clock times

    @property
    def due_at(self) -> datetime | None:
        return self.on_its_day or (self.clock.due_at if self.clock else None)

    @property
    def due_counts(self) -> str | None:
        return "natural" if self.on_its_day else self.clock.counts if self.clock else None

    @property
    def urgency(self) -> tuple[bool, bool, float]:
        """What can be done comes before what is waited for; then what is due first."""
        due = self.due_at
        return (self.waiting_for is not None, due is None, due.timestamp() if due else 0.0)


def queue_rows(case: HardshipCase, plan: ServicePlan, past: Iterable[str] = ()) -> tuple[QueueRow, ...]:
    """The rows of an open case. `past`: the kinds of its steps, the latest first.

    A closed one has a row if its worker is to be asked anew on a later day; nobody sees it before that day.
    """
    rows = _Rows(case, plan, returned_to(past))
    return tuple(rows.of_closed() if case.closed else rows.all())


# What sends a case back to a role, and whether something was done about it since.
RETURNING: Final = {"return-closure": Role.CASEWORKER, "reject-departure": Role.OFFICER}
# Who has a case, when somebody is met, and what others say of it takes nothing up.
_ASIDE: Final = frozenset({"assign", "make-appointment", "keep-appointment", "decline-transfer", "ask-review"})
TAKEN_UP: Final = {
    role: frozenset(kind for kind, act in ACTS.items() if role in act.BY) - _ASIDE - RETURNING.keys()
    for role in (Role.CASEWORKER, Role.OFFICER)
}


def returned_to(past: Iterable[str]) -> frozenset[Role]:
    """The roles to which something was sent back that they have not taken up since."""
    settled: set[Role] = set()
    returned: set[Role] = set()
    for kind in past:
        to = RETURNING.get(kind)
        if to and to not in settled:
            returned.add(to)
        settled |= {role for role, kinds in TAKEN_UP.items() if kind in kinds} | ({to} if to else set())
        if settled >= TAKEN_UP.keys():
            break
    return frozenset(returned)


class _Rows:
    def __init__(self, case: HardshipCase, plan: ServicePlan, returned: frozenset[Role]) -> None:
        self.case = case
        self.proofs = prove(plan, case)
        self.steps = tuple(next_steps(case, plan))
        self.returned = returned
        self.progress = road(self.proofs, case)
        self.serves = {s.id: proof.item.id for proof in self.proofs for s in proof.services if s.pending}

    def all(self) -> Iterator[QueueRow]:
        yield self._caseworkers()
        for role in (Role.GUIDE, Role.OFFICER, Role.SUPERVISOR):
            found = [self._to_do(step) for step in self.steps if self._is_for(step, role)]
            if found:
                turn = Turn.RETURNED if role in self.returned else Turn.TO_DO
                yield self._row(role, turn, min(found, key=lambda each: each.urgency))

    def of_closed(self) -> Iterator[QueueRow]:
        found = found_later(self.case)
        if found:
            yield self._row(Role.CASEWORKER, Turn.TO_DO, self._to_do(asking(found)))

    def _is_for(self, step: NextStep, role: Role) -> bool:
        if role is Role.GUIDE:  # guidance may be given by either, and is theirs by name
            return step.act == "record-guidance" and self._still_owed(step)
        return step.by is role

    def _caseworkers(self) -> QueueRow:
        if self.case.paused:
            resume = next(step for step in self.steps if step.act == "resume")
            return self._row(Role.CASEWORKER, Turn.PAUSED, self._to_do(resume))
        chosen = min(self._of_caseworker(), key=lambda each: each.urgency)
        if chosen.waiting_for is not None:
            return self._row(Role.CASEWORKER, Turn.WAITING, chosen)
        turn = Turn.RETURNED if Role.CASEWORKER in self.returned else Turn.TO_DO
        return self._row(Role.CASEWORKER, turn, chosen)

    def _of_caseworker(self) -> list[_Candidate]:
        """What the caseworker can do or waits for; never empty, so that no case is out of sight."""
        waits = [self._awaited(step) for step in self.steps if step.by is not Role.CASEWORKER]
        if self.case.transfer:
            return [wait for wait in waits if wait.waiting_for is OTHER_STATION] or [self._wait(OTHER_STATION)]
        own = [step for step in self.steps if step.by is Role.CASEWORKER and self._still_owed(step)]
        return [self._own(step) for step in own] or waits or [self._nothing_to_do()]

    def _still_owed(self, step: NextStep) -> bool:
        """Whether another service is wanted, besides those under way that may still count."""
        proof = next((proof for proof in self.proofs if proof.item.id == step.item), None)
        return proof is None or proof.counted + _under_way(proof) < proof.item.count

    def _own(self, step: NextStep) -> _Candidate:
        to_do = self._to_do(step)
        wait = self._waited_for(step, to_do.clock)
        if wait is None:
            return to_do
        act = "answer-referral" if wait is WORKER else step.act
        return _Candidate(act, step.about, step.why, to_do.clock, wait)

    def _waited_for(self, step: NextStep, clock: ClockState | None) -> Wording | None:
        """Who has to say something first; once the whole time is over, the caseworker asks them."""
        if clock and WHOLE in clock.sent:
            return None
        if step.act == "record-training-result":
            return COURSE
        if step.act == "record-referral-outcome":
            referral = find(self.case.referrals, step.about or "")
            return WORKER if referral and referral.confirmed is None else EMPLOYER
        return None

    def _awaited(self, step: NextStep) -> _Candidate:
        """What another role does next, as the caseworker sees it."""
        wait = {"confirm-departure": SECOND_OFFICER, "accept-transfer": OTHER_STATION}.get(step.act)
        wait = wait or (SUPERVISOR if step.by is Role.SUPERVISOR else OFFICER)
        return _Candidate(None, step.about, step.why, self._clock(step), wait)

    def _nothing_to_do(self) -> _Candidate:
        if self.case.stage is Stage.EXIT_NOTICE:
            return self._wait(WORKER, "exit-review")
        if self.case.stage is Stage.DETERMINATION or self.case.market_failed:
            return self._wait(RULES, "determination")
        return self._wait(TERM, "term")

    def _wait(self, wait: Wording, *clocks: str) -> _Candidate:
        return _Candidate(None, None, wait, self._soonest(clocks), wait)

    def _to_do(self, step: NextStep) -> _Candidate:
        return _Candidate(step.act, step.about, step.why, self._clock(step), on_its_day=step.due_at)

    def _clock(self, step: NextStep) -> ClockState | None:
        """The soonest of the running clocks that a step serves."""
        item = step.item or self.serves.get(step.about or "")
        served = [f"item/{item}"] if item else []
        match step.act:
            case "deliver-referral" | "record-referral-outcome":
                served.append(f"outcome/{step.about}")
            case "record-follow-up":
                served.append(f"follow-up/{step.about}")
            case "approve-closure":
                served.append("closure")
            case _ if step.item:
                served.append("first-contact")
            case _ if self.case.stage is Stage.DETERMINATION:
                served.append("determination")
            case _:
                pass
        return self._soonest(served)

    def _soonest(self, ids: Iterable[str]) -> ClockState | None:
        running = [c for c in self.case.clocks if c.id in set(ids) and c.running and c.due_at]
        return min(running, key=lambda clock: (clock.due_at, clock.id), default=None)

    def _row(self, role: Role, turn: Turn, chosen: _Candidate) -> QueueRow:
        case, clock = self.case, chosen.clock
        moving = case.transfer if role is Role.SUPERVISOR and chosen.act == "accept-transfer" else None
        return QueueRow(
            case_id=case.id,
            role=role,
            worker_id=case.worker_id,
            station_id=moving.to_station if moving else case.station_id,
            stage=case.stage,
            turn=turn,
            held_by=case.caseworker if role is Role.CASEWORKER else None,
            act=chosen.act,
            about=chosen.about,
            why=chosen.why,
            waiting_for=chosen.waiting_for,
            due_at=chosen.due_at,
            due_counts=chosen.due_counts,
            clock=clock.id if clock and not chosen.on_its_day else None,
            progress=self.progress,
            opened_at=case.opened_at,
            revision=case.revision,
        )


def _under_way(proof: ItemProof) -> int:
    return sum(service.pending for service in proof.services)

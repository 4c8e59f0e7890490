"""Who is told of a step (通知): reminders of clocks, and what waits for somebody. Nothing about a person is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.days import shown_instant
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.determining import DepartFromDetermination, DeterminationMade
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.moving import Assign, ProposeTransfer
from cases.hardship.parts import find
from cases.hardship.stages import Stage
from cases.roles import Role
from cases.wording import Wording

# Reminders climb: the caseworker first, from three quarters on the supervisor too, at the end the manager as well.
REMINDED_FROM = ((0, Role.CASEWORKER), (75, Role.SUPERVISOR), (100, Role.MANAGER))


@dataclass(frozen=True)
class Notice:
    """For one role of one station; the case's own caseworker, or its worker, stand for these two roles."""

    to: Role
    station_id: str
    wording: Wording


def notices(act: Act, before: HardshipCase, after: HardshipCase) -> Iterator[Notice]:
    yield from _of_act(act, after)
    if after.stage is Stage.CLOSING and before.stage is not Stage.CLOSING:
        yield Notice(Role.SUPERVISOR, after.station_id, Wording("有个案待批准办结", "A closure waits for approval"))


def _of_act(act: Act, case: HardshipCase) -> Iterator[Notice]:
    match act:
        case RingAlarm(clock=clock, percent=percent):
            due = next((c.due_at for c in (find(case.clocks, clock),) if c), None)
            wording = Wording(
                f"时限“{clock}”已过{percent}%" + (f"，到期{shown_instant(due)}" if due else ""),
                f"Clock {clock}: {percent} % of its days are over" + (f", due {shown_instant(due)}" if due else ""),
            )
            yield from (Notice(role, case.station_id, wording) for least, role in REMINDED_FROM if percent >= least)
        case DeterminationMade(policy=policy, conclusion=conclusion) if conclusion.adoptable:
            yield Notice(
                Role.OFFICER,
                case.station_id,
                Wording(f"认定“{policy}”待决定", f"The determination {policy} waits for a decision"),
            )
        case DeterminationMade(policy=policy, conclusion=conclusion):
            yield Notice(
                Role.CASEWORKER, case.station_id, Wording(f"认定“{policy}”：{conclusion}", f"{policy}: {conclusion}")
            )
        case DepartFromDetermination():
            yield Notice(
                Role.OFFICER,
                case.station_id,
                Wording("有一项偏离决定待第二人复核", "A departure waits for a second person"),
            )
        case ProposeTransfer(to_station=station):
            yield Notice(
                Role.SUPERVISOR, station, Wording("有个案待接收", "A case waits to be accepted from another station")
            )
        case Assign():
            yield Notice(Role.CASEWORKER, case.station_id, Wording("有个案分派给您", "A case is assigned to you"))
        case KeepPaper():
            yield Notice(Role.WORKER, case.station_id, Wording("有一份文书可以领取", "A paper is ready for you"))
        case _:
            pass

"""What a worker cannot do without (硬性约束), and whether a vacancy meets it; unknown is never "met"."""

from dataclasses import dataclass
from enum import StrEnum

from cases.hours import Hours


class ConstraintKind(StrEnum):
    HOURS = "hours"  # 工作时间
    PLACE = "place"  # 工作地点
    PAY_FLOOR = "pay-floor"  # 最低报酬
    HEALTH = "health"  # 健康与身体条件


class PayUnit(StrEnum):
    HOUR = "hour"  # 元/小时
    DAY = "day"  # 元/天
    MONTH = "month"  # 元/月
    PIECE = "piece"  # 计件


class HealthDemand(StrEnum):
    """What a vacancy demands of the body; a closed list, since a misspelt demand would seem to be met."""

    HEAVY_LIFTING = "heavy-lifting"  # 搬运重物
    LONG_STANDING = "long-standing"  # 长时间站立
    HEIGHTS = "heights"  # 高处作业
    NIGHT_WORK = "night-work"  # 夜班
    DUST_OR_FUMES = "dust-or-fumes"  # 粉尘、有害气体
    NOISE = "noise"  # 噪声
    HEAT_OR_COLD = "heat-or-cold"  # 高温或低温
    FINE_SIGHT = "fine-sight"  # 精细视力
    HEARING = "hearing"  # 听力
    DRIVING = "driving"  # 驾驶
    HEALTH_CERTIFICATE = "health-certificate"  # 健康证


@dataclass(frozen=True)
class PayFloor:
    fen: int
    unit: PayUnit


@dataclass(frozen=True)
class Constraints:
    """None: not known. Known to have none is a value too: a floor of 0 fen, no demand ruled out."""

    hours: Hours | None = None  # when the worker can work
    places: frozenset[str] | None = None  # organisation nodes where the worker can work
    pay_floor: PayFloor | None = None
    ruled_out: frozenset[HealthDemand] | None = None  # what health does not allow


@dataclass(frozen=True)
class Demands:
    """What a vacancy asks and pays. None: the employer did not say."""

    hours: Hours | None
    places: frozenset[str] | None  # the organisation node of the workplace, and every node above it
    pay_min_fen: int | None
    pay_max_fen: int | None
    pay_unit: PayUnit
    health: frozenset[HealthDemand] | None


@dataclass(frozen=True)
class Fit:
    """Whether each constraint is met; None: unknown, which is no proof."""

    hours: bool | None
    place: bool | None
    pay_floor: bool | None
    health: bool | None

    @property
    def proved(self) -> bool:
        return all((self.hours, self.place, self.pay_floor, self.health))


def fit(constraints: Constraints, demands: Demands) -> Fit:
    """Which of a worker's constraints a vacancy meets."""
    return Fit(
        hours=_meets_hours(constraints.hours, demands.hours),
        place=_meets_place(constraints.places, demands.places),
        pay_floor=_meets_pay_floor(constraints.pay_floor, demands),
        health=_meets_health(constraints.ruled_out, demands.health),
    )


def _meets_hours(can: Hours | None, asked: Hours | None) -> bool | None:
    return None if can is None or asked is None else asked.within(can)


def _meets_place(can: frozenset[str] | None, asked: frozenset[str] | None) -> bool | None:
    return None if can is None or asked is None else not can.isdisjoint(asked)


def _meets_pay_floor(floor: PayFloor | None, demands: Demands) -> bool | None:
    """A floor by the day says nothing of pay by the month, and a range that begins below it is not yet a yes."""
    if floor is None:
        return None
    if floor.fen == 0:
        return True
    if floor.unit is not demands.pay_unit:
        return None
    if demands.pay_min_fen is not None and demands.pay_min_fen >= floor.fen:
        return True
    if demands.pay_max_fen is not None and demands.pay_max_fen < floor.fen:
        return False
    return None


def _meets_health(ruled_out: frozenset[HealthDemand] | None, asked: frozenset[HealthDemand] | None) -> bool | None:
    return None if ruled_out is None or asked is None else ruled_out.isdisjoint(asked)

"""Parts of a contract (合同条款): term, work, hours, pay, protection."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.agreement_law import Limit
from cases.days import months_between

ONE_DAY = timedelta(days=1)


class HoursSystem(StrEnum):
    """工时制度; the last two need the labour authority's approval."""

    STANDARD = "standard"  # 标准工时制
    COMPREHENSIVE = "comprehensive"  # 综合计算工时工作制
    FLEXIBLE = "flexible"  # 不定时工作制


class PayForm(StrEnum):
    TIME = "time"  # 计时
    PIECE = "piece"  # 计件


class PayChannel(StrEnum):
    """How wages reach the worker: 保障农民工工资支付条例 art.11 names these two."""

    BANK = "bank"  # 银行转账
    CASH = "cash"  # 现金


@dataclass(frozen=True)
class Term:
    """合同期限: fixed where it ends on a day, by task where it ends with one, otherwise open-ended."""

    starts_on: date
    ends_on: date | None = None
    task: str | None = None

    @property
    def months(self) -> int | None:
        """Full months; None where no day of ending is agreed."""
        return None if self.ends_on is None else months_between(self.starts_on, self.ends_on + ONE_DAY)


@dataclass(frozen=True)
class Work:
    """工作内容和工作地点."""

    job: str
    place: str
    duties: str


@dataclass(frozen=True)
class Hours:
    """工作时间和休息休假."""

    system: HoursSystem
    minutes_per_day: int
    days_per_week: int
    rest: str


@dataclass(frozen=True)
class Protection:
    """劳动保护、劳动条件和职业危害防护; no hazard known is stated as that."""

    conditions: str
    hazards: str | None = None


@dataclass(frozen=True)
class Wages:
    """劳动报酬: by the month, on a day of the month; `minimum` is the place's monthly minimum, None where unknown."""

    monthly_fen: int
    form: PayForm
    channel: PayChannel
    payday: int
    minimum: Limit | None

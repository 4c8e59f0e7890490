"""The parties as a paper names them, no more than that paper needs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.authorities import Authority
from cases.wording import Wording


@dataclass(frozen=True)
class StationParty:
    """驿站: who issues the paper, and where a person can ask about it."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class EmployerParty:
    """用人单位, as its licence names it."""

    name: str
    uscc: str  # 统一社会信用代码
    address: str
    representative: str  # 法定代表人或主要负责人
    phone: str


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to: an organisation or a household, with what the ledger knows of it."""

    name: str
    uscc: str | None = None
    address: str | None = None
    representative: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class WorkerParty:
    """劳动者, with the number that a contract must state and a notice must not."""

    name: str
    identity_number: str
    address: str
    phone: str


@dataclass(frozen=True)
class Person:
    """Someone a letter or a notice speaks of or to: a name and a way to reach them."""

    name: str
    phone: str


@dataclass(frozen=True)
class Cited:
    """A statement with the clause it rests on; how far that clause was checked stays visible on paper."""

    wording: Wording
    authority: Authority


class PayPeriod(StrEnum):
    """计酬单位."""

    HOUR = "hour"  # 小时
    DAY = "day"  # 日
    WEEK = "week"  # 周
    MONTH = "month"  # 月
    PIECE = "piece"  # 件


@dataclass(frozen=True)
class Pay:
    """What a post offers; `up_to_fen` where the vacancy names a range."""

    amount_fen: int
    per: PayPeriod
    up_to_fen: int | None = None


@dataclass(frozen=True)
class Review:
    """复核途径: until when, and of whom, a person may ask that this be looked at again."""

    days: int  # from the day the notice reaches the person
    until: date
    body: str
    address: str
    phone: str
    authority: Authority
    working_days: bool = False

"""What is known of an invented person at the counter, by what makes them a hardship worker and by their difficulty."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from cases.facts import SourceKind


class Hardship(StrEnum):
    WAITING = "待工"
    INCOME = "收入"
    OLDER = "大龄"
    DISABLED = "残疾"
    JUST_ABOVE = "收入略高"  # a little more than the place allows, and nothing else
    IN_WORK = "在业"
    UNSAID = "待查"  # too little is known to conclude


class Difficulty(StrEnum):
    NONE = "无"
    REGISTERED = "登记失业"  # and of the age
    OLDER = "大龄"
    MINIMUM_LIVING = "低保"
    DISABLED = "残疾"
    VETERAN = "退役"
    LOST_LAND = "失地"  # whether hardship at home is established is for an officer


SEEN_IN: Final = {
    "waiting_since": "本人陈述，并核对驿站进场登记",
    "in_work": "就业登记信息系统查询",
    "household_size": "户口簿",
    "household_income": "收入声明",
    "disabled": "残疾人证查询",
    "registered_unemployed": "失业登记查询",
    "minimum_living": "民政部门数据核对",
    "out_of_poverty": "乡村振兴部门名单核对",
    "zero_employment_family": "街道零就业家庭名册",
    "lost_land": "征地补偿材料",
    "veteran": "退役证件",
}
SAID: Final = frozenset({"waiting_since", "household_income"})
NO: Final[Mapping[str, object]] = {
    "registered_unemployed": False,
    "minimum_living": False,
    "out_of_poverty": False,
    "zero_employment_family": False,
    "unplaced_since_graduation": False,
}
NO_BY_PLACE: Final[Mapping[str, Mapping[str, object]]] = {
    "cn-50-99": {"veteran": False, "released": False, "capacity_cut": False},
    "cn-42-99": {"lost_land": False, "rural_zero_transfer": False, "adult_orphan": False},
}
YES: Final[Mapping[Difficulty, Mapping[str, object]]] = {
    Difficulty.REGISTERED: {"registered_unemployed": True},
    Difficulty.MINIMUM_LIVING: {"minimum_living": True},
    Difficulty.VETERAN: {"veteran": True},
    Difficulty.LOST_LAND: {"lost_land": True},
}
A_HEAD: Final = 100_000  # fen a month: what the invented district allows


def facts(
    hardship: Hardship, difficulty: Difficulty, place: str, on: date, random: Random
) -> Iterator[dict[str, object]]:
    """The first facts of a registration, each with where it was seen or heard."""
    of_difficulty = {**NO, **NO_BY_PLACE[place], **YES.get(difficulty, {})}
    for name, value in {**_of_hardship(hardship, on, random), **of_difficulty}.items():
        source = SourceKind.STATEMENT if name in SAID else SourceKind.RECORD
        detail = SEEN_IN.get(name, "联网核验")
        yield {"name": name, "value": value, "source": source, "established_on": on, "detail": detail}


def _of_hardship(hardship: Hardship, on: date, random: Random) -> Mapping[str, object]:
    waited = random.randrange(95, 240) if hardship is Hardship.WAITING else random.randrange(12, 50)
    size = random.randrange(2, 5)
    income = {Hardship.INCOME: -12_000, Hardship.JUST_ABOVE: 600}.get(hardship, 70_000)
    known: dict[str, object] = {
        "in_work": hardship is Hardship.IN_WORK,
        "waiting_since": (on - timedelta(waited)).isoformat(),
        "household_size": size,
        "household_income": (A_HEAD + income) * size,
        "disabled": hardship is Hardship.DISABLED,
    }
    if hardship is Hardship.UNSAID:
        del known["waiting_since"]
    if hardship is Hardship.IN_WORK:
        del known["waiting_since"]
    return known

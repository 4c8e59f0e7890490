"""Sixty-seven invented vacancies: one that stands all year for each employer, and others in every state.

Live ones, confirmed lately or long ago; expired; filled; never checked; and checked, and found to keep workers out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from sqlalchemy import Connection

from activities.demo.employers import CQ, GUIDES, lines
from cases.constraints import HealthDemand, PayUnit
from cases.days import instant
from cases.hours import Hours, Shift
from store import publications, vacancies
from store.seed import SEEN_OF_VACANCY
from store.seed_offers import EMPLOYERS
from store.tables.vacancies import CheckResult
from store.vacancies import Vacancy

STANDING_SINCE: Final = 340  # days ago
FIRST_STANDING, FIRST_OTHER, LAST = 14, 31, 80
DAYTIME: Final = Hours((Shift(frozenset(range(1, 6)), time(8), time(17)),))
NIGHT: Final = Hours((Shift(frozenset(range(1, 7)), time(22), time(6)),))
MORNING: Final = Hours((Shift(frozenset(range(1, 7)), time(6, 30), time(10, 30)),))
WEEKEND: Final = Hours((Shift(frozenset({6, 7}), time(9), time(18)),))
D: Final = HealthDemand
OF_BASE: Final = {
    "employer-1": "搬运",
    "employer-2": "餐饮",
    "employer-3": "家政",
    "employer-5": "制造",
    "employer-6": "零售",
}
FINDINGS: Final = ("限男性（示例）", "限40岁以下（示例）", "要求先交押金（示例）", "限本地户籍（示例）")


@dataclass(frozen=True)
class Post:
    """Pay in yuan. The first of a line is the one that stands all year: by day, and within most workers' limits."""

    title: str
    unit: PayUnit
    pay: tuple[int, int]
    hours: Hours | None = DAYTIME
    demands: frozenset[HealthDemand] | None = frozenset()
    older: bool = False


POSTS: Final = {
    "保洁": (
        Post("楼宇保洁员", PayUnit.DAY, (160, 180), older=True),
        Post("夜间保洁员", PayUnit.HOUR, (24, 26), NIGHT, frozenset({D.NIGHT_WORK})),
        Post("外墙清洗工", PayUnit.DAY, (300, 360), DAYTIME, frozenset({D.HEIGHTS})),
    ),
    "搬运": (
        Post("白班分拣员", PayUnit.DAY, (180, 220), DAYTIME, frozenset({D.LONG_STANDING})),
        Post("装卸工", PayUnit.DAY, (220, 260), DAYTIME, frozenset({D.HEAVY_LIFTING})),
        Post("三轮车配送员", PayUnit.PIECE, (1, 2), None, frozenset({D.DRIVING})),
    ),
    "家政": (
        Post("家庭保洁（日结）", PayUnit.DAY, (170, 200), older=True),
        Post("住家照护员", PayUnit.MONTH, (4500, 5500), None, None, older=True),
        Post("养老护理员", PayUnit.MONTH, (4200, 5000), DAYTIME, frozenset({D.HEALTH_CERTIFICATE})),
    ),
    "餐饮": (
        Post("后厨帮工", PayUnit.DAY, (160, 180), DAYTIME, frozenset({D.HEALTH_CERTIFICATE})),
        Post("早班面点帮工", PayUnit.HOUR, (25, 28), MORNING, frozenset({D.HEALTH_CERTIFICATE})),
        Post("传菜员", PayUnit.MONTH, (3500, 4000), DAYTIME, frozenset({D.LONG_STANDING})),
    ),
    "装修": (
        Post("装修小工", PayUnit.DAY, (200, 240), DAYTIME, frozenset({D.HEAVY_LIFTING})),
        Post("油漆工", PayUnit.DAY, (350, 400), DAYTIME, frozenset({D.DUST_OR_FUMES})),
        Post("脚手架工", PayUnit.DAY, (380, 420), DAYTIME, frozenset({D.HEIGHTS})),
    ),
    "制造": (
        Post("包装工", PayUnit.DAY, (170, 200), DAYTIME, frozenset({D.LONG_STANDING})),
        Post("缝纫工", PayUnit.PIECE, (1, 3), DAYTIME, frozenset({D.FINE_SIGHT})),
        Post("电子装配工", PayUnit.MONTH, (4000, 5200), DAYTIME, frozenset({D.FINE_SIGHT})),
    ),
    "零售": (
        Post("理货员", PayUnit.DAY, (160, 180), older=True),
        Post("收银员", PayUnit.MONTH, (3300, 3800), DAYTIME, frozenset({D.LONG_STANDING})),
        Post("周末促销员", PayUnit.DAY, (180, 220), WEEKEND, None),
    ),
    "农业": (
        Post("采摘工", PayUnit.DAY, (150, 180), DAYTIME, frozenset({D.HEAT_OR_COLD}), older=True),
        Post("大棚管护工", PayUnit.DAY, (160, 190), MORNING, None, older=True),
    ),
}


@dataclass(frozen=True)
class Offered:
    vacancy: Vacancy
    result: CheckResult | None  # None: nobody has checked it
    findings: tuple[str, ...] = ()
    confirmed: bool = True


def plant_vacancies(connection: Connection, today: date) -> None:
    for offered in (*_standing(today), *_others(today)):
        _plant(connection, offered, today)


def _plant(connection: Connection, offered: Offered, today: date) -> None:
    vacancy = offered.vacancy
    hubei = vacancy.station_id == "station-3"
    caseworker = "caseworker-3" if hubei else "caseworker-1"
    at = _at(vacancy.received_on)
    vacancies.post_vacancy(connection, vacancy, caseworker, at)
    if offered.result is None:
        return
    check = publications.TruthCheck(
        vacancy.id,
        GUIDES["cn-42-99" if hubei else CQ],
        vacancy.received_on,
        SEEN_OF_VACANCY,
        offered.findings,
        offered.result,
    )
    publications.record_truth_check(connection, check, at)
    if not check.passed or not vacancy.live(vacancy.received_on):
        return
    publications.publish(connection, vacancy.id, "大屏", vacancy.received_on, caseworker, at)
    if offered.confirmed and vacancy.live(today) and vacancy.received_on < today - timedelta(7):
        publications.confirm(connection, vacancy.id, today - timedelta(6), caseworker, _at(today - timedelta(6)))


def _standing(today: date) -> Iterator[Offered]:
    for number, (employer_id, place, line) in enumerate(lines(), start=FIRST_STANDING):
        post, since = POSTS[line][0], today - timedelta(STANDING_SINCE)
        vacancy = _vacancy(number, employer_id, place, post, since, today + timedelta(200))
        yield Offered(vacancy, CheckResult.PASSED)


def _others(today: date) -> Iterator[Offered]:
    random = Random("vacancies")  # noqa: S311  # the same offers every time, and nothing secret
    of_base = [(row[0], row[1], OF_BASE[row[0]]) for row in EMPLOYERS if row[0] in OF_BASE]
    wanted = [*lines(), *of_base]
    for number in range(FIRST_OTHER, LAST + 1):
        employer_id, place, line = wanted[number % len(wanted)]
        post = POSTS[line][1 + number // len(wanted) % (len(POSTS[line]) - 1)]
        received = today - timedelta(random.randrange(3, 60))
        vacancy = _vacancy(number, employer_id, place, post, received, today + timedelta(random.randrange(12, 120)))
        yield _in_some_state(number, vacancy, today)


def _in_some_state(number: int, vacancy: Vacancy, today: date) -> Offered:
    match number % 10:
        case 0:
            closed_on = max(vacancy.received_on + timedelta(1), today - timedelta(10))
            return Offered(_with(vacancy, closed_on=closed_on), CheckResult.PASSED)
        case 3:
            gone = {"received_on": today - timedelta(95), "expires_on": today - timedelta(number % 4 + 1)}
            return Offered(_with(vacancy, **gone), CheckResult.PASSED)
        case 5:
            return Offered(_with(vacancy, received_on=today - timedelta(number % 3)), None)
        case 7:
            return Offered(vacancy, CheckResult.FAILED, (FINDINGS[number // 10 % len(FINDINGS)],))
        case 8:
            return Offered(_with(vacancy, received_on=today - timedelta(80)), CheckResult.PASSED, confirmed=False)
        case _:
            return Offered(vacancy, CheckResult.PASSED)


def _with(vacancy: Vacancy, **changes: date) -> Vacancy:
    return Vacancy(**{**vars(vacancy), **changes})


def _vacancy(number: int, employer_id: str, place: str, post: Post, received_on: date, expires_on: date) -> Vacancy:
    stations = ("station-1", "station-2") if place == CQ else ("station-3",)
    return Vacancy(
        id=f"vacancy-{number}",
        employer_id=employer_id,
        station_id=stations[number % len(stations)],
        title=post.title,
        trade=next(line for line, posts in POSTS.items() if post in posts),
        place_node_id=place,
        address=("示例区" if place == CQ else "示例市示例区") + f"示例路{number}号",
        hours=post.hours,
        pay_min_fen=post.pay[0] * 100,
        pay_max_fen=post.pay[1] * 100,
        pay_unit=post.unit,
        health_demands=post.demands,
        headcount=1 + number % 6,
        received_on=received_on,
        expires_on=expires_on,
        fits_older=post.older,
        fits_hard_to_place=post.older and number % 2 == 0,
    )


def _at(day: date) -> datetime:
    return instant(day, time(9, 40))

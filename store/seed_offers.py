"""The invented employers, vacancies and courses of the examples: good ones, and one of each kind of bad one."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from cases.constraints import HealthDemand, PayUnit
from cases.hours import Hours, Shift
from cases.identity import IdentityKind, IdentityNumber
from store.courses import Course
from store.tables.vacancies import CheckResult
from store.vacancies import Vacancy

# Organisation codes with the region 999999, which is never issued.
EMPLOYERS: Final = (
    ("employer-1", "cn-50-99", "示例物流有限公司", "91999999MA000001XE"),
    ("employer-2", "cn-50-99", "示例餐饮有限公司", "91999999MA000002XF"),
    ("employer-3", "cn-50-99", "示例家政服务有限公司", "91999999MA000003XG"),
    ("employer-4", "cn-50-99", "示例建筑劳务有限公司", "91999999MA000004XH"),
    ("employer-5", "cn-42-99", "示例纺织有限公司", "91999999MA000005XJ"),
    ("employer-6", "cn-42-99", "示例超市有限公司", "91999999MA000006XK"),
    ("employer-7", "cn-42-99", "示例村股份经济合作社", "N2999999MA000010XJ"),
)
# As their licences name them, and whom to call: address, representative, phone.
LICENCES: Final = {
    "employer-1": ("示例区示例街道物流园路1号", "钱示例", "023-60000001"),
    "employer-2": ("示例区示例街道美食街2号", "孙示例", "023-60000002"),
    "employer-3": ("示例区示例街道示例路3号", "李示例", "023-60000003"),
    "employer-4": ("示例区示例街道建设路4号", "周示例", "023-60000004"),
    "employer-5": ("示例市示例区示例大道5号", "吴示例", "0714-6000005"),
    "employer-6": ("示例市示例区示例大道6号", "郑示例", "0714-6000006"),
    "employer-7": ("示例市示例区示例村7号", "王示例", "0714-6000007"),
}
HOUSEHOLD: Final = (
    "employer-8",
    "cn-50-99",
    "许示例",
    IdentityNumber("69999919720314002X", IdentityKind.RESIDENT, date(1972, 3, 14)),
)
UNVERIFIED: Final = frozenset({"employer-4"})

_WEEKDAYS: Final = Hours((Shift(frozenset(range(1, 6)), time(8), time(17)),))
_NIGHTS: Final = Hours((Shift(frozenset(range(1, 7)), time(22), time(6)),))
_LONG: Final = timedelta(days=720)


def offers(today: date) -> tuple[Vacancy, ...]:
    """Vacancies that are live and pass their truth check: three employers and more at each place."""
    first = Vacancy(
        id="vacancy-1",
        employer_id="employer-1",
        station_id="station-1",
        title="仓库分拣员",
        trade="搬运",
        place_node_id="cn-50-99",
        address="示例物流园",
        hours=_WEEKDAYS,
        pay_min_fen=18_000,
        pay_max_fen=22_000,
        pay_unit=PayUnit.DAY,
        health_demands=frozenset({HealthDemand.HEAVY_LIFTING}),
        headcount=5,
        received_on=today,
        expires_on=today + _LONG,
    )
    cook = replace(
        first, id="vacancy-2", employer_id="employer-2", title="后厨帮工", trade="餐饮", address="示例美食街"
    )
    certified = frozenset({HealthDemand.LONG_STANDING, HealthDemand.HEALTH_CERTIFICATE})
    cleaner = replace(first, id="vacancy-3", employer_id="employer-3", title="保洁员", trade="保洁", fits_older=True)
    carer = replace(first, id="vacancy-4", employer_id="employer-8", title="家庭照护", trade="家政", headcount=1)
    in_hubei = replace(first, station_id="station-3", place_node_id="cn-42-99", address="示例大道")
    none = frozenset[HealthDemand]()
    return (
        first,
        replace(cook, health_demands=certified),
        replace(cleaner, health_demands=none, fits_hard_to_place=True),
        replace(carer, health_demands=none, place_node_id="cn-50-99-01", address="示例街道"),
        replace(in_hubei, id="vacancy-5", employer_id="employer-5", title="缝纫工", trade="制造", health_demands=none),
        replace(in_hubei, id="vacancy-6", employer_id="employer-6", title="理货员", trade="零售"),
        replace(in_hubei, id="vacancy-7", employer_id="employer-7", title="采摘工", trade="农业", fits_older=True),
        replace(first, id="vacancy-8", title="夜班装卸工", hours=_NIGHTS, headcount=2),
        replace(cook, id="vacancy-9", title="送餐员", hours=None, health_demands=None),
        replace(first, id="vacancy-10", employer_id="employer-4", title="工地普工", trade="装修"),
    )


def unfit_offers(today: date) -> tuple[tuple[Vacancy, CheckResult | None, tuple[str, ...]], ...]:
    """One vacancy that expired, one that nobody checked, and one whose wording keeps some workers out."""
    sample = offers(today)[0]
    past = replace(sample, id="vacancy-11", title="短期搬运", received_on=today - timedelta(90))
    return (
        (replace(past, expires_on=today - timedelta(1)), CheckResult.PASSED, ()),
        (replace(sample, id="vacancy-12", title="待核实岗位"), None, ()),
        (replace(sample, id="vacancy-13", title="前台"), CheckResult.FAILED, ("限女性、限35岁以下（示例）",)),
    )


def training(today: date) -> tuple[Course, ...]:
    """A course soon to begin at each station."""
    begins_on = today + timedelta(days=7)
    first = Course(
        id="course-1",
        station_id="station-1",
        title="家政服务员",
        provider="示例职业培训学校",
        trade="家政",
        place="示例区公共实训基地",
        begins_on=begins_on,
        ends_on=begins_on + timedelta(days=6),
        hours=40,
        minimum_hours=32,
        seats=40,
    )
    return (
        first,
        replace(first, id="course-2", station_id="station-2", title="养老护理员"),
        replace(first, id="course-3", station_id="station-3", title="缝纫工", trade="制造"),
    )

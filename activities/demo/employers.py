"""The invented employers of the demonstration; checks on them that hold, that ran out, were refused or never made.

A firm's name begins with the name of its district, as Chinese firms' do; no district is called 示例区.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection
from stdnum.cn import uscc

from cases.days import instant
from cases.identity import IdentityKind, IdentityNumber, check_character
from cases.phones import parse_phone
from store import employers
from store.keys import KeyRing
from store.seed import SEEN_OF_EMPLOYER
from store.tables.employers import VerificationResult

ENTERED: Final = 350  # days ago
CQ, HB = "cn-50-99", "cn-42-99"
GUIDES: Final = {CQ: "guide-1", HB: "guide-3"}
RUNS_OUT_AGO: Final = 34
METHODS: Final = ("现场查看证照与用工场所", "查验营业执照并电话回访", "登录企业信用信息公示系统核对")


@dataclass(frozen=True)
class Check:
    """A check on an employer so many days ago; relied on until so many days from today (`None`: without end)."""

    ago: int
    result: VerificationResult = VerificationResult.VERIFIED
    until: int | None = None


GOOD: Final = (Check(340),)
RENEWED: Final = (Check(345, until=20), Check(30, until=335))
RAN_OUT: Final = (Check(345, until=-RUNS_OUT_AGO),)
REFUSED: Final = (Check(60, VerificationResult.REFUSED),)
NEVER: Final = ()


@dataclass(frozen=True)
class Firm:
    id: str
    place: str
    name: str
    representative: str
    address: str
    line: str  # of work
    checks: tuple[Check, ...]


FIRMS: Final = (
    Firm("employer-9", CQ, "示例区青石物业服务有限公司", "尤乐安", "示例区青石街18号", "保洁", GOOD),
    Firm("employer-10", CQ, "示例区汇通仓配有限公司", "施继业", "示例区仓前巷2号", "搬运", RAN_OUT),
    Firm("employer-11", CQ, "示例区禾润家政服务有限公司", "张晚晴", "示例区桥头路66号", "家政", RENEWED),
    Firm("employer-12", CQ, "示例区巷口小面馆", "孔三味", "示例区示例街道老码头5号", "餐饮", GOOD),
    Firm("employer-13", CQ, "示例区锦程装饰工程有限公司", "曹立柱", "示例区云顶路9号", "装修", GOOD),
    Firm("employer-14", CQ, "示例区云桥养老服务有限公司", "严慈", "示例区示例街道榕树湾1号", "家政", GOOD),
    Firm("employer-15", CQ, "示例区顺达搬家服务部", "华大力", "示例区示例街道水井坊巷3号", "搬运", GOOD),
    Firm("employer-16", CQ, "示例区新泰电子装配厂", "金士明", "示例区云顶路120号", "制造", GOOD),
    Firm("employer-17", CQ, "示例区远山建筑劳务队", "魏远山", "示例区青石街301号", "装修", NEVER),
    Firm("employer-18", HB, "示例区湖畔纺织服装厂", "陶锦绣", "示例市示例区磨坊街22号", "制造", GOOD),
    Firm("employer-19", HB, "示例区江畔物流园管理有限公司", "姜行舟", "示例市示例区临江大道88号", "搬运", GOOD),
    Firm("employer-20", HB, "示例区青禾生态农场", "戚丰年", "示例市示例区示例村3组", "农业", RAN_OUT),
    Firm("employer-21", HB, "示例区暖邻便民超市", "谢晓满", "示例市示例区矿工路7号", "零售", GOOD),
    Firm("employer-22", HB, "示例区临江酒楼", "邹百味", "示例市示例区临江大道6号", "餐饮", GOOD),
    Firm("employer-23", HB, "示例区洁安保洁服务部", "喻清", "示例市示例区磨坊街50号", "保洁", RENEWED),
    Firm("employer-24", HB, "示例区速聘信息咨询部", "柏无凭", "示例市示例区矿工路199号", "制造", REFUSED),
)
# A household that employs is known by the person who stands for it.
HOUSEHOLD, HOUSEHOLD_PLACE, HOUSEHOLD_PERSON, HOUSEHOLD_LINE = "employer-25", HB, "水安然", "家政"
HOUSEHOLD_BORN: Final = date(1968, 7, 9)


def plant_employers(connection: Connection, keyring: KeyRing, today: date) -> None:
    for number, firm in enumerate(FIRMS, start=109):
        _plant_firm(connection, keyring, firm, number, today)
        for check in firm.checks:
            _verify(connection, firm.id, firm.place, check, today)
    at = _at(today, ENTERED)
    contact = employers.Contact(HOUSEHOLD_PERSON, parse_phone("0714-6000025"))
    new = employers.NewHousehold(HOUSEHOLD, HB, HOUSEHOLD_PERSON, _identity(), contact, "caseworker-3", at)
    employers.register_household(connection, keyring, new)
    _verify(connection, HOUSEHOLD, HOUSEHOLD_PLACE, Check(340), today)


def lines() -> Iterator[tuple[str, str, str]]:
    """Each employer with its place and its line of work."""
    yield from ((firm.id, firm.place, firm.line) for firm in FIRMS)
    yield HOUSEHOLD, HOUSEHOLD_PLACE, HOUSEHOLD_LINE


def _plant_firm(connection: Connection, keyring: KeyRing, firm: Firm, number: int, today: date) -> None:
    area = "023-60000" if firm.place == CQ else "0714-6000"
    first = f"91999999MA{number:06d}X"  # a region that is never issued
    new = employers.NewOrganisation(
        firm.id,
        firm.place,
        firm.name,
        first + uscc.calc_check_digit(first),
        employers.Contact(firm.representative, parse_phone(f"{area}{number}")),
        recorded_by="caseworker-1" if firm.place == CQ else "caseworker-3",
        recorded_at=_at(today, ENTERED),
        address=firm.address,
        representative=firm.representative,
    )
    employers.register_organisation(connection, keyring, new)


def _verify(connection: Connection, employer_id: str, place: str, check: Check, today: date) -> None:
    found = employers.Verification(
        employer_id,
        verified_by=GUIDES[place],
        verified_on=today - timedelta(check.ago),
        method=METHODS[check.ago % len(METHODS)],
        evidence=SEEN_OF_EMPLOYER,
        result=check.result,
        good_until=None if check.until is None else today + timedelta(check.until),
    )
    employers.record_verification(connection, found, _at(today, check.ago))


def _identity() -> IdentityNumber:
    first = f"699999{HOUSEHOLD_BORN:%Y%m%d}508"
    return IdentityNumber(first + check_character(first), IdentityKind.RESIDENT, HOUSEHOLD_BORN)


def _at(today: date, ago: int) -> datetime:
    return instant(today - timedelta(ago), time(10, 20))

"""A spreadsheet of vacancies, row by row: what each offers, and what is wrong with it, cell by cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cases.constraints import HealthDemand, PayUnit
from cases.organisations import UsccRefused, parse_uscc
from cases.wording import Wording
from store.search import normal_name
from store.vacancies import Vacancy
from web.spreadsheets import CellError, Column, Row, Sheet
from web.vacancies import words
from web.vacancies.new import EXPIRED, HOW_MANY, IN_FUTURE, LONGEST, MOST_WANTED, TOO_LONG, UPSIDE_DOWN
from web.vacancies.shifts import read_hours_text

COLUMNS: Final = (
    Column("uscc", Wording("统一社会信用代码", "Organisation code"), needed=True),
    Column("title", Wording("岗位名称", "Title"), needed=True),
    Column("trade", Wording("工种", "Trade"), needed=True),
    Column("headcount", Wording("招用人数", "Wanted"), needed=True),
    Column("pay_min", Wording("最低报酬", "Pay at least")),
    Column("pay_max", Wording("最高报酬", "Pay at most")),
    Column("pay_unit", Wording("报酬单位", "Paid by"), needed=True),
    Column("hours", Wording("工作时间", "Hours")),
    Column("health", Wording("身体条件", "Health demands")),
    Column("place", Wording("工作地点所在", "Workplace lies in")),
    Column("address", Wording("详细地址", "Address")),
    Column("fits_older", Wording("适合大龄", "Fits older workers")),
    Column("fits_hard", Wording("适合就业困难人员", "Fits hard to place")),
    Column("received_on", Wording("收到日期", "Received on"), needed=True),
    Column("expires_on", Wording("有效期至", "Good until"), needed=True),
)
MOST_ROWS: Final = 500
NONE_WORDS: Final = frozenset({"无", "无特殊要求", "没有", "none", "no special demands"})
YES_NO: Final[Mapping[str, str]] = {"是": "yes", "yes": "yes", "y": "yes", "否": "no", "no": "no", "n": "no"}
UNITS: Final[Mapping[str, str]] = {
    **{word: unit for unit, names in words.UNIT_NAMES.items() for word in names},
    **{wording.zh: unit for unit, wording in words.UNITS.items()},
    **{wording.en: unit for unit, wording in words.UNITS.items()},
}
DEMANDS: Final[Mapping[str, HealthDemand]] = {
    name: demand for demand, wording in words.HEALTH.items() for name in (wording.zh, wording.en, demand.value)
}
NO_HOURS: Final = Wording(
    "请写成“周一至周五 08:00-17:00”，几个班次用分号隔开，最多三个；未说明的留空",
    "Write it as “Mon to Fri 08:00-17:00”, shifts apart by a semicolon, three at most; leave empty what was not said",
)
NO_DEMAND: Final = Wording(
    "请按说明页中的写法填写，几项用顿号隔开；没有要求写“无”，未说明的留空",
    "Use the words of the notes sheet, apart by commas; “none” for no demands; leave empty what was not said",
)
NO_PLACE: Final = Wording("本地没有这个地名，请按说明页中的写法填写", "No such place here: see the notes sheet")
UNKNOWN_EMPLOYER: Final = Wording(
    "本地没有登记这个代码的用工主体，请先登记", "No employer of this place has this code: register it first"
)
TWICE_LIVE: Final = Wording(
    "这个用工主体已有在招的同名岗位；确实是另一个岗位的，请在页面上登记",
    "This employer has a live vacancy of the same title; if it is another one, enter it on the page",
)


@dataclass(frozen=True)
class Found:
    """What the record is asked about a row."""

    employer: Callable[[str], str | None]  # of a code, in the reader's place
    live_titles: Callable[[str], frozenset[str]]  # of an employer, in their normal form
    places: Mapping[str, str]  # by id


@dataclass(frozen=True)
class ReadOffer:
    row: int
    offer: Vacancy


@dataclass
class Report:
    offers: list[ReadOffer] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def read_offers(sheet: Sheet, found: Found, station_id: str, today: date, ids: Callable[[int], str]) -> Report:
    """Every row, and every reason why one cannot be entered; all are entered, or none."""
    report, seen = Report(), dict[tuple[str, str], int]()
    for row in sheet.rows:
        offer = _read(row, found, station_id, today, ids(row.number))
        if offer is not None:
            key = (offer.employer_id, normal_name(offer.title))
            if (earlier := seen.setdefault(key, row.number)) != row.number:
                row.wrong("title", Wording(f"与第 {earlier} 行重复", f"The same as row {earlier}"))
            report.offers.append(ReadOffer(row.number, offer))
        report.errors += row.errors
    return report


def _read(row: Row, found: Found, station_id: str, today: date, vacancy_id: str) -> Vacancy | None:
    employer_id = _employer(row, found)
    title, trade = _line(row, "title", required=True), _line(row, "trade", required=True)
    if employer_id and title and normal_name(title) in found.live_titles(employer_id):
        row.wrong("title", TWICE_LIVE)
    wanted = row.whole("headcount", required=True)
    if wanted is not None and not 0 < wanted <= MOST_WANTED:
        row.wrong("headcount", HOW_MANY)
    least, most = row.fen("pay_min"), row.fen("pay_max")
    if least is not None and most is not None and most < least:
        row.wrong("pay_max", UPSIDE_DOWN)
    unit = row.listed("pay_unit", UNITS, required=True)
    hours_said = row.text("hours")
    hours = read_hours_text(hours_said) if hours_said else None
    if hours_said and hours is None:
        row.wrong("hours", NO_HOURS)
    health, place, address = _health(row), _place(row, found), _line(row, "address")
    older, hard = (row.listed(name, YES_NO) == "yes" for name in ("fits_older", "fits_hard"))
    received_on, expires_on = _days(row, today)
    if row.errors or not (employer_id and wanted and unit and received_on and expires_on):
        return None
    return Vacancy(
        id=vacancy_id,
        employer_id=employer_id,
        station_id=station_id,
        title=title,
        trade=trade,
        place_node_id=place,
        address=address or None,
        hours=hours,
        pay_min_fen=least,
        pay_max_fen=most,
        pay_unit=PayUnit(unit),
        health_demands=health,
        headcount=wanted,
        received_on=received_on,
        expires_on=expires_on,
        fits_older=older,
        fits_hard_to_place=hard,
    )


def _employer(row: Row, found: Found) -> str | None:
    typed = row.text("uscc", required=True)
    if not typed:
        return None
    try:
        code = parse_uscc(typed)
    except UsccRefused as refused:
        row.wrong("uscc", refused.refusals[0].wording)
        return None
    employer_id = found.employer(code)
    if employer_id is None:
        row.wrong("uscc", UNKNOWN_EMPLOYER)
    return employer_id


def _line(row: Row, name: str, *, required: bool = False) -> str:
    text = " ".join(row.text(name, required=required).split())
    if len(text) > LONGEST:
        row.wrong(name, TOO_LONG)
    return text


def _health(row: Row) -> frozenset[HealthDemand] | None:
    """None: the employer did not say; which is not the same as no demands."""
    typed = row.text("health")
    if not typed:
        return None
    if typed.casefold() in NONE_WORDS:
        return frozenset()
    # One demand's own name holds the separator, so it is set apart first.
    text, named = typed, set[HealthDemand]()
    for name in sorted(DEMANDS, key=len, reverse=True):
        if name in text:
            named.add(DEMANDS[name])
            text = text.replace(name, "")
    if text.strip("、,，;； "):
        row.wrong("health", NO_DEMAND)
    return frozenset(named)


def _place(row: Row, found: Found) -> str | None:
    """A place by its name, with or without those above it."""
    typed = " ".join(row.text("place").split())
    if not typed:
        return None
    whole = [node_id for node_id, name in found.places.items() if name == typed]
    short = [node_id for node_id, name in found.places.items() if name.split()[-1] == typed]
    if len(whole or short) != 1:
        row.wrong("place", NO_PLACE)
        return None
    return (whole or short)[0]


def _days(row: Row, today: date) -> tuple[date | None, date | None]:
    received_on, expires_on = row.day("received_on", required=True), row.day("expires_on", required=True)
    if received_on and received_on > today:
        row.wrong("received_on", IN_FUTURE)
    if expires_on and expires_on < today:
        row.wrong("expires_on", EXPIRED)
    return received_on, expires_on

"""Vacancies as a spreadsheet: the template to fill in, and the list as it is filtered."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from cases.constraints import HealthDemand
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.employer_register import codes_of
from store.offers import ListedOffer, offers_in, workplaces
from web.shown import instant
from web.spreadsheets import Value
from web.vacancies import words
from web.vacancies.listing import asked_filter
from web.vacancies.opened import EmployerName, employer_names
from web.vacancies.sheet import COLUMNS
from web.vacancies.shifts import hours_text
from web.visit import Visit
from web.workbooks import Leaf, spreadsheet

MOST_ROWS: Final = 5_000
_FEN: Final = 100
_NOTES: Final = (
    Wording("第一行是表头，请保留；一行一个岗位。", "Keep the headers of the first row; one vacancy a row."),
    Wording(
        "统一社会信用代码须已在本地登记；家庭用工主体的岗位请在页面上登记。",
        "The code's employer must be registered here; enter a household's vacancy on the page.",
    ),
    Wording(
        "金额以元为单位，最多两位小数；用工主体没有说明的留空。",
        "Amounts in yuan with at most two decimals; leave empty what the employer did not say.",
    ),
    Wording(
        "工作时间如：周一至周五 08:00-17:00；周六 09:00-12:00", "Hours as: Mon to Fri 08:00-17:00; Sat 09:00-12:00"
    ),
    Wording(
        "身体条件没有要求写“无”，没有说明留空。", "Health demands: “none” for none; leave empty what was not said."
    ),
)
_BEYOND: Final = (
    Wording("用工主体", "Employer"),
    Wording("状态", "State"),
    Wording("驿站", "Station"),
    Wording("编号", "Number"),
)


def template(visit: Visit) -> Response:
    """An empty sheet with its headers, and a sheet that says how to fill it in."""
    with visit.reading() as connection:
        places = workplaces(connection, visit.scope)
    language = visit.language
    listed: list[list[Value]] = [[note.within(language), ""] for note in _NOTES]
    for heading, names in (
        (COLUMNS_BY_NAME["pay_unit"], [each.within(language) for each in words.UNITS.values()]),
        (COLUMNS_BY_NAME["health"], [each.within(language) for each in words.HEALTH.values()]),
        (COLUMNS_BY_NAME["place"], list(places.values())),
    ):
        listed += [[heading.within(language), name] for name in names]
    leaves = [
        Leaf(_SHEET.within(language), [column.title.within(language) for column in COLUMNS], []),
        Leaf(_ABOUT.within(language), [_ITEM.within(language), _VALUE.within(language)], listed, (60, 40)),
    ]
    return spreadsheet("vacancies-template", leaves)


def export(visit: Visit) -> Response:
    """What the list shows, all pages of it; the export is written down before a byte leaves."""
    with visit.writing() as connection:
        offers = offers_in(connection, visit.scope, asked_filter(visit), visit.today, (MOST_ROWS, 0))
        names = employer_names(visit, connection, offers)
        codes = codes_of(connection, {offer.vacancy.employer_id for offer in offers})
        places = workplaces(connection, visit.scope)
        event = AuditEvent(
            "export-vacancies", visit.me.staff_id, visit.now, about_kind="vacancy", reason=str(len(offers))
        )
        record_audit(connection, visit.office.station.keyring, event)
    language = visit.language
    headers = [title.within(language) for title in (*(column.title for column in COLUMNS), *_BEYOND)]
    rows = [_row(visit, offer, names, codes, places) for offer in offers]
    about: list[list[Value]] = [
        [_BY.within(language), visit.me.name],
        [_AT.within(language), instant(visit.now, language)],
        [_HOW_MANY.within(language), len(offers)],
    ]
    leaves = [
        Leaf(_SHEET.within(language), headers, rows),
        Leaf(_ABOUT.within(language), [_ITEM.within(language), _VALUE.within(language)], about, (24, 40)),
    ]
    return spreadsheet("vacancies", leaves)


def _row(
    visit: Visit,
    offer: ListedOffer,
    names: Mapping[str, EmployerName],
    codes: Mapping[str, str],
    places: Mapping[str, str],
) -> list[Value]:
    v, language = offer.vacancy, visit.language
    return [
        codes.get(v.employer_id, ""),
        v.title,
        v.trade,
        v.headcount,
        _yuan(v.pay_min_fen),
        _yuan(v.pay_max_fen),
        words.UNITS[v.pay_unit].within(language),
        hours_text(v.hours) if v.hours else "",
        _health(v.health_demands, visit),
        places.get(v.place_node_id or "", ""),
        v.address or "",
        v.fits_older,
        v.fits_hard_to_place,
        v.received_on,
        v.expires_on,
        names[v.employer_id].name,
        words.STATES[offer.state].within(language),
        offer.station_name,
        v.id,
    ]


def _health(demands: frozenset[HealthDemand] | None, visit: Visit) -> str:
    return "" if demands is None else words.health_wording(demands).within(visit.language)


def _yuan(fen: int | None) -> str:
    """As text, so that no spreadsheet rounds it."""
    return "" if fen is None else f"{fen // _FEN}.{fen % _FEN:02d}"


COLUMNS_BY_NAME: Final[Mapping[str, Wording]] = {column.name: column.title for column in COLUMNS}
_SHEET: Final = Wording("岗位", "Vacancies")
_ABOUT: Final = Wording("说明", "Notes")
_ITEM: Final = Wording("项目", "Item")
_VALUE: Final = Wording("内容", "Content")
_BY: Final = Wording("导出人", "Exported by")
_AT: Final = Wording("时间", "Time")
_HOW_MANY: Final = Wording("行数", "Rows")

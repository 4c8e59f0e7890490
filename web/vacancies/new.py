"""Entering a vacancy: a new one, or one that takes the place of an offer that changed."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.constraints import HealthDemand, PayUnit
from cases.wording import Wording
from store.employer_register import EmployerFilter, employer_in, employers_in, in_scope
from store.offers import OfferFilter, offer_trades, offers_in, workplaces
from store.publications import withdraw
from store.scope import NotInScope
from store.search import normal_name
from store.tables.vacancies import Closing
from store.vacancies import ClosedAlready, Vacancy, close_vacancy, post_vacancy, same_offers, vacancy
from web.employers.naming import shown_employers
from web.forms import UNPROCESSABLE, Form, day_values
from web.keyed import keyed_id
from web.vacancies import words
from web.vacancies.opened import held_offer, own_offer, own_stations
from web.vacancies.page import note
from web.vacancies.shifts import SHIFTS, hours_values, read_hours
from web.visit import Visit

LONGEST: Final = 80
MOST_WANTED: Final = 9_999
_SUGGESTED: Final = 20
TOO_LONG: Final = Wording(f"最多 {LONGEST} 个字", f"At most {LONGEST} characters")
IN_FUTURE: Final = Wording("不能晚于今天", "It cannot lie after today")
EXPIRED: Final = Wording("有效期不能早于今天", "It cannot have expired before today")
UPSIDE_DOWN: Final = Wording("最高报酬不能低于最低报酬", "The most cannot be below the least")
HOW_MANY: Final = Wording(f"请填写 1 至 {MOST_WANTED}", f"Enter 1 to {MOST_WANTED}")
ENTERED_TWICE: Final = Wording(
    "同一用工主体已有在招的同名岗位。请先核对；确实是另一个岗位的，勾选后再保存",
    "This employer has a live vacancy of the same title. Look at it first; if this is another one, tick the box",
)


@dataclass(frozen=True)
class _Read:
    """What was filled in; `offer` is None while something is wrong with it."""

    form: Form
    offer: Vacancy | None


def new_page(visit: Visit) -> Response:
    form = Form.shown(visit)
    wanted, replaces = visit.asked("employer"), visit.asked("replaces")
    with visit.reading() as connection:
        if replaces and form.value("replaces") != replaces:
            form = Form(_values_of(own_offer(visit, connection, replaces).vacancy))
        elif wanted and form.value("employer") != wanted:
            today = day_values("received_on", visit.today)
            form = Form({"employer": (wanted,)} | {name: (value,) for name, value in today.items()})
        if not form.value("employer"):
            return _which_employer(visit, connection)
        return _form(visit, connection, form)


def enter(visit: Visit) -> Response:
    """A second sending of the same form finds the row of the first."""
    form = Form.sent(visit)
    vacancy_id = keyed_id(visit, form.key)
    with visit.writing() as connection:
        if vacancy(connection, vacancy_id) is None:
            read = _read(visit, connection, form, vacancy_id)
            if read.offer is not None:
                _enter(visit, connection, read)
    if form.errors:
        return _refused(visit, form)
    visit.forget()
    return visit.go(f"/vacancies/{vacancy_id}", said="vacancy-entered")


def _enter(visit: Visit, connection: Connection, read: _Read) -> None:
    """Writes, unless it finds that the offer was brought before: then the form says so."""
    offer, form = read.offer, read.form
    if offer is None:
        return
    alike = set(same_offers(connection, offer.employer_id, offer.title, visit.today)) - {offer.replaces_id}
    if alike and form.value("another") != "yes":
        form.wrong("another", ENTERED_TWICE)
        return
    if offer.replaces_id:
        replaced = held_offer(visit, connection, offer.replaces_id).vacancy
        if replaced.employer_id != offer.employer_id:
            raise NotInScope
        try:
            close_vacancy(connection, replaced.id, visit.today, Closing.CHANGED, visit.me.staff_id)
        except ClosedAlready as refused:
            form.refuse(refused.refusals)
            return
        withdraw(connection, replaced.id, visit.today)
        note(visit, connection, "close-vacancy", replaced.id, replaced.station_id)
    post_vacancy(connection, offer, visit.me.staff_id, visit.now)
    note(visit, connection, "post-vacancy", offer.id, offer.station_id)


def _read(visit: Visit, connection: Connection, form: Form, vacancy_id: str) -> _Read:
    employer_id = form.value("employer")
    if not in_scope(connection, visit.scope, employer_id):
        raise NotInScope
    station_id = form.one_of("station", own_stations(visit, connection))
    title, trade = _line(form, "title"), _line(form, "trade")
    place = form.one_of("place", workplaces(connection, visit.scope), required=False)
    address = _line(form, "address", required=False)
    hours = read_hours(form)
    least, most = form.fen("pay_min", required=False), form.fen("pay_max", required=False)
    if least is not None and most is not None and most < least:
        form.wrong("pay_max", UPSIDE_DOWN)
    unit = form.choice("pay_unit", PayUnit)
    health = _health(form)
    wanted = form.whole("headcount")
    if wanted is not None and not 0 < wanted <= MOST_WANTED:
        form.wrong("headcount", HOW_MANY)
    received_on, expires_on = form.day("received_on"), form.day("expires_on")
    if received_on and received_on > visit.today:
        form.wrong("received_on", IN_FUTURE)
    if expires_on and expires_on < visit.today:
        form.wrong("expires_on", EXPIRED)
    if form.errors or not (station_id and unit and wanted and received_on and expires_on):
        return _Read(form, None)
    return _Read(
        form,
        Vacancy(
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
            pay_unit=unit,
            health_demands=health,
            headcount=wanted,
            received_on=received_on,
            expires_on=expires_on,
            fits_older=form.value("fits_older") == "yes",
            fits_hard_to_place=form.value("fits_hard") == "yes",
            replaces_id=form.value("replaces") or None,
        ),
    )


def _line(form: Form, name: str, *, required: bool = True) -> str:
    text = " ".join(form.text(name, required=required).split())
    if len(text) > LONGEST:
        form.wrong(name, TOO_LONG)
    return text


def _health(form: Form) -> frozenset[HealthDemand] | None:
    """None: the employer did not say; which is not the same as no demands."""
    said = form.one_of("health_said", ("none", "some", "unknown"))
    if said != "some":
        return frozenset() if said == "none" else None
    chosen = form.chosen("health")
    if not chosen or not set(chosen) <= set(HealthDemand):
        form.wrong("health", Wording("请选择有哪些要求", "Choose which"))
        return None
    return frozenset(HealthDemand(each) for each in chosen)


def _values_of(old: Vacancy) -> dict[str, tuple[str, ...]]:
    """An offer as the form shows it, to be changed."""
    health = old.health_demands
    single = {
        "employer": old.employer_id,
        "replaces": old.id,
        "station": old.station_id,
        "title": old.title,
        "trade": old.trade,
        "place": old.place_node_id or "",
        "address": old.address or "",
        "pay_min": _yuan(old.pay_min_fen),
        "pay_max": _yuan(old.pay_max_fen),
        "pay_unit": old.pay_unit.value,
        "health_said": "unknown" if health is None else "some" if health else "none",
        "headcount": str(old.headcount),
        "fits_older": "yes" if old.fits_older else "",
        "fits_hard": "yes" if old.fits_hard_to_place else "",
        **day_values("expires_on", old.expires_on),
    }
    values = {name: (value,) for name, value in single.items()}
    return values | hours_values(old.hours) | {"health": tuple(sorted(health or ()))}


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


def _refused(visit: Visit, form: Form) -> Response:
    visit.keep()
    with visit.reading() as connection:
        return _form(visit, connection, form, status=UNPROCESSABLE)


def _form(visit: Visit, connection: Connection, form: Form, *, status: int = 200) -> Response:
    employer_id = form.value("employer")
    stations = own_stations(visit, connection)
    found = employer_in(connection, visit.scope, employer_id, visit.today)
    context = {
        "form": form,
        "employer": shown_employers(visit, connection, [found])[0],
        "stations": list(stations.items()),
        "places": list(workplaces(connection, visit.scope).items()),
        "trades": offer_trades(connection, visit.scope),
        "alike": _alike(visit, connection, form),
        "shifts": SHIFTS,
        "words": words,
        "units": words.spoken(words.UNITS, visit.language),
        "health": words.spoken(words.HEALTH, visit.language),
        "weekdays": [(str(day), name.within(visit.language)) for day, name in enumerate(words.WEEKDAYS, start=1)],
    }
    return visit.render("vacancies/new.html", context, status=status)


def _alike(visit: Visit, connection: Connection, form: Form) -> tuple[Vacancy, ...]:
    """The live offers that the form was told about, to look at."""
    if not form.error("another"):
        return ()
    offers = offers_in(
        connection,
        visit.scope,
        OfferFilter(live=True, employer_id=form.value("employer")),
        visit.today,
        (_SUGGESTED, 0),
    )
    title = normal_name(form.value("title"))
    return tuple(each.vacancy for each in offers if normal_name(each.vacancy.title) == title)


def _which_employer(visit: Visit, connection: Connection) -> Response:
    """First whose offer it is: found by part of the name or by the code."""
    sought = visit.asked("find").strip()
    found, total = employers_in(connection, visit.scope, EmployerFilter(words=sought), visit.today, (_SUGGESTED, 0))
    context = {"sought": sought, "found": shown_employers(visit, connection, found), "total": total}
    return visit.render("vacancies/which_employer.html", context)

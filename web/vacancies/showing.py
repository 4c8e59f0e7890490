"""Where a vacancy is shown, and the employer's word that it is still open."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.refusals import refusal
from cases.wording import Wording
from store.offers import ListedOffer
from store.publications import NotPublishable, confirm, confirmations, publications, publish, withdraw
from web.forms import UNPROCESSABLE, Form, day_values
from web.vacancies import words
from web.vacancies.opened import held_offer, own_offer
from web.vacancies.page import head, note
from web.visit import Visit

OTHER: Final = "other"
_LONGEST: Final = 40
TOO_LONG: Final = Wording(f"最多 {_LONGEST} 个字", f"At most {_LONGEST} characters")
IN_FUTURE: Final = Wording("确认日期不能晚于今天", "The day of the confirmation cannot lie after today")
BEFORE_RECEIPT: Final = Wording("确认日期不能早于收到岗位的日期", "It cannot lie before the vacancy was received")
NOT_LIVE: Final = refusal(
    "not-live", "岗位已关闭或过期，不再确认。", "It is closed or expired, and no longer confirmed."
)


def publish_page(visit: Visit) -> Response:
    form = Form.shown(visit)
    with visit.reading() as connection:
        return _publishing(visit, connection, own_offer(visit, connection), form)


def publish_or_withdraw(visit: Visit) -> Response:
    form = Form.sent(visit)
    with visit.writing() as connection:
        offer = held_offer(visit, connection)
        if taken_down := form.value("withdraw"):
            _take_down(visit, connection, offer, taken_down)
        elif channel := _channel(form):
            _show(visit, connection, offer, channel, form)
    if form.errors:
        visit.keep()
        with visit.reading() as connection:
            return _publishing(visit, connection, offer, form, status=UNPROCESSABLE)
    visit.forget()
    said = "vacancy-withdrawn" if form.value("withdraw") else "vacancy-published"
    return visit.go(f"/vacancies/{offer.vacancy.id}", said=said)


def confirm_page(visit: Visit) -> Response:
    form = Form.shown(visit, day_values("confirmed_on", visit.today))
    with visit.reading() as connection:
        return _confirming(visit, connection, own_offer(visit, connection), form)


def confirm_open(visit: Visit) -> Response:
    """A day is confirmed once, however often it is sent."""
    form = Form.sent(visit)
    with visit.writing() as connection:
        offer = held_offer(visit, connection)
        confirmed_on = form.day("confirmed_on")
        if confirmed_on and confirmed_on > visit.today:
            form.wrong("confirmed_on", IN_FUTURE)
        if confirmed_on and confirmed_on < offer.vacancy.received_on:
            form.wrong("confirmed_on", BEFORE_RECEIPT)
        if not offer.vacancy.live(visit.today):
            form.refuse((NOT_LIVE,))
        known = {each.confirmed_on for each in confirmations(connection, offer.vacancy.id)}
        if confirmed_on and not form.errors and confirmed_on not in known:
            confirm(connection, offer.vacancy.id, confirmed_on, visit.me.staff_id, visit.now)
            note(visit, connection, "confirm-vacancy", offer.vacancy.id, offer.vacancy.station_id)
    if form.errors:
        visit.keep()
        with visit.reading() as connection:
            return _confirming(visit, connection, offer, form, status=UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/vacancies/{offer.vacancy.id}", said="vacancy-confirmed")


def _channel(form: Form) -> str:
    chosen = form.one_of("channel", (*words.CHANNELS, OTHER)) or ""
    if chosen != OTHER:
        return chosen
    written = form.text("other", required=True)
    if len(written) > _LONGEST:
        form.wrong("other", TOO_LONG)
        return ""
    return written


def _show(visit: Visit, connection: Connection, offer: ListedOffer, channel: str, form: Form) -> None:
    of_channel = [each for each in publications(connection, offer.vacancy.id) if each.channel == channel]
    if any(each.withdrawn_on is None for each in of_channel):
        return  # it is shown there: a second sending changes nothing
    if any(each.published_on == visit.today for each in of_channel):
        form.wrong(
            "channel",
            Wording(
                "今天已在这个渠道发布并撤下，明天起可以再发布",
                "It was shown there and withdrawn today: it can be shown there again from tomorrow",
            ),
        )
        return
    try:
        publish(connection, offer.vacancy.id, channel, visit.today, visit.me.staff_id, visit.now)
    except NotPublishable as refused:
        form.refuse(refused.refusals)
        return
    note(visit, connection, "publish-vacancy", offer.vacancy.id, offer.vacancy.station_id)


def _take_down(visit: Visit, connection: Connection, offer: ListedOffer, channel: str) -> None:
    """Once: what is shown there no more stays so."""
    shown = publications(connection, offer.vacancy.id)
    if any(each.channel == channel and each.withdrawn_on is None for each in shown):
        withdraw(connection, offer.vacancy.id, visit.today, channel)
        note(visit, connection, "withdraw-vacancy", offer.vacancy.id, offer.vacancy.station_id)


def _publishing(visit: Visit, connection: Connection, offer: ListedOffer, form: Form, *, status: int = 200) -> Response:
    shown = [each for each in publications(connection, offer.vacancy.id) if each.withdrawn_on is None]
    names = words.CHANNELS if visit.language == "zh" else words.CHANNELS_EN
    channels = list(zip(words.CHANNELS, names, strict=True))
    context = {**head(visit, connection, offer), "form": form, "shown": shown, "channels": channels, "other": OTHER}
    return visit.render("vacancies/publish.html", context, status=status)


def _confirming(visit: Visit, connection: Connection, offer: ListedOffer, form: Form, *, status: int = 200) -> Response:
    return visit.render("vacancies/confirm.html", {**head(visit, connection, offer), "form": form}, status=status)

"""Leave cover (代班): who stands in for whom, from which day to which."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.case_reading import staff_names
from store.colleagues import caseworkers
from store.cover import Cover, add_cover, cover, covers_of, withdraw_cover
from store.scope import NotInScope
from web.forms import UNPROCESSABLE, Form, day_values
from web.keyed import keyed_id
from web.roles import CASE_WORK, LEADING
from web.serving import Page
from web.visit import Visit

SELF: Final = Wording("代班人不能是本人", "Nobody stands in for themselves")
ENDS_BEFORE: Final = Wording("结束日不能早于开始日", "It cannot end before it begins")
OVER: Final = Wording("结束日不能早于今天", "It cannot end before today")


def cover_page(visit: Visit) -> Response:
    form = Form.shown(visit, {"staff": visit.me.staff_id, **day_values("from", visit.today)})
    return _shown(visit, form)


def add(visit: Visit) -> Response:
    form = Form.sent(visit)
    with visit.reading() as connection:
        own = dict(_absent(visit, connection))
        known = dict(caseworkers(connection, visit.scope, visit.today))
    absent = form.one_of("staff", own)
    deputy = form.one_of("deputy", known)
    from_on, until_on = form.day("from"), form.day("until")
    if absent and absent == deputy:
        form.wrong("deputy", SELF)
    if from_on and until_on and until_on < from_on:
        form.wrong("until", ENDS_BEFORE)
    elif until_on and until_on < visit.today:
        form.wrong("until", OVER)
    if form.errors or not (absent and deputy and from_on and until_on):
        return _shown(visit, form, status=UNPROCESSABLE)
    new = Cover(keyed_id(visit, form.key), absent, deputy, from_on, until_on, visit.me.staff_id)
    with visit.writing() as connection:
        if cover(connection, new.id) is None:  # sent twice, it is one
            add_cover(connection, new, visit.now)
            _written(visit, connection, "leave-cover", new)
    return visit.go("/cover", said="saved")


def withdraw(visit: Visit) -> Response:
    """By whoever is away, stands in, wrote it down, or leads them. Raises NotInScope."""
    with visit.writing() as connection:
        found = cover(connection, visit.field("cover"))
        if found is None or not _concerns(visit, connection, found):
            raise NotInScope
        if withdraw_cover(connection, found.id, visit.now):
            _written(visit, connection, "leave-cover-withdrawn", found)
    return visit.go("/cover", said="saved")


def _concerns(visit: Visit, connection: Connection, found: Cover) -> bool:
    mine = visit.me.staff_id in (found.staff_id, found.deputy_id, found.recorded_by)
    return mine or found.staff_id in dict(_absent(visit, connection))


def _absent(visit: Visit, connection: Connection) -> list[tuple[str, str]]:
    """For whom the reader may arrange cover: themselves; leading, those they lead."""
    own = [(visit.me.staff_id, visit.me.name)]
    if not visit.roles & LEADING.roles:
        return own
    led = caseworkers(connection, visit.scope.holding(LEADING.roles), visit.today)
    return list(dict([*own, *led]).items())


def _written(visit: Visit, connection: Connection, kind: str, found: Cover) -> None:
    event = AuditEvent(kind, visit.me.staff_id, visit.now, about_kind="staff", about_id=found.staff_id)
    record_audit(connection, visit.office.station.keyring, event)


def _shown(visit: Visit, form: Form, *, status: int = 200) -> Response:
    with visit.reading() as connection:
        absent = _absent(visit, connection)
        covers = covers_of(connection, [who for who, _ in absent], visit.today)
        names = staff_names(connection, {who for each in covers for who in (each.staff_id, each.deputy_id)})
        deputies = caseworkers(connection, visit.scope, visit.today)
    context = {
        "form": form,
        "covers": covers,
        "names": names,
        "absent": absent,
        "deputies": [each for each in deputies if len(absent) > 1 or each[0] != visit.me.staff_id],
    }
    return visit.render("queue/cover.html", context, status=status)


ROUTES: Final = [
    Page("/cover", cover_page, CASE_WORK),
    Page("/cover", add, CASE_WORK, methods=("POST",)),
    Page("/cover/withdraw", withdraw, CASE_WORK, methods=("POST",)),
]

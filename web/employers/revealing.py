"""Showing what is masked of an employer: for a reason, which is written down before the value leaves."""

from starlette.responses import Response

from store.audit import AuditEvent, record_audit
from store.scope import NotInScope
from web.employers.opened import LABELS, Sealed, acting_station, masked, seen_employer, value_of
from web.forms import UNPROCESSABLE, Form
from web.reasons import REASONS, reason_given
from web.revealing import SHOWN_S
from web.visit import Visit


def reveal_page(visit: Visit) -> Response:
    return _asking(visit, Form())


def reveal(visit: Visit) -> Response:
    """The value and the event that says who looked are of one transaction: neither is without the other."""
    form, why, note = reason_given(visit)
    if form.errors or why is None:
        return _asking(visit, form, UNPROCESSABLE)
    sealed = _sealed(visit)
    with visit.writing() as connection:
        seen = seen_employer(visit, connection)
        value = value_of(seen.contact, sealed) if seen.contact else None
        if value is None:
            raise NotInScope
        event = AuditEvent(
            kind=f"reveal-employer-{sealed}",
            actor=visit.me.staff_id,
            at=visit.now,
            about_kind="employer",
            about_id=seen.id,
            station_id=acting_station(visit, connection),
            reason=why,
            note=note,
        )
        record_audit(connection, visit.office.station.keyring, event)
    context = {"who": seen.shown, "label": LABELS[sealed], "value": value, "shown_s": SHOWN_S}
    return visit.render("employers/revealed.html", context)


def _asking(visit: Visit, form: Form, status: int = 200) -> Response:
    sealed = _sealed(visit)
    with visit.reading() as connection:
        seen = seen_employer(visit, connection)
    value = value_of(seen.contact, sealed) if seen.contact else None
    if value is None:
        raise NotInScope
    context = {
        "who": seen.shown,
        "label": LABELS[sealed],
        "masked": masked(sealed, value),
        "form": form,
        "reasons": [{"value": why.value, "text": words.within(visit.language)} for why, words in REASONS.items()],
    }
    return visit.render("employers/reveal.html", context, status=status)


def _sealed(visit: Visit) -> Sealed:
    named = visit.part("field")
    if named not in tuple(Sealed):
        raise NotInScope
    return Sealed(named)

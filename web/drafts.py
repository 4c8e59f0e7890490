"""Keeping what is half filled in (暂存), while it is being filled in: the pages' script sends it here by itself."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match

from cases.wording import Wording
from store.drafts import NewDraft, draft, keep_draft
from store.steps import finished_step, step_key
from web.forms import KEY
from web.roles import SIGNED_IN
from web.serving import Page
from web.shown import clock_time
from web.visit import Visit, typed

FORM: Final = "form"  # the address of the form that the fields are of
LONGEST: Final = 300
NOTHING: Final = 204
NO_SUCH_FORM: Final = 422
# An act that was sent is no longer a draft to write over.
_SENT: Final = "/sent/"


def keep(visit: Visit) -> Response:
    """Answers with the sentence that the form shows under its buttons."""
    address = visit.field(FORM)
    if not _is_form(visit, address):
        return Response(status_code=NO_SUCH_FORM)
    kept = {name: values for name, values in typed(visit.fields).items() if name != FORM}
    if not any(value.strip() for values in kept.values() for value in values):
        return Response(status_code=NOTHING)
    with visit.writing() as connection:
        if _went_out(connection, visit, address):
            return Response(status_code=NOTHING)
        keep_draft(connection, visit.office.station.keyring, NewDraft(visit.me.owner, address, kept), visit.now)
    at = clock_time(visit.now)
    said = Wording(f"草稿 {at} 自动存过一次", f"Kept as a draft at {at}")
    return PlainTextResponse(said.within(visit.language))


def _went_out(connection: Connection, visit: Visit, address: str) -> bool:
    """Whether this very form was sent meanwhile: what its script still had on the way is nothing to come back to."""
    _, root, case_id, *_ = [*address.split("/"), "", ""]
    key = visit.field(KEY)
    if root not in ("cases", "subsidies") or not key:
        return False
    if finished_step(connection, step_key(case_id, "act", key)):
        return True
    return draft(connection, visit.office.station.keyring, visit.me.owner, f"/{root}/{case_id}{_SENT}{key}") is not None


def _is_form(visit: Visit, address: str) -> bool:
    """One of our own forms, by its plain address."""
    if len(address) > LONGEST or _SENT in address or not address.startswith("/"):
        return False
    sent_to = {**visit.request.scope, "method": "POST", "path": address, "root_path": ""}
    pages = (route for route in visit.request.app.routes if isinstance(route, Page))
    return any(page.matches(sent_to)[0] is Match.FULL for page in pages)


ROUTES: Final = [Page("/drafts", keep, SIGNED_IN, methods=("POST",))]

"""The account to which a subsidy is paid: the applicant's own, sealed, and shown by its last figures."""

from typing import Final

from starlette.responses import Response

from activities.payees import BY, Payees
from cases.payees import mask_account, parse_account
from cases.refusals import Refused
from store.payees import account_of
from store.person_keys import KeyDestroyed
from web.case.layout import draw, shared
from web.case.opened_any import note_look
from web.forms import UNPROCESSABLE, Form
from web.roles import Access
from web.serving import Page
from web.subsidies.head import OVERVIEW
from web.subsidies.opened import OpenSubsidy, open_subsidy
from web.visit import Visit

ACCOUNTS: Final = Access(BY)
_PATH: Final = "/subsidies/{subsidy_id}/account"
_AT: Final = {"account-number": "number", "account-bank": "bank", "account-holder": "holder"}


def account_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_subsidy(connection, visit)
    note_look(opened)
    return _page(opened, Form())


def record(visit: Visit) -> Response:
    form = Form.sent(visit)
    typed = [form.text(name, required=True) for name in ("holder", "bank", "number")]
    with visit.reading() as connection:
        opened = open_subsidy(connection, visit)
    if not form.errors:
        try:
            Payees(visit.office.station).record(opened.case.id, parse_account(*typed), visit.me.staff_id, visit.now)
            return visit.go(opened.ways.on(opened.path), said="saved")
        except Refused as refused:
            for reason in refused.refusals:
                form.wrong(_AT.get(reason.code, ""), reason.wording)
    return _page(opened, form, status=UNPROCESSABLE)


def masked_account(opened: OpenSubsidy) -> str:
    """By its last figures; empty while none is recorded."""
    with opened.visit.reading() as connection:
        try:
            account = account_of(connection, opened.station.keyring, opened.case.applicant_id)
        except KeyDestroyed:
            return ""
    return mask_account(account.number) if account else ""


def _page(opened: OpenSubsidy, form: Form, *, status: int = 200) -> Response:
    # An account is never typed back into a page: it is copied again from the card.
    shown = shared(opened, OVERVIEW) | {"form": form, "account": masked_account(opened), "action": opened.visit.path}
    return draw(opened, "subsidies/account.html", shown, status=status)


ROUTES: Final = [Page(_PATH, account_page, ACCOUNTS), Page(_PATH, record, ACCOUNTS, methods=("POST",))]

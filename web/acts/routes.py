"""The addresses of the forms of acts."""

from typing import Final

from web.acts.confirming import confirm, confirm_page
from web.acts.doing import check_address, check_page, form_page, save
from web.acts.sent import give_up, sent_page
from web.roles import CASE_WORK
from web.serving import Page

_FORM: Final = "/cases/{case_id}/do/{act}"
_SENT: Final = "/cases/{case_id}/sent/{key}"

ROUTES: Final = [
    Page(_FORM, form_page, CASE_WORK),
    Page(_FORM, save, CASE_WORK, methods=("POST",)),
    Page(f"{_FORM}/check", check_address, CASE_WORK),
    Page(f"{_FORM}/check", check_page, CASE_WORK, methods=("POST",)),
    Page(f"{_FORM}/confirm", confirm_page, CASE_WORK),
    Page(f"{_FORM}/confirm", confirm, CASE_WORK, methods=("POST",)),
    Page(_SENT, sent_page, CASE_WORK),
    Page(_SENT, give_up, CASE_WORK, methods=("POST",)),
]
"""Each handler opens the case through the reader's scope; what was sent is found under the reader's own name only."""

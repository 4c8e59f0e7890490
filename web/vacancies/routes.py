"""Which addresses are the vacancies', and whom each is for."""

from typing import Final

from web.roles import CASE_READING, GUIDES
from web.serving import Page
from web.vacancies.checking import check, check_page
from web.vacancies.closing import close, close_page
from web.vacancies.exporting import export, template
from web.vacancies.importing import import_page, read_in
from web.vacancies.listing import list_page
from web.vacancies.new import enter, new_page
from web.vacancies.page import vacancy_page
from web.vacancies.showing import confirm_open, confirm_page, publish_or_withdraw, publish_page

_POST: Final = ("POST",)
_ONE: Final = "/vacancies/{vacancy_id}"

ROUTES: Final = [
    Page("/vacancies", list_page, CASE_READING),
    Page("/vacancies/new", new_page, GUIDES),
    Page("/vacancies/new", enter, GUIDES, methods=_POST),
    Page("/vacancies/import", import_page, GUIDES),
    Page("/vacancies/import", read_in, GUIDES, methods=_POST),
    Page("/vacancies/import/template", template, GUIDES),
    Page("/vacancies/export", export, CASE_READING),
    Page(_ONE, vacancy_page, CASE_READING),
    Page(f"{_ONE}/check", check_page, GUIDES),
    Page(f"{_ONE}/check", check, GUIDES, methods=_POST),
    Page(f"{_ONE}/publish", publish_page, GUIDES),
    Page(f"{_ONE}/publish", publish_or_withdraw, GUIDES, methods=_POST),
    Page(f"{_ONE}/confirm", confirm_page, GUIDES),
    Page(f"{_ONE}/confirm", confirm_open, GUIDES, methods=_POST),
    Page(f"{_ONE}/close", close_page, GUIDES),
    Page(f"{_ONE}/close", close, GUIDES, methods=_POST),
]

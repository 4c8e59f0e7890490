"""Which addresses are the employers', and whom each is for."""

from typing import Final

from web.employers.editing import edit, edit_page
from web.employers.listing import list_page
from web.employers.new import new_page, register
from web.employers.page import employer_page
from web.employers.revealing import reveal, reveal_page
from web.employers.verifying import verify, verify_page
from web.roles import CASE_READING, GUIDES
from web.serving import Page

_POST: Final = ("POST",)
_ONE: Final = "/employers/{employer_id}"

ROUTES: Final = [
    Page("/employers", list_page, CASE_READING),
    Page("/employers/new", new_page, GUIDES),
    Page("/employers/new", register, GUIDES, methods=_POST),
    Page(_ONE, employer_page, CASE_READING),
    Page(f"{_ONE}/verify", verify_page, GUIDES),
    Page(f"{_ONE}/verify", verify, GUIDES, methods=_POST),
    Page(f"{_ONE}/edit", edit_page, GUIDES),
    Page(f"{_ONE}/edit", edit, GUIDES, methods=_POST),
    Page(f"{_ONE}/reveal/{{field}}", reveal_page, CASE_READING),
    Page(f"{_ONE}/reveal/{{field}}", reveal, CASE_READING, methods=_POST),
]

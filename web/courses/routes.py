"""Which addresses are the courses', and whom each is for."""

from typing import Final

from web.courses.editing import edit, edit_page, enter, new_page
from web.courses.pages import course_page, list_page
from web.roles import CASE_READING, GUIDES
from web.serving import Page

_POST: Final = ("POST",)

ROUTES: Final = [
    Page("/courses", list_page, CASE_READING),
    Page("/courses/new", new_page, GUIDES),
    Page("/courses/new", enter, GUIDES, methods=_POST),
    Page("/courses/{course_id}", course_page, CASE_READING),
    Page("/courses/{course_id}/edit", edit_page, GUIDES),
    Page("/courses/{course_id}/edit", edit, GUIDES, methods=_POST),
]

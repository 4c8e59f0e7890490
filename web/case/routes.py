"""The addresses of a case's pages."""

from typing import Final

from web.case.overview import overview
from web.roles import CASE_READING
from web.serving import Page

ROUTES: Final = [
    Page("/cases/{case_id}", overview, CASE_READING),
]

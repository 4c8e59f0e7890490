"""The addresses of workers' pages; those with a fixed name stand before those with an id."""

from typing import Final

from web import finding
from web.people import file_pages, page

ROUTES: Final = [*finding.ROUTES, *page.ROUTES, *file_pages.ROUTES]

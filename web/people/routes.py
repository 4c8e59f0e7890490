"""The addresses of workers' pages; those with a fixed name stand before those with an id."""

from typing import Final

from web import finding
from web.people import edit, exporting, file_pages, importing, listing, page, register

ROUTES: Final = [
    *finding.ROUTES,
    *register.ROUTES,
    *listing.ROUTES,
    *exporting.ROUTES,
    *importing.ROUTES,
    *page.ROUTES,
    *edit.ROUTES,
    *file_pages.ROUTES,
]

"""A page with every part of the pages in every state, for those who build pages and for the tests."""

from datetime import date
from typing import Final

from starlette.responses import Response

from web.roles import PUBLIC
from web.serving import Page
from web.visit import Visit


def parts(visit: Visit) -> Response:
    return visit.render("parts_gallery.html", {"today": date(2026, 11, 23), "yesterday": date(2026, 11, 22)})


ROUTES: Final = [Page("/parts", parts, PUBLIC)]

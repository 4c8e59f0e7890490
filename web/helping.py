"""The page that says how the pages are used, their shortcuts, and what they do for everyone's access."""

from typing import Final

from starlette.responses import Response

from web.roles import PUBLIC
from web.serving import Page
from web.visit import Visit


def help_page(visit: Visit) -> Response:
    return visit.render("help.html")


ROUTES: Final = [Page("/help", help_page, PUBLIC)]

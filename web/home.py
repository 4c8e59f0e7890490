"""Where a reader lands: their own work, by role."""

from typing import Final

from starlette.responses import Response

from web.navigation import navigation
from web.roles import PUBLIC
from web.serving import Page
from web.visit import Visit


def home(visit: Visit) -> Response:
    places = navigation(visit)
    return visit.go(places[0].path if places else "/sign-in")


ROUTES: Final = [Page("/", home, PUBLIC)]

"""Where a reader lands: their own work, by role."""

from typing import Final

from starlette.responses import Response

from web.navigation import navigation
from web.roles import PUBLIC
from web.serving import Page
from web.visit import Visit


def home(visit: Visit) -> Response:
    if visit.reader is None:
        return visit.go("/sign-in")
    if visit.reader.account is None:
        return visit.go("/w/case")
    places = navigation(visit)
    # Who has no place of their own, such as a policy officer, still has an account to look after.
    return visit.go(places[0].path if places else "/sessions")


ROUTES: Final = [Page("/", home, PUBLIC)]

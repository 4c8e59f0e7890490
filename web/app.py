"""The web application: its routes, its headers, and what they need."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from activities.bootstrap import open_station
from store.settings import Settings, load_settings
from web import (
    cases_list,
    cover,
    drafts,
    gallery,
    helping,
    home,
    look,
    own_sessions,
    password,
    revealing,
    signing_in,
    status,
    training,
)
from web.acts import routes as acts
from web.assets import Assets, asset
from web.audit import again
from web.audit import log as audit_log
from web.audit import pages as audit
from web.case import routes as case
from web.courses import routes as courses
from web.employers import routes as employers
from web.failures import Failures
from web.headers import SecurityHeaders
from web.health import HealthCheck
from web.limits import BodyLimit, KnownHosts
from web.office import Office
from web.overview import pages as overview
from web.pages import Pages
from web.people import routes as people
from web.phone import entering as phone_entering
from web.phone import linking as phone_linking
from web.phone import own as phone_own
from web.phone import subsidies as phone_subsidies
from web.policies import routes as policies
from web.queue import exporting, reassigning
from web.queue import pages as queue
from web.running import health as running_health
from web.running import new_station as running_new
from web.running import staff as running_staff
from web.running import stations as running_stations
from web.serving import not_done, tell
from web.settling import settling
from web.subsidies import routes as subsidies
from web.vacancies import routes as vacancies

# One line per noun; each module says who its pages are for.
ROUTES: Final[list[BaseRoute]] = [
    *status.ROUTES,
    *home.ROUTES,
    *signing_in.ROUTES,
    *password.ROUTES,
    *own_sessions.ROUTES,
    *revealing.ROUTES,
    *look.ROUTES,
    *gallery.ROUTES,
    *helping.ROUTES,
    *audit.ROUTES,
    *audit_log.ROUTES,
    *again.ROUTES,
    *case.ROUTES,
    *acts.ROUTES,
    *drafts.ROUTES,
    *overview.ROUTES,
    *running_health.ROUTES,
    *phone_linking.ROUTES,
    *phone_entering.ROUTES,
    *phone_own.ROUTES,
    *phone_subsidies.ROUTES,
    *phone_entering.LAST_ROUTES,
    *training.ROUTES,
    *running_new.ROUTES,
    *running_stations.ROUTES,
    *running_staff.ROUTES,
    *people.ROUTES,
    *vacancies.ROUTES,
    *employers.ROUTES,
    *courses.ROUTES,
    *policies.ROUTES,
    *queue.ROUTES,
    *reassigning.ROUTES,
    *exporting.ROUTES,
    *cases_list.ROUTES,
    *subsidies.ROUTES,
    *cover.ROUTES,
]


def app_from_environment() -> Starlette:
    return create_app(load_settings())


def create_app(settings: Settings, office: Office | None = None) -> Starlette:
    """`office`: what a test already has open; otherwise the application opens its own."""
    health = HealthCheck(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with ExitStack() as stack:
            app.state.office = office or Office(settings, stack.enter_context(open_station(settings)))
            stack.callback(app.state.office.rule_engine.close)
            async with settling(app.state.office):
                yield
        health.close()

    app = Starlette(
        routes=[*ROUTES, Mount("/static", Assets(), name="static")],
        middleware=[
            Middleware(SecurityHeaders, https=settings.https),
            Middleware(Failures),
            Middleware(KnownHosts, hosts=settings.hosts),
            Middleware(BodyLimit),
        ],
        exception_handlers={HTTPException: _http_error},
        lifespan=lifespan,
    )
    app.state.pages = Pages(asset)
    app.state.health = health
    return app


async def _http_error(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 500
    response = await tell(request, not_done(status_code))
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response

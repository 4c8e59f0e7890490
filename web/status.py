"""The status page: is the station well, which version is it, how many cases are open at which stage."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cases.hardship.stages import STAGE_LABELS
from web.health import Health, HealthCheck
from web.roles import PUBLIC
from web.serving import Page
from web.visit import Visit

NOT_WELL: Final = 503


async def status_page(visit: Visit) -> Response:
    health = await _look(visit.request)
    context = {"health": health, "stages": STAGE_LABELS}
    return visit.render("status.html", context, status=200 if health.well else NOT_WELL)


async def healthz(request: Request) -> Response:
    """For the program that watches over the station."""
    health = await _look(request)
    return JSONResponse(
        {
            "well": health.well,
            "release": health.release,
            "database": {"kind": health.database, "well": health.open_cases is not None},
            "workflows": {"well": health.workflows},
            "open_cases": health.open_cases,
        },
        status_code=200 if health.well else NOT_WELL,
    )


async def _look(request: Request) -> Health:
    check: HealthCheck = request.app.state.health
    return await check.look()


ROUTES: Final = [Page("/status", status_page, PUBLIC), Route("/healthz", healthz)]

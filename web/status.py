"""The status page: is the station well, which version is it, how many cases are open at which stage."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from cases.hardship.stages import STAGE_LABELS
from web.health import Health, HealthCheck

NOT_WELL: Final = 503


async def status_page(request: Request) -> Response:
    health = await _look(request)
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(
        request,
        "status.html",
        {"health": health, "stages": STAGE_LABELS},
        status_code=200 if health.well else NOT_WELL,
    )


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


ROUTES: Final = [Route("/", status_page), Route("/healthz", healthz)]

"""The web application: its routes, its headers, and what they need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from store.settings import Settings, load_settings
from web import status
from web.headers import SecurityHeaders
from web.health import HealthCheck

_ROOT: Final = Path(__file__).parents[1]
PAGES: Final = _ROOT / "templates" / "pages"
STATIC: Final = _ROOT / "web" / "static"


def app_from_environment() -> Starlette:
    return create_app(load_settings())


def create_app(settings: Settings) -> Starlette:
    health = HealthCheck(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        health.close()

    app = Starlette(
        routes=[*status.ROUTES, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[Middleware(SecurityHeaders)],
        lifespan=lifespan,
    )
    app.state.templates = _templates()
    app.state.health = health
    return app


def _templates() -> Jinja2Templates:
    """A name a page misspells is an error, never an empty place; text is always escaped."""
    return Jinja2Templates(env=Environment(loader=FileSystemLoader(PAGES), undefined=StrictUndefined, autoescape=True))

"""Whether the station can work right now: its database, its workflow server, and the cases it has open."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from temporalio.client import Client
from temporalio.service import RPCError

from activities.connection import ServerNotReached, connect
from store.cases import open_cases_by_stage
from store.engine import make_engine, read
from store.settings import Settings

log = structlog.get_logger(__name__)

ANSWERS_WITHIN_S = 3


@dataclass(frozen=True)
class Health:
    """`open_cases` is None when the database cannot say."""

    open_cases: Mapping[Any, int] | None
    database: str
    workflows: bool
    release: str = version("yizhan")

    @property
    def well(self) -> bool:
        return self.open_cases is not None and self.workflows


class HealthCheck:
    """Keeps its connections, so that a check costs the station next to nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine: Engine = make_engine(settings.database_url, pool_size=2)
        self._client: Client | None = None

    async def look(self) -> Health:
        open_cases, workflows = await asyncio.gather(run_in_threadpool(self._open_cases), self._workflows())
        return Health(open_cases, self._engine.dialect.name, workflows)

    def close(self) -> None:
        self._engine.dispose()

    def _open_cases(self) -> Mapping[Any, int] | None:
        try:
            with read(self._engine) as connection:
                return open_cases_by_stage(connection)
        except SQLAlchemyError as failure:
            log.warning("the database does not answer", kind=type(failure).__name__)
            return None

    async def _workflows(self) -> bool:
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                self._client = self._client or await connect(self._settings)
                return await self._client.service_client.check_health()
        except (RPCError, ServerNotReached, TimeoutError) as failure:
            log.warning("the workflow server does not answer", kind=type(failure).__name__)
            return False

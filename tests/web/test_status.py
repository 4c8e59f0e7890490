from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from activities.embedded_server import embedded_server, free_port
from cases.hardship.stages import Stage
from cli.migrate import migrate
from store.settings import Settings
from tests.web.counter import Counter
from web.app import create_app
from web.headers import HEADERS
from web.health import Health


class _Check:
    def __init__(self, open_cases: Mapping[Any, int] | None, workflows: bool) -> None:
        self._health = Health(open_cases, "sqlite", workflows)

    async def look(self) -> Health:
        return self._health


def _client(counter: Counter, open_cases: Mapping[Any, int] | None, workflows: bool = True) -> TestClient:
    counter.app.state.health = _Check(open_cases, workflows)
    return counter.browser().client


def test_open_cases_are_shown_by_stage_in_both_languages(counter: Counter) -> None:
    client = _client(counter, {Stage.HELP: 12, Stage.FOLLOW_UP: 3})
    for language, words in (("zh", ("帮扶", "跟踪回访")), ("en", ("Help", "Follow-up"))):
        client.cookies.set("yizhan-language", language)
        page = client.get("/status")
        assert page.status_code == 200
        for word in (*words, "<td>12</td>", "<td>3</td>"):
            assert word in page.text


@pytest.mark.parametrize(
    ("open_cases", "workflows"),
    [pytest.param(None, True, id="no database"), pytest.param({}, False, id="no workflow server")],
)
def test_a_station_that_is_not_well_says_so(
    counter: Counter, open_cases: Mapping[Any, int] | None, workflows: bool
) -> None:
    client = _client(counter, open_cases, workflows)
    page, told = client.get("/status"), client.get("/healthz")
    assert (page.status_code, told.status_code) == (503, 503)
    assert "不可用" in page.text
    assert told.json()["well"] is False


@pytest.mark.parametrize("path", ["/status", "/healthz", "/static/yizhan.css", "/no-such-page"])
def test_every_answer_has_every_security_header(counter: Counter, path: str) -> None:
    answer = _client(counter, {}).get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path, temporal_port=free_port())
    migrate(settings)
    return settings


@pytest.mark.server
async def test_the_real_database_and_the_real_server_are_well(settings: Settings) -> None:
    async with embedded_server(None, settings.temporal_port):
        health = await create_app(settings).state.health.look()
    assert health.well
    assert health.open_cases == {}


async def test_a_server_that_is_not_there_is_not_well(settings: Settings) -> None:
    assert not (await create_app(settings).state.health.look()).well


async def test_a_database_without_tables_is_not_well(tmp_path: Path) -> None:
    health = await create_app(Settings(data=tmp_path, temporal_port=free_port())).state.health.look()
    assert health.open_cases is None

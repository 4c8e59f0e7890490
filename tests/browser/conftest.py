"""The pages before a real browser: the whole station, started once for the tests that work at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Running, running_station
from tests.browser.windows import Window, a_window
from tests.demo_record import demo_file
from tests.web.chromium import chromium

__all__ = ["demo_file"]

Opens: TypeAlias = Callable[..., Window]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_station(tmp_path_factory.mktemp("running") / "data") as started:
        yield started


@pytest.fixture
def opens(browser: Browser, running: Running) -> Iterator[Opens]:
    """Opens a window; at the end of the test none of them has complained."""
    with ExitStack() as stack:
        yield lambda *given, **how: stack.enter_context(a_window(browser, running.address, *given, **how))

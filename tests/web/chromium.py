"""Debian's Chromium before a served application: what a page shows, asks for and complains of."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from starlette.applications import Starlette

CHROMIUM = Path("/usr/bin/chromium")
FONTS = Path(__file__).parent / "fonts.conf"
PATIENCE_S = 10.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Playwright keeps an event loop of its own running, so it is stopped before any test of another kind."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        fonts: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=fonts)
        yield browser
        browser.close()


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The address at which the application answers, on a port of its own."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        waited_until = time.monotonic() + PATIENCE_S
        while not server.started:
            if time.monotonic() > waited_until:
                raise TimeoutError("The application does not start.")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE_S)


@dataclass
class Watched:
    """A page in the browser, with everything it asked for and complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def by(cls, context: BrowserContext, address: str) -> "Watched":
        watched = cls(context.new_page(), address)
        watched.page.on("request", lambda request: watched.asked.append(_url(request)))
        watched.page.on("console", lambda said: watched.complaints.append(f"{said.type}: {said.text}"))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        return watched

    def open(self, path: str) -> "Watched":
        self.page.goto(self.address + path, wait_until="networkidle")
        return self

    @property
    def asked_elsewhere(self) -> list[str]:
        return [url for url in self.asked if not url.startswith(self.address)]

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider

    def violations(self) -> list[str]:
        """What axe finds: the rule, and where it is broken."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]


def _url(request: Request) -> str:
    return str(request.url)

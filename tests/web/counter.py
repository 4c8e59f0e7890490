"""A counter to test the pages at: a station with its people, and a browser in which any of them is signed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cases.days import day_of
from store.accounts import account, add_account
from store.engine import write
from tests.demo_record import PASSWORD
from web.office import Office

ADDRESS = "http://testserver"


@dataclass
class Hands:
    """The clock of the counter, moved by hand."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    @property
    def today(self) -> date:
        """The station's day, which from four in the afternoon on is not that of UTC."""
        return day_of(self.at)

    def move(self, by: timedelta) -> None:
        self.at += by


def csrf_of(page: str) -> str:
    """The token in a page's first form."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, "the page has no form with a token"
    return found[1]


class Browser:
    """One person's browser: it follows redirects, and sends a form with its token, as people do."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, *, follow_redirects: bool = True) -> Response:
        return self.client.get(path, follow_redirects=follow_redirects)

    def send(
        self,
        path: str,
        fields: Mapping[str, str | list[str]] | None = None,
        *,
        form_at: str | None = None,
        follow_redirects: bool = True,
        files: Mapping[str, Any] | None = None,
    ) -> Response:
        """Post a form, with the token of the page that shows it (the same address, unless it says otherwise)."""
        token = csrf_of(self.client.get(form_at or path).text)
        data = {"csrf": token, **(fields or {})}
        return self.client.post(path, data=data, files=files, follow_redirects=follow_redirects)

    def sign_in(self, login: str, password: str = PASSWORD) -> "Browser":
        answer = self.send("/sign-in", {"login": login, "password": password}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return self


@dataclass
class Counter:
    office: Office
    hands: Hands
    app: Starlette

    def browser(self) -> Browser:
        """A new browser with no cookies."""
        return Browser(TestClient(self.app, base_url=ADDRESS, raise_server_exceptions=False))

    def signed_in(self, staff_id: str) -> Browser:
        """A browser in which a member of staff of the examples has signed in."""
        with write(self.office.station.engine) as connection:
            if account(connection, staff_id) is None:
                add_account(connection, staff_id, staff_id, PASSWORD, self.hands())
        return self.browser().sign_in(staff_id)

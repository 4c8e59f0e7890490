"""Every answer carries the same headers: pages, errors, files, and what went wrong."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import Route

from tests.web.counter import Browser, Counter
from tests.web.security.asking import Answer, ask
from tests.web.security.world import Well, World
from web.app import ROUTES, create_app
from web.headers import HEADERS
from web.limits import MAX_BODY_BYTES

SECRET = "13800001234 of somebody"


def bears_all(answer: Answer) -> bool:
    return all(answer.headers.get(name.lower()) == value for name, value in HEADERS.items())


def test_every_route_in_every_way_of_asking_answers_with_every_header(world: World, loop_once: asyncio.Runner) -> None:
    people = [each for each in world.people if each.name in ("visitor", "caseworker-own", "administrator-grandparent")]

    async def crawl() -> list[str]:
        bare = []
        for route in ROUTES:
            assert isinstance(route, Route)
            path = route.path
            for name, value in world.samples.items():
                path = path.replace(f"{{{name}}}", value)
            for someone in people:
                for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
                    answer = await ask(world.app, method, path, cookie=someone.cookie, body=(b"", "text/plain"))
                    if not bears_all(answer):
                        bare.append(f"{method} {path} as {someone.name}: {answer.status}")
                    if "cache-control" not in answer.headers:
                        bare.append(f"{method} {path} may be kept")
        return bare

    assert loop_once.run(crawl()) == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no-such-page", 404),
        ("GET", "/static/no-such-file.css", 404),
        ("GET", "/static/..%2f..%2fpyproject.toml", 404),
        ("POST", "/status", 405),
        ("GET", "/sign-out", 405),
        ("GET", "/healthz", 200),
        ("GET", "/sign-in", 200),
        ("GET", "/%00", 404),
        ("GET", "/sign-in?next=%00", 404),
    ],
)
def test_errors_and_files_carry_them_too(counter: Counter, method: str, path: str, status: int) -> None:
    counter.app.state.health = Well()
    answer = counter.browser().client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_way_of_asking_that_a_page_does_not_know_names_those_it_does(counter: Counter) -> None:
    assert "GET" in counter.browser().client.post("/status").headers["allow"]


@pytest.fixture
def failing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr("web.own_sessions.sessions_of", _fails_with)
    return counter.signed_in("caseworker-1")


def _fails_with(*_: object) -> None:
    raise ValueError(SECRET)


def test_a_page_that_fails_says_so_without_a_trace_and_with_every_header(
    failing: Browser,
) -> None:
    answer = failing.get("/sessions")
    assert answer.status_code == 500
    assert "系统出错" in answer.text
    for told in (SECRET, "Traceback", "ValueError", "own_sessions"):
        assert told not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_page_that_fails_while_the_database_is_away_still_says_so(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = counter.signed_in("caseworker-1")
    monkeypatch.setattr("web.serving.session", _fails_with)
    answer = browser.get("/sessions")
    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert "Something went wrong" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_pages_are_not_kept_by_the_browser_and_built_files_are(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    page = browser.get("/sessions")
    assert page.headers["cache-control"] == "no-store"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "max-age" in browser.get(style).headers["cache-control"]


def test_over_https_browsers_stay_on_it_and_the_cookies_never_leave_it(counter: Counter) -> None:
    settings = counter.office.settings.model_copy(update={"https": True})
    office = replace(counter.office, settings=settings)
    app = create_app(settings, office)
    app.state.office = office
    safe = replace(counter, office=office, app=app).browser()
    safe.client.base_url = "https://testserver"
    answer = safe.get("/sign-in")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-yizhan-visitor=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_what_is_too_large_is_refused_before_it_is_read(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.client.post("/sessions", content=b"x" * (MAX_BODY_BYTES + 1), headers=kind)
    assert answer.status_code == 413
    assert "12 MB" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_what_does_not_say_how_large_it_is_is_counted_as_it_comes(counter: Counter) -> None:
    browser = counter.signed_in("caseworker-1")
    chunk = b"a=" + b"x" * (1 << 19) + b"&"
    answer = browser.client.post(
        "/sessions",
        content=(chunk for _ in range(MAX_BODY_BYTES // len(chunk) + 2)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nnonsense"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(1_001))),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * (1 << 21)),
    ],
)
def test_a_form_that_cannot_be_read_is_the_senders_mistake(counter: Counter, kind: str, content: bytes) -> None:
    browser = counter.signed_in("caseworker-1")
    answer = browser.client.post("/sessions", content=content, headers={"content-type": kind})
    assert answer.status_code in (400, 403)


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    templates = Path(__file__).parents[3] / "templates" / "pages"
    for page in templates.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for inline in (" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", "|safe", "| safe"):
            assert inline not in text, f"{page.name}: {inline}"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("yizhan.example", 200),
        ("YIZHAN.example:8443", 200),
        ("10.0.0.5", 200),
        ("evil.example", 400),
        ("yizhan.example.evil.example", 400),
        ("[", 400),
        ("", 400),
    ],
)
def test_only_the_stations_own_names_are_answered_once_they_are_said(counter: Counter, host: str, status: int) -> None:
    settings = counter.office.settings.model_copy(update={"hosts": "yizhan.example, 10.0.0.5"})
    app = create_app(settings, counter.office)
    app.state.office = counter.office
    answer = replace(counter, app=app).browser().client.get("/sign-in", headers={"host": host})
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS

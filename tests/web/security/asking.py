"""A browser without a network: it asks the application itself, on one event loop, thousands of times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.types import Message

HOST = "yizhan.test"
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


def form(fields: Fields) -> tuple[bytes, str]:
    return urlencode(fields, doseq=True, errors="surrogatepass").encode(), "application/x-www-form-urlencoded"


async def ask(
    app: Starlette,
    method: str,
    path: str,
    *,
    query: str = "",
    cookie: str = "",
    body: tuple[bytes, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """`path` as it reads once decoded; `body` with its type."""
    content, kind = body or (b"", "")
    given = {"host": HOST, "cookie": cookie, **(headers or {})}
    if body is not None:
        given |= {"content-type": kind, "content-length": str(len(content))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": quote(path, errors="replace").encode(),
        "query_string": query.encode("ascii", "replace"),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in given.items() if value],
        "server": (HOST, 80),
        "client": ("192.0.2.1", 50_000),
    }
    begun: dict[str, object] = {}
    parts: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    raw = [(name.decode().lower(), value.decode("latin-1")) for name, value in begun["headers"]]  # type: ignore[attr-defined]
    cookies = tuple(value for name, value in raw if name == "set-cookie")
    return Answer(int(str(begun["status"])), dict(raw), b"".join(parts), cookies)

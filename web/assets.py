"""The built files of the pages: their addresses carry a hash of them all, so a browser keeps each one for good."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

STATIC: Final = Path(__file__).parent / "static"
MANIFEST: Final = STATIC / "manifest.json"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
NOT_FOR_GOOD: Final = "no-cache"


def hashes() -> Mapping[str, str]:
    """Each built file's SHA-256, as `make assets` wrote it down."""
    read: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return MappingProxyType(read)


HASHES: Final = hashes()
# One for all of them, because a script names its neighbours by plain relative addresses.
VERSION: Final = sha256(MANIFEST.read_bytes()).hexdigest()[:16]


def asset(name: str) -> str:
    """The address of a built file. Raises KeyError for one that is not in the manifest."""
    if name not in HASHES:
        raise KeyError(f"{name} is not among the built files of web/static: `make assets` writes the manifest.")
    return f"/static/{VERSION}/{name}"


class Assets(StaticFiles):
    """Serves /static/<version>/<name>. A page that was open before a new release finds them by their old address."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)

    def get_path(self, scope: Scope) -> str:
        _, _, name = super().get_path(scope).partition("/")
        return name

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        version = super().get_path(scope).partition("/")[0]
        response.headers["Cache-Control"] = FOR_GOOD if version == VERSION else NOT_FOR_GOOD
        return response

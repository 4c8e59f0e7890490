"""The built files of the pages: what is served was built, nothing loads from elsewhere, and nothing goes stale."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from web.assets import FOR_GOOD, HASHES, STATIC, VERSION, Assets, asset

ROOT = Path(__file__).parents[2]
TEXTS = [name for name in HASHES if name.endswith((".css", ".js", ".svg"))]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", Assets())]))


def built_files() -> set[str]:
    found = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    return found - {"manifest.json"}


def test_the_manifest_names_every_built_file_with_its_hash() -> None:
    assert built_files() == set(HASHES)
    for name, digest in HASHES.items():
        assert sha256((STATIC / name).read_bytes()).hexdigest() == digest, f"{name} changed: make assets"


@pytest.mark.parametrize("name", TEXTS)
def test_a_built_file_loads_nothing_from_elsewhere(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    loads = re.findall(
        r"(?:url\(|@import|\bimport\b[^;]{0,400}?\bfrom\b|src=|href=)\s*[\"']?((?:https?:)?//[^\"')\s]+)", text
    )
    assert not loads


def test_neither_font_nor_crest_of_another_government_ships() -> None:
    text = (STATIC / "yizhan.css").read_text(encoding="utf-8").casefold()
    assert "transport" not in text
    assert "crest" not in text


def test_every_address_a_style_sheet_names_is_a_built_file() -> None:
    named = re.findall(r"url\(\"?([^\")]+)\"?\)", (STATIC / "yizhan.css").read_text(encoding="utf-8"))
    assert {name for name in named if not name.startswith("#")} <= set(HASHES)
    assert any(name.startswith("fonts/rare-") for name in named)


def test_an_asset_is_kept_for_good_under_the_address_of_its_version(client: TestClient) -> None:
    answer = client.get(asset("yizhan.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == FOR_GOOD
    assert answer.headers["content-type"].startswith("text/css")


def test_a_page_from_before_a_release_still_finds_its_files_but_does_not_keep_them(client: TestClient) -> None:
    answer = client.get("/static/0123456789abcdef/vendor/htmx.min.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["", "nothing.css", "../app.py", "..%2fapp.py", "vendor", "%2e%2e/%2e%2e/app.py"])
def test_only_built_files_are_served(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{VERSION}/{path}").status_code == 404


def test_a_name_that_is_not_built_is_an_error_and_not_a_broken_link() -> None:
    with pytest.raises(KeyError, match="make assets"):
        asset("yizhan.cs")


def test_our_own_script_stays_small() -> None:
    assert len((STATIC / "yizhan.js").read_text(encoding="utf-8").splitlines()) <= 200


def test_the_lock_of_the_build_names_versions_and_hashes_but_no_host() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "resolved" not in text
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())

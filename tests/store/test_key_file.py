import json
import threading
from base64 import b64encode
from pathlib import Path

import pytest

from store.key_file import add_key, key_ring, open_key_ring, open_or_create_key_ring
from store.keys import KeysUnusable
from store.search import Sought, search_token
from store.settings import Settings


def a_file(path: Path, content: object, mode: int = 0o600) -> Path:
    path.write_text(json.dumps(content))
    path.chmod(mode)
    return path


def a_secret(byte: int, length: int = 32) -> str:
    return b64encode(bytes([byte] * length)).decode()


def test_a_first_use_makes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys" / "master.key"
    made = open_or_create_key_ring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert open_or_create_key_ring(path).search_key == made.search_key
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_of_many_that_start_at_once_all_hold_the_same_key(tmp_path: Path) -> None:
    path, found = tmp_path / "master.key", []
    threads = [threading.Thread(target=lambda: found.append(open_or_create_key_ring(path).ids)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_new_key_encrypts_and_the_old_ones_still_decrypt(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    before = open_or_create_key_ring(path)
    added = add_key(path)
    after = open_key_ring(path)
    assert after.newest_id == added != before.newest_id
    assert after.payload_key(before.newest_id) == before.payload_key()
    assert path.stat().st_mode & 0o777 == 0o600
    token = search_token(after, Sought.NAME, "x")
    assert token == search_token(before, Sought.NAME, "x")


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    ring = open_or_create_key_ring(tmp_path / "master.key")
    secrets = {ring.wrapping_key().secret, ring.payload_key().secret, ring.search_key.secret}
    assert len(secrets) == 3


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_read_is_refused(tmp_path: Path, mode: int) -> None:
    content = {"keys": [{"id": "a", "secret": a_secret(1)}], "search": "a"}
    with pytest.raises(KeysUnusable, match="chmod 600"):
        open_key_ring(a_file(tmp_path / "own.key", content, mode))
    assert open_key_ring(a_file(tmp_path / "own.key", content)).ids == ("a",)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"keys": [], "search": "a"}, id="no keys"),
        pytest.param({"keys": [{"id": "a", "secret": a_secret(7)}], "search": "b"}, id="no search key"),
        pytest.param({"keys": [{"id": "a", "secret": a_secret(7)}] * 2, "search": "a"}, id="one id twice"),
        pytest.param({"keys": [{"id": "a", "secret": a_secret(7, 16)}], "search": "a"}, id="a short key"),
        pytest.param({"keys": [{"id": "a", "secret": "BwcH*"}], "search": "a"}, id="no base64"),
        pytest.param({"keys": [{"id": "a", "secret": a_secret(7)}]}, id="search not named"),
        pytest.param({"keys": [{"id": "a", "secret": a_secret(7), "x": 1}], "search": "a"}, id="something more"),
        pytest.param([a_secret(7)], id="another form"),
    ],
)
def test_what_is_no_key_file_is_refused_and_not_repeated(tmp_path: Path, content: object) -> None:
    with pytest.raises(KeysUnusable) as refused:
        open_key_ring(a_file(tmp_path / "own.key", content))
    assert "BwcH" not in f"{refused.value} {refused.value.__cause__}"


def test_a_file_that_somebody_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(KeysUnusable, match="YIZHAN_KEYS"):
        key_ring(Settings(data=tmp_path, keys=tmp_path / "own.key"))
    assert key_ring(Settings(data=tmp_path)).ids
    assert (tmp_path / "keys" / "master.key").exists()

"""The hunt for plain text finds what it is set on, however it is spelled and whatever stands around it."""

import base64
from pathlib import Path

import pytest

from tests.faults.canaries import NAME, everything, spellings
from tests.faults.hunt import files, found

QUARRY = everything(1)


@pytest.mark.parametrize("name", sorted(QUARRY))
@pytest.mark.parametrize("spelling", range(len(tuple(spellings("珍珠")))))
def test_every_spelling_is_found(name: str, spelling: int) -> None:
    lying = {"place": b"before " + tuple(spellings(QUARRY[name]))[spelling] + b" after"}
    assert ("place", name) in found(lying, QUARRY)


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_base64_is_found_wherever_the_text_begins_in_it(before: str) -> None:
    encoded = base64.b64encode(f"{before}{NAME}and more".encode())
    assert found({"place": encoded}, QUARRY) == {("place", "name")}


def test_a_file_is_named_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "worker.log").write_text(f'{{"event": "{NAME}"}}', encoding="utf-8")
    assert found(files(tmp_path), QUARRY) == {("logs/worker.log", "name")}


def test_what_is_sealed_is_not_found() -> None:
    assert found({"place": bytes(range(256)) * 100}, QUARRY) == set()

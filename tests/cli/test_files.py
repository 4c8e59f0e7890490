"""`yizhan files sweep`: what no row names is said first, and removed on a second word."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cases.refusals import Refused
from cli.main import build_app
from cli.migrate import migrate
from store.files import FileRef, FileStore
from store.settings import Settings


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    settings = Settings(data=tmp_path)
    migrate(settings)
    return FileStore(settings.papers)


def orphan(files: FileStore, folder: Path) -> FileRef:
    ref = files.put(b"named nowhere")
    (path,) = folder.rglob(ref.sha256)
    os.utime(path, (0, 0))
    return ref


def sweep(*arguments: str) -> Result:
    result = CliRunner().invoke(build_app(["files"]), ["files", "sweep", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_without_the_second_word_nothing_is_removed(files: FileStore, tmp_path: Path) -> None:
    ref = orphan(files, tmp_path)
    said = sweep("--language", "en")
    assert said.exit_code == 0
    assert ref.sha256 in said.output
    assert "Nothing was removed" in said.output
    assert files.digests() == {ref.sha256}


def test_a_folder_that_is_of_another_record_is_left_alone(files: FileStore, tmp_path: Path) -> None:
    orphan(files, tmp_path)
    with pytest.raises(Refused, match="another-record"):
        sweep("--remove")
    assert files.digests()


def test_where_all_is_in_order_it_says_so_as_json(files: FileStore) -> None:
    assert files.digests() == frozenset()
    said = sweep("--remove", "--json")
    assert said.exit_code == 0
    assert '"removed": true' in said.output

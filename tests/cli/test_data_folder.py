import os
from pathlib import Path

import pytest

from cases.refusals import Refused
from cli.data_folder import locked_data_folder


def test_one_station_at_a_time(tmp_path: Path) -> None:
    with (
        locked_data_folder(tmp_path),
        pytest.raises(Refused, match=f"already running .process {os.getpid()}."),
        locked_data_folder(tmp_path),
    ):
        pass


def test_the_next_one_may_follow(tmp_path: Path) -> None:
    for _ in range(2):
        with locked_data_folder(tmp_path):
            pass


def test_a_folder_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with locked_data_folder(tmp_path / "new" / "data"):
        assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("theirs", "newer"), [("0.0.9", False), ("0.1.0", False), ("0.1.1", True), ("0.10.0", True)])
def test_a_folder_of_a_newer_version_is_left_alone(tmp_path: Path, theirs: str, newer: bool) -> None:
    (tmp_path / "version").write_text(theirs)
    if newer:
        with pytest.raises(Refused, match=f"written by version {theirs}"), locked_data_folder(tmp_path):
            pass
        assert (tmp_path / "version").read_text() == theirs
    else:
        with locked_data_folder(tmp_path):
            assert (tmp_path / "version").read_text() == "0.1.0\n"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(Refused, match="cannot be written"), locked_data_folder(tmp_path / "data"):
        pass

"""A file that cannot be read or written is told in the reader's language, not the system's."""

from pathlib import Path

import pytest

from cases.refusals import Refused
from cli.papers import leave
from cli.yaml_input import read_fields


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_fields(tmp_path / "missing.yaml")
    [reason] = refused.value.refusals
    assert reason.wording.zh.endswith("missing.yaml：没有这个文件或文件夹。")
    assert reason.wording.en.endswith("missing.yaml: there is no such file or folder.")


def test_a_paper_that_cannot_be_left_where_it_was_wanted(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        leave(tmp_path, b"%PDF")
    [reason] = refused.value.refusals
    assert reason.wording.zh == f"不能写入 {tmp_path}：这是一个文件夹。"
    (tmp_path / "file").touch()
    with pytest.raises(Refused):
        leave(tmp_path / "file" / "paper.pdf", b"%PDF")

"""Why a reader's file cannot be read or written, in words."""

import errno
from pathlib import Path
from typing import Final

from cases.refusals import Refusal, refusal
from cases.wording import Wording

MEANINGS: Final = {
    errno.ENOENT: Wording("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: Wording("没有权限", "permission is denied"),
    errno.EPERM: Wording("没有权限", "permission is denied"),
    errno.EISDIR: Wording("这是一个文件夹", "it is a folder"),
    errno.ENOTDIR: Wording("路径中有一段不是文件夹", "a part of its path is no folder"),
    errno.ENOSPC: Wording("磁盘已满", "the disk is full"),
    errno.EEXIST: Wording("已有这个文件", "there is such a file already"),
    errno.EROFS: Wording("磁盘只能读取", "the disk is read-only"),
}


def unreadable(path: Path, error: OSError) -> Refusal:
    why = _why(error)
    return refusal("no-file", f"读不到文件 {path}：{why.zh}。", f"Cannot read {path}: {why.en}.")


def unwritable(path: Path, error: OSError) -> Refusal:
    why = _why(error)
    return refusal("not-written", f"不能写入 {path}：{why.zh}。", f"Cannot write {path}: {why.en}.")


def _why(error: OSError) -> Wording:
    said = error.strerror or type(error).__name__
    return MEANINGS.get(error.errno or 0, Wording(said, said))

"""`yizhan audit verifier`: the file that checks a packet anywhere, written out for an auditor to take along."""

from pathlib import Path
from typing import Annotated

import typer

from activities.verifier import VERIFIER
from cases.refusals import Refused, refusal
from cli.commands import told
from cli.policy_book import Lang
from cli.policy_words import said
from store.settings import load_settings

HELP = told(
    "写出离线核验器：一个文件，只需 Python，不联网，不用本系统任何代码。",
    "Write out the verifier: one file that needs nothing but Python, no network and none of this system's code.",
)


def write_verifier(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="写到这个文件 · the file to write")],
    *,
    language: Lang = None,
) -> None:
    write_new(path, VERIFIER.read_bytes())
    zh, en = f"已写出 {path}：python3 -I -S {path} PACKET", f"Written: {path}. Use it: python3 -I -S {path} PACKET"
    typer.echo(said(language or load_settings().language, zh, en))


def refuse_to_write_over(path: Path) -> None:
    """What an auditor took along earlier stays as it was."""
    if path.exists():
        zh = f"{path} 已存在，没有改动它：请另取名字。"
        en = f"{path} is there already and was left alone: choose another name."
        raise Refused((refusal("file-exists", zh, en),))


def write_new(path: Path, content: bytes) -> None:
    refuse_to_write_over(path)
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        zh, en = f"无法写入 {path}：{error.strerror}。", f"{path} cannot be written: {error.strerror}."
        raise Refused((refusal("cannot-write", zh, en),)) from None

"""`yizhan audit packet`: one file of one case, for an auditor to take along and check anywhere."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from activities.packets import Export
from cases.refusals import Refused, refusal
from cli.audit_verifier import refuse_to_write_over, write_new
from cli.auditor import auditors_scope
from cli.commands import told
from cli.policy_book import AsStaff, Lang, Why
from cli.policy_words import said
from cli.record import opened
from store.engine import read
from store.settings import load_settings

HELP = told(
    "导出一个个案的审计包：政策、事实、逐条理由、决定与日志证明，一个文件，可离线核验；导出留有记录。",
    "Export one case as a packet: policies, facts, every reason, decisions, proofs of the log; to be checked offline.",
)


def packet(
    case: Annotated[str, typer.Argument(metavar="CASE", help="个案号 · the case")],
    *,
    out: Annotated[Path, typer.Option("--out", help="写到这个文件 · the file to write")],
    staff: AsStaff,
    why: Why,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            "--checkpoint", help="您保存的检查点，审计包将证明日志由它增长而来 · one you keep, to be grown from"
        ),
    ] = None,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    refuse_to_write_over(out)
    notes = tuple(_text(path) for path in checkpoint or ())
    with opened(settings) as station:
        with read(station.engine) as connection:
            scope = auditors_scope(connection, staff, now)
        content = station.packets.packet(Export(case, staff, why, notes), scope, now)
    write_new(out, content)
    zh = f"已写出 {out}（{len(content)} 字节）。核验器：yizhan audit verifier verify.py"
    en = f"Written: {out} ({len(content)} bytes). What checks it: yizhan audit verifier verify.py"
    typer.echo(said(language or settings.language, zh, en))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused((refusal("cannot-read", f"无法读取 {path}。", f"{path} cannot be read."),)) from None

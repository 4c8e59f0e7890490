"""`yizhan audit log`: the decision log written out and checked, its signed head, and the keys that signed it."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import typer

from activities.log_checking import Checked, Progress, check_live
from cases.checkpoints import Checkpoint, NotACheckpoint, PublicKey, public_key
from cases.checkpoints import opened as opened_note
from cases.log_check import LogCheck
from cases.refusals import Refused, refusal
from cases.wording import Language
from cli.auditor import auditors_scope
from cli.commands import told
from cli.exit import FAILED
from cli.record import opened
from store.audit import AuditEvent, record_audit
from store.auditing import whole_tree
from store.engine import read, write
from store.log_export import export_lines
from store.log_reading import newest_checkpoint
from store.log_signing import known_keys, log_origin, signers, verifies
from store.settings import load_settings

app = typer.Typer(rich_markup_mode=None)

HELP = told(
    "决定日志：导出、核验、签名检查点与公钥。",
    "The decision log: write it out, check it, its signed head, the keys that signed it.",
)
SHOWN: Final = 20  # of the findings: a log that was changed early differs everywhere after
EXPORTED: Final = "export-log"

Keys = Annotated[
    list[Path] | None,
    typer.Option("--key", exists=True, dir_okay=False, help="另行取得的公钥文件 · a file of public keys had elsewhere"),
]
Kept = Annotated[
    list[Path] | None,
    typer.Option(
        "--checkpoint", exists=True, dir_okay=False, help="您以前保存的检查点文件 · a checkpoint you kept from before"
    ),
]


@app.command(
    "export",
    **told(
        "把整个决定日志写入文件，供他处核验；其中没有个人信息。",
        "Write the whole decision log to a file, to be checked elsewhere; nothing personal is in it.",
    ),
)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写入的文件 · the file to write", dir_okay=False)],
    staff: Annotated[str, typer.Option("--as", help="全国范围的审计人员 · an auditor of the whole tree")],
) -> None:
    now = datetime.now(UTC)
    with opened(load_settings()) as station:
        with write(station.engine) as connection:
            if not whole_tree(auditors_scope(connection, staff, now)):
                raise _refused(
                    "not-the-whole-tree", f"{staff}不审计全部驿站。", f"{staff} does not audit every station."
                )
            record_audit(connection, station.keyring, AuditEvent(EXPORTED, staff, now, "log", log_origin(connection)))
        with read(station.engine) as connection, _written_whole(file) as stream, _progress() as progress:
            newest = newest_checkpoint(connection)
            size, count = newest.size if newest else 0, 0
            for written in export_lines(connection, signers(station.keyring, log_origin(connection)), now):
                stream.write(written.line)
                count = written.leaves
                progress(count, size)
    typer.echo(f"{file}: {count} 条 · leaves")


@app.command(
    "check",
    **told(
        "核验决定日志：每一条、每一块、每一个签名的检查点。不给文件则核验数据库；有不符则退出码为1。",
        "Check the decision log: every leaf, tile and signed head. Without a file the database is checked; exit 1 if "
        "anything is wrong.",
    ),
)
def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="导出的文件 · an export", exists=True, dir_okay=False)
    ] = None,
    key: Keys = None,
    checkpoint: Kept = None,
    language: Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")] = None,
) -> None:
    settings = load_settings()
    trusted = {each.id: each for path in key or () for each in _public_keys(path)}
    if file:
        kept = _kept(checkpoint, trusted)
        checked = _check_file(file, trusted, kept)
    else:
        with opened(settings) as station, _progress() as progress:
            with read(station.engine) as connection:
                known = trusted or dict(known_keys(connection))
            kept = _kept(checkpoint, known)
            checked = check_live(station.engine, station.keyring, trusted=trusted, kept=kept, progress=progress)
    _tell(checked, language or settings.language, own_keys=bool(file) and not trusted)
    if checked.findings:
        raise typer.Exit(FAILED)


@app.command(
    "checkpoint", **told("打印最新的签名检查点，供保存或登报。", "Print the newest signed checkpoint, to be kept.")
)
def newest() -> None:
    with opened(load_settings()) as station, read(station.engine) as connection:
        found = newest_checkpoint(connection)
    if found is None:
        raise _refused("nothing-signed", "日志还没有检查点。", "The log has no checkpoint yet.")
    typer.echo(found.note, nl=False)


@app.command("keys", **told("打印签过检查点的全部公钥。", "Print every public key that has signed a checkpoint."))
def keys() -> None:
    with opened(load_settings()) as station, read(station.engine) as connection:
        for each in known_keys(connection).values():
            typer.echo(each.spelled)


def _check_file(file: Path, trusted: dict[str, PublicKey], kept: Sequence[Checkpoint]) -> Checked:
    checking = LogCheck(verifies, trusted, kept)
    with file.open("rb") as stream, _progress() as progress:
        for line in stream:
            checking.feed(line)
            progress(checking.count, checking.size)
    found = checking.done()
    return Checked(checking.count, checking.checkpoints, tuple(found))


def _public_keys(path: Path) -> Iterator[PublicKey]:
    try:
        yield from (public_key(line) for line in path.read_text(encoding="utf-8").split())
    except (NotACheckpoint, UnicodeDecodeError) as error:
        raise _refused("not-a-key", f"{path}不是公钥文件。", f"{path} is no file of public keys: {error}") from None


def _kept(paths: list[Path] | None, keys: dict[str, PublicKey]) -> list[Checkpoint]:
    """Those of the auditor: of a file that is checked by its own keys only their text is taken."""
    found = []
    for path in paths or ():
        try:
            note = path.read_text(encoding="utf-8")
            found.append(opened_note(note, keys, verifies))
        except (NotACheckpoint, UnicodeDecodeError) as error:
            zh = f"{path}不是已知密钥签过的检查点；核验文件时请用 --key 给出公钥。"
            en = f"{path} is no checkpoint that a known key signed ({error}); with a file, give the key by --key."
            raise _refused("not-a-checkpoint", zh, en) from None
    return found


def _tell(checked: Checked, language: Language, *, own_keys: bool) -> None:
    zh, en = (
        f"核验{checked.leaves}条，{checked.checkpoints}个检查点",
        (f"{checked.leaves} leaves, {checked.checkpoints} checkpoints checked"),
    )
    typer.echo(zh if language is Language.ZH else en)
    for each in checked.findings[:SHOWN]:
        typer.echo(f"{each.line or '—'}: {each.wording.within(language)}")
    if len(checked.findings) > SHOWN:
        typer.echo(f"… {len(checked.findings) - SHOWN}")
    if not checked.findings:
        typer.echo("全部相符" if language is Language.ZH else "all of it holds")
    if own_keys:
        zh = "用的是文件自带的公钥：它只证明文件自相一致；请用 --key 给出另行取得的公钥。"
        en = "By the file's own keys, which show only that it agrees with itself: give one had elsewhere by --key."
        typer.echo(zh if language is Language.ZH else en)


@contextmanager
def _written_whole(file: Path) -> Iterator[BinaryIO]:
    """The file appears under its name once all of it is written."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """On a terminal, how far it is; elsewhere nothing."""
    shown = [-1]

    def tell(done: int, of: int) -> None:
        percent = done * 100 // of if of else 100
        if sys.stderr.isatty() and percent != shown[0]:
            shown[0] = percent
            typer.echo(f"\r{percent} %", nl=False, err=True)

    yield tell
    if shown[0] >= 0:
        typer.echo("\r", nl=False, err=True)


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused((refusal(code, zh, en),))

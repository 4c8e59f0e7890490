"""`yizhan person`: erase a person, or write down what asks for a file to be kept. By a manager of their station."""

from datetime import UTC, date, datetime
from typing import Annotated, Final

import typer

from activities.erasing import Erasing
from activities.simulation_opening import remove_snapshot
from cases.erasing import ErasureBasis, HoldKind
from cases.refusals import Refused, refusal
from cli.commands import told
from cli.record import opened
from store.settings import load_settings

app = typer.Typer(rich_markup_mode=None)

WorkerId = Annotated[str, typer.Argument(metavar="WORKER", help="零工编号 · the worker's id")]
By = Annotated[str, typer.Option("--as", help="办理人：驿站负责人的人员编号 · who acts: a manager of their station")]
_NOTHING: Final = "没有须保留的理由 · nothing asks for the file to be kept"


@app.command(
    "erase",
    **told(
        "删除一人的个人信息：销毁其密钥与盐，不可恢复；决定日志留下记录，证明仍然有效。依法须保留的，说明全部理由，不作改动。",
        "Erase a person: their key and salts are destroyed, for good; a leaf of the decision log says so, and every "
        "proof still holds. Where the file must be kept every reason is named and nothing is changed.",
    ),
)
def erase(
    worker_id: WorkerId,
    by: By,
    basis: Annotated[ErasureBasis, typer.Option("--basis", help="依据 · the legal basis")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask once more")] = False,
) -> None:
    if not yes:
        typer.confirm(f"{worker_id}: 删除后不可恢复 · this cannot be undone", abort=True)
    settings = load_settings()
    with opened(settings) as station:
        made = Erasing(station.engine, station.keyring).erase(worker_id, basis, by, datetime.now(UTC))
    remove_snapshot(settings)
    typer.echo(f"{worker_id}: {made.wording.within(settings.language)}")


@app.command(
    "restrict",
    **told(
        "须依法保留的，限制处理：检索与推荐中不再出现，只有审计人员可以查看。",
        "For a file that must be kept: the person is found by nobody any more, and only auditors read the file.",
    ),
)
def restrict(worker_id: WorkerId, by: By) -> None:
    settings = load_settings()
    with opened(settings) as station:
        Erasing(station.engine, station.keyring).restrict(worker_id, by, datetime.now(UTC))
    remove_snapshot(settings)
    typer.echo(f"{worker_id}: 已限制处理 · restricted")


@app.command(
    "hold",
    **told("登记须依法保留一人的档案，期内不得删除。", "Write down that a file must be kept; it is not erased before."),
)
def hold(
    worker_id: WorkerId,
    by: By,
    kind: Annotated[HoldKind, typer.Option("--kind", help="种类 · what asks for it")],
    authority: Annotated[str, typer.Option("--authority", help="条款或文号，不写个人信息 · the clause or file number")],
    until: Annotated[str | None, typer.Option("--until", help="最后一天，如 2031-12-31 · the last day")] = None,
) -> None:
    with opened(load_settings()) as station:
        erasing = Erasing(station.engine, station.keyring)
        hold_id = erasing.hold(worker_id, kind, authority, _day(until), by, datetime.now(UTC))
    typer.echo(f"{worker_id}: 已登记保留 · to be kept: {hold_id}")


@app.command("release", **told("解除一项依法保留。", "Lift a hold."))
def release(hold_id: Annotated[str, typer.Argument(metavar="HOLD", help="保留的编号 · the hold's id")], by: By) -> None:
    with opened(load_settings()) as station:
        worker_id = Erasing(station.engine, station.keyring).lift(hold_id, by, datetime.now(UTC))
    typer.echo(f"{worker_id}: 已解除 · lifted")


@app.command("holds", **told("列出须保留一人档案的全部理由。", "List everything that asks for a file to be kept."))
def holds(worker_id: WorkerId, by: By) -> None:
    settings = load_settings()
    with opened(settings) as station:
        found = Erasing(station.engine, station.keyring).holds(worker_id, by, datetime.now(UTC))
    for each in found:
        until = each.until_on.isoformat() if each.until_on else "—"
        typer.echo(f"{each.id or '—'}  {each.kind.label.within(settings.language)}  {each.authority}  {until}")
    if not found:
        typer.echo(_NOTHING)


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        problem = refusal(
            "not-a-day",
            f"“{written}”不是日期，应写作2031-12-31。",
            f"“{written}” is not a day: write it as 2031-12-31.",
        )
        raise Refused((problem,)) from None

"""`yizhan reconcile`: compare the record with the workflow server now; exit 1 if they differ."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.connection import connect
from activities.reconciling import (
    CASE_WITHOUT_WORKFLOW,
    CLOCKS_DIFFER,
    POLICY_CHANGED,
    UNSENT,
    WORKFLOW_WITHOUT_CASE,
    Reconciling,
)
from cases.wording import Language, Wording
from cli.record import opened
from store.reconciliations import Reconciliation
from store.settings import Settings, load_settings

FOUND: Final = TypeAdapter(Reconciliation)
MEANING: Final = {
    CASE_WITHOUT_WORKFLOW: Wording(
        "个案没有流程在运行（运行 yizhan rebuild）", "no workflow runs (run yizhan rebuild)"
    ),
    WORKFLOW_WITHOUT_CASE: Wording(
        "流程在运行而个案已办结或不存在", "a workflow runs for a case that is closed or missing"
    ),
    CLOCKS_DIFFER: Wording("流程与数据库的时限不同", "workflow and record hold different clocks"),
    POLICY_CHANGED: Wording(
        "个案开案时的方案版本在政策文件中被改动", "the plan that the case is pinned to was changed in the policy files"
    ),
    UNSENT: Wording("有消息未发出（工作进程是否在运行？）", "a message did not go out (is a worker running?)"),
}


def command(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    settings = load_settings()
    found = asyncio.run(_reconcile(settings))
    if as_json:
        typer.echo(FOUND.dump_json(found, indent=2).decode())
    else:
        typer.echo(_text(found, settings.language))
    if found.findings:
        raise typer.Exit(1)


async def _reconcile(settings: Settings) -> Reconciliation:
    client = await connect(settings)
    with opened(settings) as station:
        return await Reconciling(client, station.engine, station.policies).reconcile(datetime.now(UTC))


def _text(found: Reconciliation, language: Language) -> str:
    head = Wording(f"比对{found.compared}个个案。", f"{found.compared} cases compared.").within(language)
    if not found.findings:
        return head + Wording("全部一致。", " All agree.").within(language)
    lines = [f"{MEANING[kind].within(language)}：{', '.join(ids)}" for kind, ids in found.findings.items()]
    return "\n".join([head, *lines])

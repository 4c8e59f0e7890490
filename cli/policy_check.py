"""`yizhan policy check`: that every version holds together in every place, and what a person should look at."""

import json
from datetime import datetime
from typing import Any

import typer

from cases.zone import STATION_ZONE
from cli.commands import told
from cli.policy_book import AsJson, Files, load
from rules.lint import remarks, tag_counts

HELP = told(
    "检查每个版本在每个地方是否成立，并指出须留意之处（文字与比较符号不一致、长期未核对、M/N 依据）。",
    "Check that every version holds together in every place, and point out what a person should look at: words and "
    "signs that differ, values long unchecked, clauses tagged M or N.",
)


def check_policies(files: Files = None, as_json: AsJson = False) -> None:
    book = load(files)
    remarked = list(remarks(book, datetime.now(STATION_ZONE).date()))
    found: list[dict[str, Any]] = [
        {
            "policy": id_,
            "jurisdiction": file.jurisdiction,
            "versions": [str(version.since) for version in file.versions],
            "unchecked": tag_counts(file).unchecked,
            "remarks": [
                {"place": str(each.place), **vars(each.wording)}
                for each in remarked
                if each.place.file == file.place.file
            ],
        }
        for id_, policies in book.files.items()
        for file in policies
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        unchecked = f" · {each['unchecked']} 处依据未核对 (M/N) · not checked" if each["unchecked"] else ""
        typer.echo(f"{each['policy']} · {each['jurisdiction']} · {', '.join(each['versions'])}{unchecked}")
    for remark in remarked:
        typer.echo(f"请留意 · please look: {remark.place} {remark.policy}: {remark.wording.zh} {remark.wording.en}")
    typer.echo(f"{len(found)} 个政策文件均可使用 · policy files, all usable")

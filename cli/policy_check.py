"""`yizhan policy check`: that every version holds together in every place."""

import json

import typer

from cli.commands import told
from cli.policy_book import AsJson, Files, load

HELP = told("检查每个版本在每个地方是否成立。", "Check that every version holds together in every place.")


def check_policies(files: Files = None, as_json: AsJson = False) -> None:
    book = load(files)
    found = [
        {
            "policy": id_,
            "jurisdiction": file.jurisdiction,
            "versions": [str(version.since) for version in file.versions],
        }
        for id_, policies in book.files.items()
        for file in policies
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(f"{each['policy']} · {each['jurisdiction']} · {', '.join(each['versions'])}")
    typer.echo(f"{len(found)} 个政策文件均可使用 · policy files, all usable")

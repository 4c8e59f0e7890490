"""`yizhan policy diff`: what a changed file changes, in words."""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from cases.refusals import Refused, refusal
from cli.commands import told
from cli.policy_book import AsJson, Lang, book_of, in_use, refused
from cli.policy_text import read_text
from cli.policy_words import difference_lines
from cli.record import opened
from rules.differences import Differences, differences
from rules.errors import PolicyRefused
from rules.loading import Mapping
from rules.shelf import key_of, parts_of, replaced
from store.engine import read
from store.policy_files import content, proposal
from store.policy_refusals import NO_SUCH_PROPOSAL
from store.settings import load_settings

HELP = told(
    "比较两份政策文件，或把一份与现行的比较；用文字说明改变了什么、影响哪些地方。",
    "Compare two policy files, or one with the one in use: what changes, in words, and which places feel it.",
)
SHAPE: Final = TypeAdapter(Differences)
TWO_FILES: Final = 2
Some = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[OLD] NEW", help="政策文件 · policy files", exists=True, dir_okay=False),
]


def diff(
    files: Some = None,
    proposal_id: Annotated[
        str | None, typer.Option("--proposal", metavar="PROPOSAL", help="一项提议 · a proposal, by its id")
    ] = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    try:
        shelf = in_use()
        old, new = _asked(files or [], proposal_id)
        before, after = book_of(replaced(shelf, old)), book_of(replaced(replaced(shelf, old), new))
        found = differences(before, after, list(map(key_of, new)))
    except PolicyRefused as error:
        raise refused(error) from None
    if as_json:
        typer.echo(SHAPE.dump_json(found, indent=2).decode())
    else:
        typer.echo("\n".join(difference_lines(found, language or load_settings().language)))


def _asked(files: list[Path], proposal_id: str | None) -> tuple[list[Mapping], list[Mapping]]:
    if proposal_id and not files:
        with opened(load_settings()) as station, read(station.engine) as connection:
            found = proposal(connection, proposal_id)
            if found is None:
                raise Refused((NO_SUCH_PROPOSAL,))
            return [], parts_of(content(connection, found.sha256), "")
    if proposal_id or not 1 <= len(files) <= TWO_FILES:
        raise Refused((WHICH,))
    *old, new = [parts_of(read_text(file), file.name) for file in files]
    if old and sorted(map(key_of, old[0])) != sorted(map(key_of, new)):
        raise Refused((NOT_THE_SAME,))
    return (old[0] if old else []), new


WHICH: Final = refusal(
    "which-files",
    "请给出一份文件（与现行的比较）、两份文件，或 --proposal。",
    "Name one file, to be compared with the one in use, or two, or a --proposal.",
)
NOT_THE_SAME: Final = refusal(
    "not-the-same-file",
    "两份文件的政策编号或适用地域不同，不能比较。",
    "The two files are of different policies or places: there is nothing to compare.",
)

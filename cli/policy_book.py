"""The policies as the commands of `yizhan policy` read them: those shipped, those published, and the files named."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activities.bootstrap import POLICIES, load_calendar
from activities.published import PublishedLaw, shelf
from cases.refusals import Refusal, Refused
from cases.wording import Language, Wording
from rules.errors import PolicyError, PolicyRefused
from rules.loading import Mapping
from rules.policies import NoPolicyInForce, PolicyBook
from rules.shelf import documents_in, replaced
from rules.uses import check_uses
from store.engine import make_engine
from store.settings import load_settings

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="政策文件或文件夹，替换现行的同一份 · policy files or folders, each in the place of its like",
        exists=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
Lang = Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")]
AsStaff = Annotated[str, typer.Option("--as", help="办理人编号 · who acts, by staff id")]
Why = Annotated[str, typer.Option("--why", help="理由 · the reason")]
ProposalId = Annotated[str, typer.Argument(metavar="PROPOSAL", help="提议编号 · the proposal, by its id")]


def load(files: Iterable[Path] | None) -> PolicyBook:
    """The policies in use, with these in the place of their like; Refused with everything that is wrong."""
    try:
        return book_of(replaced(in_use(), documents_in(*(files or ()))))
    except PolicyRefused as error:
        raise refused(error) from None


def in_use() -> list[Mapping]:
    """The shipped files, and what was published where there is a record."""
    settings = load_settings()
    if settings.external_database is None and not settings.database_file.exists():
        return documents_in(POLICIES)
    engine = make_engine(settings.database_url)
    try:
        return shelf(engine, POLICIES)
    finally:
        engine.dispose()


def book_of(documents: Iterable[Mapping]) -> PolicyBook:
    """Raises PolicyRefused."""
    calendar_hash = load_calendar(POLICIES / "calendars").hash
    book = PolicyBook.of(*documents, calendar_hash=calendar_hash, earlier=PublishedLaw.latest)
    check_uses(book)
    return book


def refused(error: Exception) -> Refused:
    """What a policy's writer must put right, each with its file, line and column."""
    match error:
        case NoPolicyInForce():
            return Refused((Refusal("no-policy-in-force", error.wording),))
        case PolicyRefused():
            return Refused(tuple(Refusal("policy", each.located) for each in error.errors))
        case PolicyError():
            return Refused((Refusal("policy", error.located),))
    return Refused((Refusal("policy", Wording(str(error), str(error))),))


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        sentence = Wording(
            f"“{written}”不是日期，应写作2024-03-31。", f"“{written}” is not a day: write it as 2024-03-31."
        )
        raise Refused((Refusal("not-a-day", sentence),)) from None

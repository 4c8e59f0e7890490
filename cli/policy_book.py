"""The policies as the commands of `yizhan policy` read them: those shipped, those published, and the files named."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activities.bootstrap import POLICIES, load_calendar
from cases.refusals import Refusal, Refused
from cases.wording import Language, Wording
from rules.errors import PolicyRefused
from rules.policies import NoPolicyInForce, PolicyBook
from rules.uses import check_uses

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="另加的政策文件或文件夹，与随附政策一并读取 · policy files or folders, read beside those shipped",
        exists=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
Lang = Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")]


def load(files: Iterable[Path] | None) -> PolicyBook:
    """The shipped policies and these; Refused with everything that is wrong."""
    calendars = POLICIES / "calendars"
    try:
        book = PolicyBook.load(POLICIES, *(files or ()), calendar_hash=load_calendar(calendars).hash)
        check_uses(book)
    except PolicyRefused as error:
        raise refused(error) from None
    return book


def refused(error: Exception) -> Refused:
    """What a policy's writer must put right is said as the files say it, in English words around their own."""
    if isinstance(error, NoPolicyInForce):
        return Refused((Refusal("no-policy-in-force", error.wording),))
    said = [str(each) for each in error.errors] if isinstance(error, PolicyRefused) else [str(error)]
    return Refused(tuple(Refusal("policy", Wording(sentence, sentence)) for sentence in said))


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        sentence = Wording(
            f"“{written}”不是日期，应写作2024-03-31。", f"“{written}” is not a day: write it as 2024-03-31."
        )
        raise Refused((Refusal("not-a-day", sentence),)) from None

"""How lines come to a terminal: headings, and below them what belongs there, a long line under its own beginning."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from cases.wording import Language, Wording

UNBROKEN = 100_000  # columns: whoever reads a file or a pipe breaks the lines where they like


def screen(*, unbroken: bool = False) -> Console:
    """As wide as the terminal; where there is none, or in a table whose ids are copied, we break no line."""
    return Console(width=UNBROKEN) if unbroken or not sys.stdout.isatty() else Console()


def section(title: Wording, language: Language, lines: Iterable[Text]) -> Iterator[RenderableType]:
    """Nothing at all where there is nothing to tell."""
    found = list(lines)
    if found:
        yield Text(f"\n{title.within(language)}", style="bold")
        yield from (indented(line) for line in found)


def indented(line: Text) -> RenderableType:
    """By two columns more than it says itself."""
    spaces = len(line.plain) - len(line.plain.lstrip())
    return Padding(line[spaces:], (0, 0, 0, spaces + 2), expand=False)

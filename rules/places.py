"""Where in a policy file a word stands, so that a message can point at it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """Lines and columns count characters from 1; `length` is how many characters the words take up."""

    line: int = 1
    column: int = 1
    length: int = 1
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file or 'expression'}:{self.line}:{self.column}"


NOWHERE = Place(0, 0, 0)


@dataclass(frozen=True)
class Origin:
    """Where an expression's text begins in its file: YAML tells the first line's column, a block also its indent."""

    file: str = ""
    line: int = 1
    column: int = 1
    next_column: int = 1

    def place(self, line: int, column: int, length: int) -> Place:
        """The place in the file of a place in the text (both counted from 1)."""
        margin = self.column if line == 1 else self.next_column
        return Place(self.line + line - 1, margin + column - 1, length, self.file)

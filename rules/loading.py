"""A policy file as it was typed: every scalar is text, every part knows its line and column, nothing is guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast
DEEPEST = 24
LONGEST_FILE = 1_000_000


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, where, and what would make it right."""

    mark: Mark
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"{self.mark}: {self.message}" + (f" {self.suggestion}" if self.suggestion else "")


class PolicyRefused(ValueError):
    """A policy file cannot be used. `problems` are all that were found, in the order of the file."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Scalar:
    text: str
    mark: Mark
    content: Mark  # where its first character stands: after a quote, or on the line below `|`

    def at(self, offset: int) -> Mark:
        """The place of one character of the text."""
        before = self.text[:offset]
        lines = before.count("\n")
        column = offset + self.content.column if not lines else self.content.column + len(before.rpartition("\n")[2])
        return Mark(self.mark.file, self.content.line + lines, column)


@dataclass(frozen=True)
class Sequence:
    items: "tuple[Node, ...]"
    mark: Mark


@dataclass(frozen=True)
class Mapping:
    entries: "dict[str, Node]"
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def load(text: str, file: str) -> Mapping:
    """The one document of a policy file; PolicyRefused where it is not plain YAML of ours."""
    if len(text) > LONGEST_FILE:
        raise PolicyRefused(Problem(Mark(file, 1, 1), f"The file is longer than {LONGEST_FILE} characters."))
    try:
        document = _Reader(text, file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Mark(file, mark.line + 1, mark.column + 1) if mark else Mark(file, 1, 1)
        raise PolicyRefused(Problem(place, f"This is not YAML: {error.problem or error.context}.")) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise PolicyRefused(Problem(Mark(file, 1, 1), f"This is not YAML: {error}.")) from None
    if not isinstance(document, Mapping):
        raise PolicyRefused(Problem(document.mark, "A policy file is a mapping, such as `id: hardship-worker`."))
    return document


def load_file(path: Path, name: str | None = None) -> Mapping:
    file = name or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PolicyRefused(Problem(Mark(file, 1, 1), f"The file is not UTF-8 (byte {error.start}).")) from None
    return load(text.removeprefix("\ufeff"), file)


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)

    def document(self) -> Node:
        started = [next(self._events) for _ in range(2)]  # the stream's start, and the document's
        if not isinstance(started[1], yaml.DocumentStartEvent):
            raise PolicyRefused(Problem(Mark(self._file, 1, 1), "The file is empty."))
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(after, "A policy file holds one document.", "Move what follows `---` to a file.")
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "Anchors and aliases (& and *) are not allowed.", "Write the value out.")
        if getattr(event, "tag", None):
            raise self._refused(event, "Tags (!) are not allowed.", "Every value is read as text.")
        if depth > DEEPEST:
            raise self._refused(event, f"This is nested more than {DEEPEST} deep.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        raise self._refused(event, "A value is missing here.")

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._refused(event, "A key is a plain word.")
            if key.text in entries:
                first = keys[key.text].line
                raise self._refused(event, f"The key {key.text!r} stands here twice, first on line {first}.")
            keys[key.text] = key.mark
            entries[key.text] = self._node(next(self._events), depth + 1)
        return Mapping(entries, self._mark(start), keys)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = tuple(self._node(event, depth + 1) for event in self._until(yaml.SequenceEndEvent))
        return Sequence(items, self._mark(start))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        mark = self._mark(event)
        if not event.style and not event.value:
            raise self._refused(
                event,
                "A value is missing here.",
                "If a comma inside {…} cut an expression in two, put the expression in quotes.",
            )
        if event.style == ">" or (event.style != "|" and _lines(event) > 1):
            raise self._refused(event, "A text that is folded over several lines loses its columns.",
                                "Write it on one line, or as a block that starts with `|`.")  # fmt: skip
        return Scalar(event.value.rstrip("\n") if event.style == "|" else event.value, mark, self._content(event, mark))

    def _content(self, event: yaml.ScalarEvent, mark: Mark) -> Mark:
        if event.style == "|":
            below = self._lines[mark.line] if mark.line < len(self._lines) else ""
            return Mark(self._file, mark.line + 1, len(below) - len(below.lstrip(" ")) + 1)
        return Mark(self._file, mark.line, mark.column + (1 if event.style in ("'", '"') else 0))

    def _mark(self, event: yaml.Event) -> Mark:
        mark = event.start_mark
        return Mark(self._file, mark.line + 1, mark.column + 1) if mark else Mark(self._file, 1, 1)

    def _refused(self, event: yaml.Event, message: str, suggestion: str = "") -> PolicyRefused:
        return PolicyRefused(Problem(self._mark(event), message, suggestion))


def _lines(event: yaml.Event) -> int:
    start, end = event.start_mark, event.end_mark
    return end.line - start.line + 1 if start and end else 1

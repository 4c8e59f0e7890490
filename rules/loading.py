"""A policy file as it was typed: every scalar is text, every part knows its line and column, nothing is guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from rules.errors import PolicyError, PolicyRefused
from rules.places import Origin, Place

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast
DEEPEST = 24
LONGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Scalar:
    text: str
    place: Place
    origin: Origin  # where its first character stands: after a quote, or on the line below `|`


@dataclass(frozen=True)
class Sequence:
    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True)
class Mapping:
    entries: "dict[str, Node]"
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def load(text: str, file: str) -> Mapping:
    """The one document of a policy file; PolicyRefused where it is not plain YAML of ours."""
    if len(text) > LONGEST_FILE:
        raise PolicyRefused([PolicyError(f"the file is longer than {LONGEST_FILE} characters", _top(file))])
    try:
        document = _Reader(text, file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1, file=file) if mark else _top(file)
        raise PolicyRefused([PolicyError(f"this is not YAML: {error.problem or error.context}", place)]) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise PolicyRefused([PolicyError(f"this is not YAML: {error}", _top(file))]) from None
    if not isinstance(document, Mapping):
        raise PolicyRefused([PolicyError("a policy file is a mapping, such as `id: hardship-worker`", document.place)])
    return document


def load_file(path: Path, name: str | None = None) -> Mapping:
    file = name or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PolicyRefused([PolicyError(f"the file is not UTF-8 (byte {error.start})", _top(file))]) from None
    return _loaded(text.removeprefix("\ufeff"), file)


@lru_cache(maxsize=256)
def _loaded(text: str, file: str) -> Mapping:
    """A file that says what it said when it was last read is the same document; nothing is ever changed in one."""
    return load(text, file)


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)

    def document(self) -> Node:
        started = [next(self._events) for _ in range(2)]  # the stream's start, and the document's
        if not isinstance(started[1], yaml.DocumentStartEvent):
            raise PolicyRefused([PolicyError("the file is empty", _top(self._file))])
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(after, "a policy file holds one document", "what follows `---` in a file of its own")
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "anchors and aliases (& and *) are not allowed", "the value, written out")
        if getattr(event, "tag", None):
            raise self._refused(event, "tags (!) are not allowed", "a plain text")
        if depth > DEEPEST:
            raise self._refused(event, f"this is nested more than {DEEPEST} deep")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        raise self._refused(event, "a value is missing here")

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._refused(event, "a key is a plain word")
            if key.text in entries:
                first = keys[key.text].line
                raise self._refused(event, f"the key '{key.text}' stands here twice, first on line {first}")
            keys[key.text] = key.place
            entries[key.text] = self._node(next(self._events), depth + 1)
        return Mapping(entries, self._place(start), keys)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = tuple(self._node(event, depth + 1) for event in self._until(yaml.SequenceEndEvent))
        return Sequence(items, self._place(start))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if not event.style and not event.value:
            expected = "a value (an expression with a comma inside {…} needs quotes)"
            raise self._refused(event, "a value is missing here", expected)
        if event.style == ">" or (event.style != "|" and _lines(event) > 1):
            expected = "one line, or a block that starts with `|`"
            raise self._refused(event, "a text that is folded over several lines loses its columns", expected)
        place = self._place(event)
        text = event.value.rstrip("\n") if event.style == "|" else event.value
        return Scalar(text, place, self._origin(event, place))

    def _origin(self, event: yaml.ScalarEvent, place: Place) -> Origin:
        if event.style == "|":
            below = self._lines[place.line] if place.line < len(self._lines) else ""
            margin = len(below) - len(below.lstrip(" ")) + 1
            return Origin(self._file, place.line + 1, margin, margin)
        return Origin(self._file, place.line, place.column + (1 if event.style in ("'", '"') else 0))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(mark.line + 1, mark.column + 1, file=self._file) if mark else _top(self._file)

    def _refused(self, event: yaml.Event, problem: str, expected: str = "") -> PolicyRefused:
        return PolicyRefused([PolicyError(problem, self._place(event), expected=expected)])


def _lines(event: yaml.Event) -> int:
    start, end = event.start_mark, event.end_mark
    return end.line - start.line + 1 if start and end else 1


def _top(file: str) -> Place:
    return Place(file=file)

"""The files that make a book: those shipped, and those that stand in their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rules.loading import Mapping, Scalar, load, load_file
from rules.reading import Errors

FACTS: Final = "facts"


@dataclass(frozen=True, order=True)
class FileKey:
    """Which file it is: of a policy in a jurisdiction; a file of facts goes by its name."""

    policy: str
    jurisdiction: str

    @property
    def name(self) -> str:
        """What the file is called in the book, wherever it came from."""
        return self.jurisdiction if self.policy == FACTS else f"{self.jurisdiction}/{self.policy}.yaml"


def key_of(document: Mapping) -> FileKey:
    if _word(document, "kind") == FACTS:
        return FileKey(FACTS, document.place.file)
    return FileKey(_word(document, "id"), _word(document, "jurisdiction"))


def parts_of(text: str, name: str) -> list[Mapping]:
    """The files of a text: mostly one; several stand under each other with a line `---` between them.

    Each goes by the name that the book gives it. Raises PolicyRefused with everything that is no YAML of ours.
    """
    errors, found = Errors(), []
    for part in split(text):
        with errors.gather():
            found.append(load(part, key_of(load(part, name)).name))
    errors.refuse()
    return found


def split(text: str) -> list[str]:
    """Every part with empty lines before it, so that its lines keep their numbers."""
    lines = text.removeprefix("\ufeff").split("\n")
    cuts = [number for number, line in enumerate(lines) if line.rstrip() == "---" and any(map(_says, lines[:number]))]
    bounds = zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(lines)], strict=True)
    return ["\n" * begin + "\n".join(lines[begin:end]) for begin, end in bounds]


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def documents_in(*paths: Path) -> list[Mapping]:
    """Of files and folders, in the order of their names; `calendars` folders hold something else.

    Raises PolicyRefused with everything that is no YAML of ours.
    """
    errors, found = Errors(), []
    for path, name in _files(paths):
        with errors.gather():
            found.append(load_file(path, name))
    errors.refuse()
    return found


def replaced(shelf: Iterable[Mapping], by: Sequence[Mapping]) -> list[Mapping]:
    """The shelf with these in the place of the files they replace; of two of the same key the later one stands."""
    newest = {key_of(document): document for document in by}
    return [document for document in shelf if key_of(document) not in newest] + list(newest.values())


def _files(paths: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, path.name
            continue
        for file in sorted(path.rglob("*.yaml")):
            if "calendars" not in file.relative_to(path).parts:
                yield file, file.relative_to(path).as_posix()


def _word(document: Mapping, key: str) -> str:
    found = document.entries.get(key)
    return found.text if isinstance(found, Scalar) else ""

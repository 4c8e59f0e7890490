"""The law in use: the shipped files, and in their place those that were published since."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import ClassVar, Final

import structlog
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from cases.failures import Failed
from rules.errors import PolicyRefused
from rules.loading import Mapping, load
from rules.policies import PolicyBook
from rules.shelf import FileKey, documents_in, key_of, parts_of, replaced, split
from store.engine import read
from store.policy_files import ContentTampered, newest_publication, published_texts
from store.policy_proposals import PublishedText
from store.tables.policies import policy_publication

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS: Final = 1.0


class LawUnusable(Failed):
    """What was published cannot be used by this version; nothing is decided by a part of it."""


def shelf(engine: Engine, shipped: Path, before: int | None = None) -> list[Mapping]:
    """The files of the book in use now, or before a publication, to put another one in its place and see."""
    texts = [each for each in _published(engine)[1] if before is None or each.number < before]
    return replaced(documents_in(shipped), _parts(texts))


def text_of(engine: Engine, shipped: Path, key: FileKey) -> tuple[str, int | None]:
    """A file as it was written, and the publication that it is of; None: it is shipped. Empty where neither has it."""
    for each in reversed(_published(engine)[1]):
        for part in split(each.content):
            if key_of(load(part, "")) == key:
                return part.lstrip("\n"), each.number
    file = shipped / key.name
    return (file.read_text(encoding="utf-8"), None) if file.is_file() else ("", None)


class PublishedLaw:
    """The files of one installation. Whoever decides by them asks now and then whether there are newer ones."""

    latest: ClassVar[PolicyBook | None] = None  # the last book of this process: the next is mostly the same

    def __init__(
        self, engine: Engine, shipped: Path, calendar_hash: str, *, seconds: float = SECONDS_BETWEEN_LOOKS
    ) -> None:
        self._engine = engine
        self._shipped: Sequence[Mapping] = documents_in(shipped)
        self._calendar_hash = calendar_hash
        self._seconds = seconds
        self._number = 0
        self._looked_at = monotonic()
        self._looking = Lock()

    def book(self) -> PolicyBook:
        """All of it, or LawUnusable."""
        try:
            number, files = _published(self._engine)
            found = self._book_of(files)
        except (PolicyRefused, ContentTampered) as error:
            raise LawUnusable(
                f"已发布的政策文件不能与本版本一起使用，驿站没有启动：{error}",
                f"The published policy files cannot be used with this version, and nothing was started: {error}",
            ) from error
        self._number, self._looked_at = number, monotonic()
        return found

    def newer(self, *, at_once: bool = False) -> PolicyBook | None:
        """The book with all publications since, or None: nothing new, or not due to be asked, or not usable.

        While one thread looks the others go on with what they have.
        """
        if not at_once and monotonic() - self._looked_at < self._seconds:
            return None
        if not self._looking.acquire(blocking=at_once):
            return None
        try:
            return self._look()
        finally:
            self._looked_at = monotonic()
            self._looking.release()

    def _look(self) -> PolicyBook | None:
        try:
            with read(self._engine) as connection:
                if newest_publication(connection) == self._number:
                    return None
            self._number, files = _published(self._engine)
            return self._book_of(files)
        except (PolicyRefused, ContentTampered) as error:
            # It passed every check when it was published; until somebody has looked, what was in use stays in use.
            log.error("published policies not usable", number=self._number, error=str(error))  # noqa: TRY400 - no trace
            return None
        except SQLAlchemyError:
            return None  # whoever asked will find out; the law has not changed by it

    def _book_of(self, files: Sequence[PublishedText]) -> PolicyBook:
        documents = replaced(self._shipped, _parts(files))
        book = PolicyBook.of(*documents, calendar_hash=self._calendar_hash, earlier=PublishedLaw.latest)
        PublishedLaw.latest = book
        return book


def _parts(texts: Sequence[PublishedText]) -> list[Mapping]:
    return [part for each in texts for part in parts_of(each.content, f"publication {each.number}")]


def _published(engine: Engine) -> tuple[int, tuple[PublishedText, ...]]:
    with read(engine) as connection:
        if not inspect(connection).has_table(policy_publication.name):
            return 0, ()  # a record that is still to be made, or brought to this version
        return newest_publication(connection), published_texts(connection)

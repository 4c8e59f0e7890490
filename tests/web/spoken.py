"""The words of a page that a reader sees, and those among them that are not of the page's language."""

import re
from html.parser import HTMLParser

# A page may name these in Latin letters; codes, ids and what an invented example says are no words of ours.
_LATIN = re.compile(r"\b(?:PDF|XLSX|xlsx|Excel|MB|English|[A-Z0-9]*[0-9][A-Z0-9]*|[NY])\b|[a-z]+-[0-9]+(?:-[0-9]+)*")
_VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path", "rect", "circle", "line"}


class _Words(HTMLParser):
    """`mine`: what is not marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.mine: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.mine += [value for name, value in given.items() if name in ("aria-label", "placeholder", "data-label")]
        if tag not in _VOID:
            other = ("lang" in given and tag != "html") or tag in ("script", "style", "title", "option")
            self._open.append((tag, other))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(other for _, other in self._open):
            self.mine.append(data.strip())


def english_words(page: str) -> set[str]:
    """What is English on a Chinese page."""
    return {words for words in _read(page) if re.search(r"[A-Za-z]{2,}", _LATIN.sub("", words))}


def chinese_words(page: str) -> set[str]:
    """What is Chinese on an English page and is not marked so."""
    return {words for words in _read(page) if re.search(r"[\u3400-\u9fff]", words)}


def _read(page: str) -> list[str]:
    words = _Words()
    words.feed(page)
    return words.mine

"""The error summary names the field of each error, though it stands above the fields that know their labels.

While a page is rendered, `label_of` leaves a place in the summary and `labelled` hears the label of every field;
`filled` then puts the labels into their places. A field that no macro drew leaves its place empty.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import unescape
from typing import Final

from markupsafe import Markup, escape

from cases.wording import Language

_PLACE: Final = re.compile(r"\x00([^\x00]*)\x00")  # no text of a page holds this character
_QUESTION: Final = ("？", "?")
_heard: ContextVar[dict[str, str] | None] = ContextVar("labels", default=None)


@contextmanager
def listening() -> Iterator[None]:
    token = _heard.set({})
    try:
        yield
    finally:
        _heard.reset(token)


def label_of(name: str) -> Markup:
    """The place of a field's label in the summary."""
    return Markup("\x00{}\x00").format(name)


def labelled(name: str, label: str) -> str:
    """Hear what a field is called; nothing is shown."""
    heard = _heard.get()
    if heard is not None:
        heard.setdefault(name, label.striptags() if isinstance(label, Markup) else label)
    return ""


def filled(page: str, language: Language) -> str:
    """The page with every place filled in."""
    heard = _heard.get() or {}

    def said(place: re.Match[str]) -> str:
        label = heard.get(unescape(place[1]), "")
        if not label:
            return ""
        if label.endswith(_QUESTION):
            return f"{escape(label)} "
        return f"{escape(label)}：" if language is Language.ZH else f"{escape(label)}: "

    return _PLACE.sub(said, page)

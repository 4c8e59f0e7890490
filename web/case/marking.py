"""What is Chinese on an English page is marked so, that it is read aloud and drawn as Chinese."""

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup, escape

from cases.wording import Language

_CHINESE: Final = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    r"(?:[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff0-9·\s]*"
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff])?"
)


# In a Chinese sentence whatever is written in small Latin letters is a code.
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[ _.-][a-z0-9]+)*")


def code(text: str) -> Markup:
    """A code, such as a rule's id: no word of any page's language, and marked as Latin on all of them."""
    return Markup('<span lang="en" class="yz-mono">{}</span>').format(text)


def coded(text: str, language: Language) -> str:
    """A sentence of the engine or of the law's files; its codes (a rule's id, an act's kind) marked on Chinese pages.

    On an English page nothing sets them apart from the words.
    """
    if language is not Language.ZH or not _CODE.search(text):
        return text
    pieces: list[Markup] = []
    at = 0
    for piece in _CODE.finditer(text):
        pieces += [escape(text[at : piece.start()]), code(piece.group())]
        at = piece.end()
    return Markup("").join([*pieces, escape(text[at:])])


def named(name: str) -> Markup:
    """A person's name, in whatever letters."""
    return Markup('<span lang="zh-CN">{}</span>').format(name)


def pinyin_marked(text: str) -> Markup:
    return Markup('<span lang="zh-Latn">{}</span>').format(text)


def marked(value: object, language: Language) -> object:
    """The context of a page, every Chinese piece of its texts in a span of its own; on a Chinese page as it was."""
    if language is Language.ZH:
        return value
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {key: marked(each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(marked(each, language) for each in value)
    return value


def _text(text: str) -> str:
    found = list(_CHINESE.finditer(text))
    if not found:
        return text
    pieces: list[Markup] = []
    at = 0
    for piece in found:
        pieces.append(escape(text[at : piece.start()]))
        pieces.append(Markup('<span lang="zh-CN">{}</span>').format(piece.group()))
        at = piece.end()
    return Markup("").join([*pieces, escape(text[at:])])

"""An expression's text, cut into words, numbers, days and signs, each with its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.errors import PolicyError
from rules.places import Origin, Place

LONGEST = 2000


class Kind(StrEnum):
    WORD = "word"
    INTEGER = "integer"
    PERCENT = "percent"
    DAY = "day"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    """`start` and `end` count characters of the text; `place` is where that is in the file."""

    kind: Kind
    text: str
    start: int
    end: int
    place: Place


_TOKEN = re.compile(
    r"""
      (?P<space>   [ \t\r\n]+ )
    | (?P<day>     [0-9]{4}-[0-9]{2}-[0-9]{2} (?![0-9]) )
    | (?P<percent> [0-9]+ (?: \.[0-9]+ )? % )
    | (?P<refused> [0-9]+ \.[0-9]+ | [0-9]+ _[0-9_]* )
    | (?P<integer> [0-9]+ )
    | (?P<word>    [^\W\d_] (?: [^\W\d] | [0-9] )* )
    | (?P<sign>    == | != | <= | >= | [-+*/<>(){}\[\],.] )
    """,
    re.VERBOSE,
)

_INSTEAD = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "、": ",",
    "。": ".",
    "&": "and",
    "|": "or",
    "!": "not",
    "=": "==",
}
_WIDE_SPACE = "\u3000"


def tokens(text: str, origin: Origin) -> list[Token]:
    """All tokens of a text, and a last one that marks its end."""
    if len(text) > LONGEST:
        place = origin.place(1, 1, 1)
        raise PolicyError(
            f"this expression has {len(text)} characters; {LONGEST} is the limit. Name a part of it", place
        )
    return list(_cut(text, origin))


def _cut(text: str, origin: Origin) -> Iterator[Token]:
    start, line, line_start = 0, 1, 0
    while start < len(text):
        match = _TOKEN.match(text, start)
        end = match.end() if match else start + 1
        place = origin.place(line, start - line_start + 1, end - start)
        if not match:
            raise _stray(text[start], place)
        if match.lastgroup == "space":
            line += match[0].count("\n")
            line_start = start + match[0].rfind("\n") + 1 if "\n" in match[0] else line_start
        else:
            yield _token(match, place)
        start = end
    yield Token(Kind.END, "", start, start, origin.place(line, start - line_start + 1, 1))


def _token(match: re.Match[str], place: Place) -> Token:
    if match.lastgroup == "refused":
        raise PolicyError(
            f"'{match[0]}' is not a number here",
            place,
            expected="digits alone, a percentage such as 5.5%, or a fraction such as 11/200",
        )
    kind = Kind(str(match.lastgroup))
    if kind is Kind.WORD and unicodedata.normalize("NFKC", match[0]) != match[0]:
        raise PolicyError(
            f"'{match[0]}' has characters that look like others",
            place,
            suggestion=unicodedata.normalize("NFKC", match[0]),
        )
    return Token(kind, match[0], match.start(), match.end(), place)


def _stray(character: str, place: Place) -> PolicyError:
    """Why a character cannot stand in an expression; the Chinese keyboard's twin of one that can is the usual case."""
    narrow = unicodedata.normalize("NFKC", character)
    if character == _WIDE_SPACE:
        return PolicyError("a full-width space; type an ordinary one", place)
    if narrow != character and narrow.isascii():
        return PolicyError(f"full-width '{character}'; type '{narrow}'", place)
    if character in _INSTEAD:
        return PolicyError(f"'{character}' is not a sign of this language", place, suggestion=_INSTEAD[character])
    if character in "\"'“”‘’":
        return PolicyError("there are no strings: write an enum's member without quotes", place)
    return PolicyError(f"'{character}' has no meaning in an expression", place)

"""Reading the tokens of one expression from left to right, and saying what stands in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from rules.errors import PolicyError, nearest
from rules.places import Place
from rules.tokens import Kind, Token
from rules.tree import KEYWORDS
from rules.words import RESERVED, kind_of

DEEPEST = 40


class Cursor:
    """Where the parser stands, and how deep in brackets."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    @property
    def _peek(self) -> Token:
        return self._tokens[min(self._next + 1, len(self._tokens) - 1)]

    def _at(self, text: str) -> bool:
        return self._token.text == text

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _require(self, text: str, expected: str = "") -> None:
        if not self._at(text):
            raise self._unexpected(expected or f"'{text}'")
        self._take()

    def _name(self, expected: str) -> str:
        name = self._checked_name(expected)
        self._take()
        return name

    def _checked_name(self, expected: str) -> str:
        token = self._token
        if token.kind is not Kind.WORD:
            raise self._unexpected(expected)
        if token.text in RESERVED:
            raise PolicyError(f"'{token.text}' is {kind_of(token.text)}, not a name", token.place, expected=expected)
        return token.text

    def end(self) -> None:
        if self._token.kind is not Kind.END:
            raise self._unexpected("the end, or a sign that joins two values")

    def _unexpected(self, expected: str) -> PolicyError:
        token = self._token
        found = f"'{token.text}'" if token.text else "the end of the expression"
        near = nearest(token.text, KEYWORDS) if token.kind is Kind.WORD and token.text not in RESERVED else ""
        return PolicyError(f"found {found}", token.place, expected=expected, suggestion=near)

    def _since(self, start: Token) -> Place:
        last = self._tokens[self._next - 1]
        place = start.place
        return Place(place.line, place.column, last.end - start.start, place.file)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        self._allow(self._depth)
        yield
        self._depth -= 1

    def _allow(self, depth: int) -> None:
        if depth > DEEPEST:
            problem = f"nested more than {DEEPEST} deep. Name a part of it under 'derive'"
            raise PolicyError(problem, self._token.place)

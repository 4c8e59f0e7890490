"""What a hostile or a careless sender puts where a form expects something: drawn by a seed, to be drawn again."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote

EVALUATED: Final = "60481729"  # 7777 squared: stands on a page only if a template took text for its own
SCRIPT: Final = "<script>alert(1)"
VALUES: Final = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    f"'\">{SCRIPT}</script>",
    "{{7777*7777}}",
    "{% for x in range(9**9) %}{% endfor %}",
    "${7777*7777}",
    "%(x)s %n {0} {x.__class__}",
    "' OR 1=1 --",
    "'; DROP TABLE worker; --",
    "../../../../etc/passwd",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\r\nSet-Cookie: stolen=1",
    "=cmd|'/C calc'!A0",
    "𠮷䶮㐂",
    "\u202egnp.exe",
    "e\u0301\u0301\u0301",
    "\ufeff\u200b",
    "🏠" * 50,
    "中" * 3_000,
    "x" * 70_000,
    "9" * 400,
    "-1",
    "0",
    "1e309",
    "NaN",
    "²",
    "٣",
    "0x10",
    "1.5",
    "13812345678",
    "2026-02-30",
    "0000-00-00",
    "10000-01-01",
    "99999999999999999999",
    "null",
    "true",
    "[]",
    '{"a": {}}',
    "%00",
    "%ff%fe",
    "*",
    "_",
    "%",
)
NAMES: Final = ("", "csrf", "key", "revision", "__class__", "a[b]", "id", "station", "worker_id", "\x00", "中", "q")
QUERIES: Final = ("page", "sort", "station", "view", "bucket", "next", "said", "q", "until", "since", "kind", "year")


@dataclass
class Field:
    """One name of a form, with the values that the page itself offers for it."""

    offered: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and what it holds."""

    def __init__(self, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, dict[str, Field]] = {}
        self._here = here
        self._form: dict[str, Field] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            to = (given.get("action") or self._here).partition("?")[0]
            self._form = self.found.setdefault(to, {})
        if self._form is None:
            return
        if tag == "select":
            self._select = given.get("name", "")
        name = self._select if tag == "option" else given.get("name", "")
        if tag in ("input", "textarea", "option", "button", "select") and name:
            held = self._form.setdefault(name, Field())
            if given.get("value"):
                held.offered.append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""


@dataclass
class Sender:
    """Draws requests for one route after another."""

    rng: random.Random

    def value(self, known: Field | None = None) -> str:
        if known and known.offered and self.rng.random() < 0.5:
            return self.rng.choice(known.offered)
        if self.rng.random() < 0.25:
            return self._plausible()
        return self.rng.choice(VALUES)

    def fields(self, form: Mapping[str, Field], csrf: str) -> dict[str, list[str]]:
        """A form filled in as its page offers, then spoilt in a few places."""
        filled = {name: [self.rng.choice(known.offered or [self._plausible()])] for name, known in form.items()}
        for _ in range(self.rng.randrange(4)):
            name = self.rng.choice([*form, *NAMES]) if form else self.rng.choice(NAMES)
            filled[name] = [self.value(form.get(name)) for _ in range(self.rng.choice((1, 1, 1, 3)))]
        if self.rng.random() < 0.1 and filled:
            filled.pop(self.rng.choice(list(filled)))
        # Most carry their token: the checks behind it are what is to be tried.
        filled["csrf"] = [self.rng.choice((csrf, csrf, csrf, csrf, csrf, csrf, csrf, "", "0" * 64, self.value()))]
        return filled

    def query(self) -> str:
        if self.rng.random() < 0.6:
            return ""
        pairs = [(self.rng.choice(QUERIES), self.value()) for _ in range(self.rng.choice((1, 2, 3)))]
        return "&".join(f"{name}={quote(value[:2_000], errors='replace')}" for name, value in pairs)

    def part(self, sample: str) -> str:
        """A part of an address: mostly something that is there."""
        if self.rng.random() < 0.85:
            return sample
        return self.rng.choice(VALUES)[:300].replace("/", "-") or "-"

    def _plausible(self) -> str:
        return self.rng.choice(
            ("2026", "11", "26", "1", "3", "150.00", "示例", "yes", "no", "station-1", "13800000000")
        )
